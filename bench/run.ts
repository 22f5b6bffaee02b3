// `npm run bench`: what the server does, and in the same run what the nearest plain thing does.
// The ratio is the finding; rates depend on the machine and on who else uses it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { build } from 'vite';
import { readJson } from '../protocol/json/readJson.ts';
import { systemClock } from '../server/clock.ts';
import { noDataSets } from '../server/dataSets/noDataSets.ts';
import { createDispatch } from '../server/dispatch.ts';
import { MemoryEngine } from '../server/engine/memoryEngine.ts';
import { createTokenSource } from '../server/engine/tokenSource.ts';
import { inFlight, LoadClient } from './loadClient.ts';
import { emptyProcessMs, startServer } from './serverProcess.ts';
import { measureStall } from './stall.ts';

interface Row {
  readonly what: string;
  readonly unit: string;
  readonly ours: number;
  readonly plain: number;
  readonly plainIs: string;
}

const roundMs = 1_000;
const rounds = 3;
const starts = 7;
const storedKeys = 100_000;

/** Room for the longest name of a row. */
const nameWidth = 62;

const echoServer = ['--import', 'tsx', new URL('echoServer.ts', import.meta.url).pathname];

/** Builds the server as it is shipped. @returns The bundle's path. */
async function buildServer(outDir: string): Promise<string> {
  await build({ logLevel: 'silent', build: { ssr: 'server/main.ts', outDir } });
  return join(outDir, 'server.mjs');
}

/** Both servers run all the time and are measured in turns, so that both meet the same weather. */
async function measureRates(bundle: string): Promise<Row[]> {
  const [ours, echo] = await Promise.all([
    startServer([bundle, '--port', '0', '--log-level', 'error']),
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

async function measureStart(bundle: string): Promise<Row> {
  const ours: number[] = [];
  const plain: number[] = [];
  for (let start = 0; start < starts; start += 1) {
    const server = await startServer([bundle, '--port', '0']);
    ours.push(server.startMs);
    await server.stop();
    plain.push(await emptyProcessMs());
  }
  const what = 'start to listening';
  return { what, unit: 'ms', ours: median(ours), plain: median(plain), plainIs: 'node -e 0' };
}

async function measureStalls(bundle: string): Promise<Row> {
  const server = await startServer([bundle, '--port', '0', '--log-level', 'error']);
  const { busyMs, idleMs } = await measureStall(server.port);
  await server.stop();
  const what = 'longest stall of another connection during the costliest path';
  return { what, unit: 'ms', ours: busyMs, plain: idleMs, plainIs: 'with no path at work' };
}

function measureMemory(): Row {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void; // Exposed by the flag above.
  const heapBytes = () => {
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const engine = new MemoryEngine({ clock: systemClock, tokens: createTokenSource() });
  const facts = { serverVersion: 'bench', persistEnabled: false };
  const dispatch = createDispatch(engine, facts, noDataSets);
  const made = engine.newSession({ name: 'bench', shared: false });
  const tkn = made.ok ? made.value : made.refusal;
  const before = heapBytes();
  let rawBytes = 0;
  for (let index = 0; index < storedKeys; index += 1) {
    const [key, value] = [`key number ${index}`, `"${String(index).padEnd(50, 'v')}"`];
    rawBytes += key.length + value.length;
    const message = `{"KV_SET":{"tkn":"${tkn}","keys":{"${key}":${value}}}}`;
    // Out of a buffer, as from the socket.
    void dispatch(Buffer.from(message).toString());
  }
  const ours = (heapBytes() - before) / storedKeys;
  const plain = rawBytes / storedKeys;
  engine.close();
  return { what: 'memory', unit: 'bytes/key', ours, plain, plainIs: 'bytes of key and value' };
}

function measureReading(): Row {
  const items = Array.from({ length: 5 }, (_, index) => ({ id: index, name: `item ${index}` }));
  const text = JSON.stringify({ KV_SET: { tkn: '14247375118774737462', keys: { items } } });
  const rate = (read: (message: string) => unknown) => {
    const endMs = performance.now() + roundMs;
    let count = 0;
    for (; performance.now() < endMs; count += 1000) {
      for (let each = 0; each < 1000; each += 1) read(text);
    }
    return count / (roundMs / 1000);
  };
  const ours = Math.max(rate(readJson), rate(readJson));
  const plain = Math.max(rate(JSON.parse), rate(JSON.parse));
  const what = `readJson, ${text.length} B`;
  return { what, unit: 'texts/s', ours, plain, plainIs: 'JSON.parse, which loses digits' };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function print(rows: readonly Row[]): void {
  const number = (value: number) => Math.round(value).toLocaleString('en').padStart(11);
  for (const { what, unit, ours, plain, plainIs } of rows) {
    const ratio = (ours / plain).toFixed(2).padStart(6);
    process.stdout.write(
      `${what.padEnd(nameWidth)}${number(ours)}${number(plain)}  ${unit.padEnd(10)}${ratio} × ${plainIs}\n`,
    );
  }
}

const outDir = mkdtempSync(join(tmpdir(), 'seshdeck-bench-'));
try {
  const bundle = await buildServer(outDir);
  process.stdout.write(`${''.padEnd(nameWidth)}${'ours'.padStart(11)}${'plain'.padStart(11)}\n`);
  print([...(await measureRates(bundle)), await measureStart(bundle)]);
  print([await measureStalls(bundle), measureMemory(), measureReading()]);
} finally {
  rmSync(outDir, { recursive: true });
}
