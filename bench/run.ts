// `npm run bench`: one table of ratios, each against a baseline measured in the same run, in turns.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { readJson } from '../protocol/json/readJson.ts';

const rounds = 5;
const requestsPerRound = 40_000;
const inFlight = 64;
const parsesPerRound = 100_000;

interface Row {
  readonly what: string;
  readonly baseline: string;
  /** One of ours over one of the baseline, per round. */
  readonly ratios: readonly number[];
}

/** A process of its own that prints its WebSocket address first; the load comes from this one. */
async function startPeer(file: string, args: readonly string[] = []) {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const peer = spawn(process.execPath, ['--import', 'tsx', path, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(peer.stdout, 'data')) as [Buffer];
  const address = /\/\/([\d.]+:\d+)/.exec(line.toString())?.[1] ?? '';
  const socket = new WebSocket(`ws://${address}/`, { perMessageDeflate: false });
  await once(socket, 'open');
  const stop = async () => {
    socket.terminate();
    peer.kill('SIGTERM');
    await once(peer, 'exit');
  };
  return { socket, stop };
}

async function ask(socket: WebSocket, text: string): Promise<string> {
  const reply = once(socket, 'message') as Promise<[Buffer]>;
  socket.send(text);
  return (await reply)[0].toString();
}

/** @returns Replies per second with a fixed number of requests in flight. */
async function throughput(socket: WebSocket, request: string): Promise<number> {
  const startedAtMs = performance.now();
  await new Promise<void>((resolve) => {
    let sent = 0;
    let received = 0;
    const onMessage = () => {
      received += 1;
      if (sent < requestsPerRound) {
        socket.send(request);
        sent += 1;
      }
      if (received < requestsPerRound) return;
      socket.off('message', onMessage);
      resolve();
    };
    socket.on('message', onMessage);
    for (; sent < inFlight; sent += 1) socket.send(request);
  });
  return requestsPerRound / ((performance.now() - startedAtMs) / 1000);
}

async function compareThroughput(): Promise<Row[]> {
  const echo = await startPeer('./echoServer.ts');
  const ours = await startPeer('../server/main.ts', ['--port', '0', '--log-level', 'silent']);
  const reply = await ask(ours.socket, '{"SH_NEW":{"name":"bench"}}');
  const tkn = /"tkn":"(\d+)"/.exec(reply)?.[1] ?? '';
  const value = 'x'.repeat(100);
  const requests = {
    KV_SET: `{"KV_SET":{"tkn":"${tkn}","keys":{"key":"${value}"}}}`,
    KV_GET: `{"KV_GET":{"tkn":"${tkn}","keys":["key"]}}`,
  };
  const rows: Row[] = [];
  for (const [name, request] of Object.entries(requests)) {
    const ratios: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const baseline = await throughput(echo.socket, request);
      const own = await throughput(ours.socket, request);
      if (round > 0) ratios.push(own / baseline); // The first round warms both up.
    }
    rows.push({
      what: `${name}, replies/s, ${inFlight} in flight`,
      baseline: 'bare ws echo',
      ratios,
    });
  }
  await Promise.all([echo.stop(), ours.stop()]);
  return rows;
}

function timeMs(run: () => void): number {
  const startedAtMs = performance.now();
  for (let count = 0; count < parsesPerRound; count += 1) run();
  return performance.now() - startedAtMs;
}

function compareReading(): Row {
  const text = `{"KV_SET":{"tkn":"14247375118774737462","keys":{"a":"${'x'.repeat(80)}","b":[1,2,{"c":null}]}}}`;
  const ratios: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const native = timeMs(() => JSON.parse(text));
    const own = timeMs(() => readJson(text));
    if (round > 0) ratios.push(native / own);
  }
  return { what: `readJson, texts/s, ${text.length} characters`, baseline: 'JSON.parse', ratios };
}

function printTable(rows: readonly Row[]): void {
  const median = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)] ?? 0;
  process.stdout.write('| what | against | ratio: median (min – max) |\n| --- | --- | --- |\n');
  for (const { what, baseline, ratios } of rows) {
    const sorted = [...ratios].sort((one, other) => one - other);
    const [least, middle, most] = [sorted[0] ?? 0, median(sorted), sorted.at(-1) ?? 0];
    const figures = `${middle.toFixed(2)} (${least.toFixed(2)} – ${most.toFixed(2)})`;
    process.stdout.write(`| ${what} | ${baseline} | ${figures} |\n`);
  }
}

printTable([compareReading(), ...(await compareThroughput())]);
