import { once } from 'node:events';
import { connect } from 'node:net';
import { LoadClient } from '../server/load/loadClient.ts';
import type { Row } from './rows.ts';
import { memoryRecorder, startServer, type LeftMemory } from './serverProcess.ts';

const connectionCount = 5_000;
/** V8 compiles what opens connections, which is some megabytes of no connection. */
const firstCount = 2_500;
const perBurst = 100;
const goalBytes = 5_000;
const limits = ['--max-connections', '--max-connections-per-address'].flatMap((flag) => [
  flag,
  String(2 * connectionCount),
]);

interface Closable {
  readonly close: () => void;
}

/** A connection over which nothing comes. */
type Open = (port: number) => Promise<Closable>;

async function openSocket(port: number): Promise<Closable> {
  const socket = connect({ host: '127.0.0.1', port });
  await once(socket, 'connect');
  return { close: () => socket.destroy() };
}

async function openMany(port: number, open: Open, count: number): Promise<Closable[]> {
  const connections: Closable[] = [];
  while (connections.length < count) {
    const burst = Array.from({ length: perBurst }, () => open(port));
    connections.push(...(await Promise.all(burst)));
  }
  return connections;
}

/** @returns Bytes that each connection adds to a server, when garbage has been collected. */
async function measure(args: readonly string[], open: Open): Promise<LeftMemory> {
  const server = await startServer([...memoryRecorder, ...args]);
  // What the first ones bring with them is not of each.
  const first = await openMany(server.port, open, firstCount);
  const before = await server.memory();
  const connections = await openMany(server.port, open, connectionCount);
  const after = await server.memory();
  for (const connection of [...first, ...connections]) connection.close();
  await server.stop();
  return {
    residentBytes: (after.residentBytes - before.residentBytes) / connectionCount,
    heapBytes: (after.heapBytes - before.heapBytes) / connectionCount,
  };
}

/** Memory of a connection over which nothing comes, beside the least that `ws` and Node have of one. */
export async function measureConnections(bundle: string): Promise<Row[]> {
  const idleServer = new URL('idleServer.mjs', import.meta.url).pathname;
  const flags = ['--memory', ...limits, '--port', '0', '--log-level', 'error'];
  const ours = await measure([bundle, ...flags], (port) => LoadClient.open(port));
  const ofWs = await measure([idleServer, 'ws'], (port) => LoadClient.open(port));
  const ofNet = await measure([idleServer, 'net'], openSocket);
  const rowOf = (plain: LeftMemory, plainIs: string): Row => ({
    what: 'memory of an idle connection, after collections',
    unit: 'bytes',
    ours: ours.residentBytes,
    plain: plain.residentBytes,
    plainIs,
    goal: { of: 'ours', atMost: goalBytes },
    note: `${Math.round(ours.heapBytes)} and ${Math.round(plain.heapBytes)} of them in the heap`,
  });
  return [rowOf(ofWs, 'of a bare `ws`'), rowOf(ofNet, "a socket of Node's alone")];
}
