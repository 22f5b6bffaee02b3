import { once } from 'node:events';
import { connect } from 'node:net';
import { LoadClient } from '../server/load/loadClient.ts';
import type { Row } from './rows.ts';
import { memoryRecorder, startServer, type LeftMemory } from './serverProcess.ts';

const connectionCount = 5_000;
const perBurst = 100;
const goalBytes = 5_000;
const texts = { first: 'of the first 5,000', more: 'of 5,000 more' } as const;
const limits = ['--max-connections', '--max-connections-per-address'].flatMap((flag) => [
  flag,
  String(3 * connectionCount),
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

/** Bytes that each connection adds to a server, when garbage has been collected. */
interface AddedMemory {
  /** Of the first ones; they bring with them some megabytes of no connection, as V8 compiles what opens them. */
  readonly first: LeftMemory;
  /** Of as many more. */
  readonly more: LeftMemory;
}

async function measure(args: readonly string[], open: Open): Promise<AddedMemory> {
  const server = await startServer([...memoryRecorder, ...args]);
  const left = [await server.memory()];
  const connections: Closable[] = [];
  for (let round = 0; round < 2; round += 1) {
    connections.push(...(await openMany(server.port, open, connectionCount)));
    left.push(await server.memory());
  }
  for (const connection of connections) connection.close();
  await server.stop();
  const [empty, half, full] = left as [LeftMemory, LeftMemory, LeftMemory]; // Three were taken.
  return { first: perConnection(empty, half), more: perConnection(half, full) };
}

function perConnection(before: LeftMemory, after: LeftMemory): LeftMemory {
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
  const rowOf = (which: keyof AddedMemory, of: AddedMemory, plainIs: string): Row => ({
    what: `memory of an idle connection, ${texts[which]}`,
    unit: 'bytes',
    ours: ours[which].residentBytes,
    plain: of[which].residentBytes,
    plainIs,
    goal: { of: 'ours', atMost: goalBytes },
    note: `${Math.round(ours[which].heapBytes)} and ${Math.round(of[which].heapBytes)} of them in the heap`,
  });
  return [
    rowOf('first', ofWs, 'of a bare `ws`'),
    rowOf('more', ofWs, 'of a bare `ws`'),
    rowOf('more', ofNet, "a socket of Node's alone"),
  ];
}
