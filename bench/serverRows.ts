import { LoadClient } from '../server/load/loadClient.ts';
import { median, type Row } from './rows.ts';
import { emptyProcessMs, startServer } from './serverProcess.ts';
import { measureStall } from './stall.ts';

/** Requests in flight: sent in bursts of so many, the next when all are answered. */
const inFlight = 64;
const roundMs = 1_000;
const rounds = 3;
const starts = 7;

const echoServer = ['--import', 'tsx', new URL('echoServer.ts', import.meta.url).pathname];

/** Both servers run all the time and are measured in turns, so that both meet the same weather. */
export async function measureRates(bundle: string): Promise<Row[]> {
  const [ours, echo] = await Promise.all([
    startServer([bundle, '--memory', '--port', '0', '--log-level', 'error']),
    startServer(echoServer),
  ]);
  const [client, echoClient] = [await LoadClient.open(ours.port), await LoadClient.open(echo.port)];
  const created = await client.ask('{"SH_NEW":{"name":"bench"}}');
  const tkn = /"tkn":"(\d+)"/.exec(created)?.[1] ?? '';
  const value = `"${'v'.repeat(100)}"`;
  const requests = (request: (key: string) => string) =>
    Array.from({ length: inFlight }, (_, index) => request(`key ${index}`));
  const sets = requests((key) => `{"KV_SET":{"tkn":"${tkn}","keys":{"${key}":${value}}}}`);
  const gets = requests((key) => `{"KV_GET":{"tkn":"${tkn}","keys":["${key}"]}}`);
  const best = { set: 0, get: 0, echoSet: 0, echoGet: 0 };
  for (let round = 0; round <= rounds; round += 1) {
    best.set = Math.max(best.set, await client.rate(sets, roundMs));
    best.echoSet = Math.max(best.echoSet, await echoClient.rate(sets, roundMs));
    best.get = Math.max(best.get, await client.rate(gets, roundMs));
    best.echoGet = Math.max(best.echoGet, await echoClient.rate(gets, roundMs));
  }
  client.close();
  echoClient.close();
  await Promise.all([ours.stop(), echo.stop()]);
  const plainIs = 'ws echo of the same request';
  return [
    { what: 'KV_SET', unit: 'replies/s', ours: best.set, plain: best.echoSet, plainIs },
    { what: 'KV_GET', unit: 'replies/s', ours: best.get, plain: best.echoGet, plainIs },
  ];
}

export async function measureStart(bundle: string): Promise<Row> {
  const ours: number[] = [];
  const plain: number[] = [];
  for (let start = 0; start < starts; start += 1) {
    const server = await startServer([bundle, '--memory', '--port', '0']);
    ours.push(server.startMs);
    await server.stop();
    plain.push(await emptyProcessMs());
  }
  const what = 'start to listening';
  return { what, unit: 'ms', ours: median(ours), plain: median(plain), plainIs: 'node -e 0' };
}

export async function measureStalls(bundle: string): Promise<Row> {
  const server = await startServer([bundle, '--memory', '--port', '0', '--log-level', 'error']);
  const { busyMs, idleMs } = await measureStall(server.port);
  await server.stop();
  const what = 'longest stall of another connection during the costliest path';
  return { what, unit: 'ms', ours: busyMs, plain: idleMs, plainIs: 'with no path at work' };
}
