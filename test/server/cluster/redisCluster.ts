import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  ask,
  formCluster,
  masterOf,
  nodeFlags,
  storeUrl,
  untilWhole,
  type RedisNode,
} from '../../../client/testing/redisNodes.ts';
import { startRedis } from '../../../client/testing/startRedis.ts';
import { Line } from './line.ts';

const run = promisify(execFile);

/** A node, and the line that others reach it by, if there is one. */
export interface ClusterNode extends RedisNode {
  readonly line: Line | undefined;
  /** By which the other nodes reach it among themselves. */
  readonly bus: Line | undefined;
  /** The address that its own connections come from. */
  readonly source: string;
}

/** For our own tests and for development: a cluster as that of the testing kit, whose network can be cut. */
export interface RedisCluster {
  readonly servers: readonly ClusterNode[];
  /** For `--store`. */
  readonly url: string;
  /** The server that has the slot of a key. */
  masterOf: (key: string) => Promise<ClusterNode>;
  /** Moves the slot of a key to another master, as an operator does. @param during Awaited when half of its keys are there. */
  moveSlot: (key: string, during: () => Promise<unknown>) => Promise<void>;
  /** Moves half of the slots of a master to another. */
  reshard: (source: ClusterNode) => Promise<void>;
  /** The replica of a master. */
  replicaOf: (master: ClusterNode) => Promise<ClusterNode>;
  /** Cuts a node off from the other nodes; servers still reach it. @returns Undoes that. */
  isolate: (node: ClusterNode) => () => void;
  /** Waits until each master has a replica that is up to date, and all nodes agree. */
  untilWhole: () => Promise<void>;
  /** What each node says of the cluster and of its replicas. */
  report: () => Promise<string>;
  stop: () => Promise<void>;
}

/** Three masters, each with a replica. */
const servers = 6;
const replicas = 1;

export interface ClusterOptions {
  /** Beside those that make it a cluster. */
  readonly flags?: readonly string[];
  /** Servers and nodes reach each node by lines that can be cut. Linux only: each node has a loopback address of its own. */
  readonly hasLines?: boolean;
}

export async function startRedisCluster(options: ClusterOptions = {}): Promise<RedisCluster> {
  const started = await Promise.all(
    Array.from({ length: servers }, (_, at) => startNode(at, options)),
  );
  const stop = async () => {
    await Promise.all(
      started.map(async ({ line, bus, close }) => {
        await line?.close();
        await bus?.close();
        await close();
      }),
    );
  };
  try {
    await formCluster(started, replicas);
    return {
      servers: started,
      url: storeUrl(started),
      masterOf: async (key) => masterOf(started, key),
      replicaOf: async (master) => replicaOf(started, master),
      moveSlot: async (key, during) => moveSlot(started, key, during),
      reshard: async (source) => reshard(started, source),
      isolate: (node) => isolate(started, node),
      untilWhole: async () => untilWhole(started, replicas),
      report: async () => (await Promise.all(started.map(reportOf))).join('\n'),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A node has the port of its bus so much above the one for clients. */
const busOffset = 10_000;

async function startNode(
  at: number,
  { flags: more = [], hasLines }: ClusterOptions,
): Promise<ClusterNode> {
  if (!hasLines) {
    const server = await startRedis({ flags: [...nodeFlags, ...more] });
    const source = '127.0.0.1';
    return { ...server, knownPort: server.port, line: undefined, bus: undefined, source };
  }
  const source = `127.0.0.${at + 2}`;
  const [line, bus] = [await Line.start(), await Line.start()];
  const announced = { ip: '127.0.0.1', port: line.port, 'bus-port': bus.port };
  const announce = Object.entries(announced).flatMap(([name, value]) => [
    `--cluster-announce-${name}`,
    String(value),
  ]);
  const caller = ['--bind-source-addr', source];
  const server = await startRedis({ flags: [...nodeFlags, ...announce, ...caller, ...more] });
  line.leadTo(server.port);
  bus.leadTo(server.port + busOffset);
  return { ...server, knownPort: line.port, line, bus, source };
}

async function reportOf({ port }: ClusterNode): Promise<string> {
  const asked = [ask(port, 'CLUSTER', 'NODES'), ask(port, 'INFO', 'replication')];
  const said = await Promise.all(asked.map(async (answer) => answer.catch(String)));
  return [`Node ${port}:`, ...said].join('\n');
}

function isolate(nodes: readonly ClusterNode[], node: ClusterNode): () => void {
  const others = nodes.filter((each) => each !== node);
  const hide = (sources: readonly string[], own: readonly string[]) => {
    for (const { line, bus } of others) for (const each of [line, bus]) each?.hideFrom(own);
    for (const each of [node.line, node.bus]) each?.hideFrom(sources);
  };
  hide(
    others.map(({ source }) => source),
    [node.source],
  );
  return () => hide([], []);
}

async function replicaOf(
  nodes: readonly ClusterNode[],
  { port: masterPort, knownPort }: ClusterNode,
): Promise<ClusterNode> {
  const known = await ask(masterPort, 'CLUSTER', 'NODES');
  const master = lineOfNode(known, knownPort).split(' ')[0] ?? '';
  const line = known.split('\n').find((each) => each.split(' ')[3] === master);
  const node = nodes.find((each) => line?.includes(`:${each.knownPort}@`));
  if (!node) throw new Error(`Node ${masterPort} has no replica`);
  return node;
}

function lineOfNode(known: string, port: number): string {
  return known.split('\n').find((line) => line.includes(`:${port}@`)) ?? '';
}

async function moveSlot(
  nodes: readonly ClusterNode[],
  key: string,
  during: () => Promise<unknown>,
): Promise<void> {
  const source = await masterOf(nodes, key);
  const { masters, target, sourceId, targetId } = await movingFrom(nodes, source);
  const slot = await ask(source.port, 'CLUSTER', 'KEYSLOT', key);
  const setSlot = async ({ port }: ClusterNode, ...how: string[]) =>
    carriedOut(port, 'CLUSTER', 'SETSLOT', slot, ...how);
  await setSlot(target, 'IMPORTING', sourceId);
  await setSlot(source, 'MIGRATING', targetId);
  const migrate = async (count: number) => {
    const keys = (await ask(source.port, 'CLUSTER', 'GETKEYSINSLOT', slot, String(count))).split(
      '\n',
    );
    const to = ['127.0.0.1', String(target.port), '', '0', '5000', 'KEYS'];
    await carriedOut(source.port, 'MIGRATE', ...to, ...keys);
  };
  const total = Number(await ask(source.port, 'CLUSTER', 'COUNTKEYSINSLOT', slot));
  await migrate(Math.ceil(total / 2));
  await during();
  await migrate(total);
  for (const node of [target, source, ...masters]) await setSlot(node, 'NODE', targetId);
}

/** Asks a node to do something; rejects when it does not. */
async function carriedOut(port: number, ...command: string[]): Promise<void> {
  const reply = await ask(port, ...command);
  if (!/^(?:OK|NOKEY)$/.test(reply)) throw new Error(`${command.join(' ')}: ${reply}`);
}

/** Which masters there are, and to which of them slots move. */
async function movingFrom(nodes: readonly ClusterNode[], source: ClusterNode) {
  const known = await ask(source.port, 'CLUSTER', 'NODES');
  const masters = nodes.filter(({ knownPort }) => lineOfNode(known, knownPort).includes('master'));
  const target = masters.find((node) => node !== source) ?? source;
  const idOf = ({ knownPort }: ClusterNode) => lineOfNode(known, knownPort).split(' ')[0] ?? '';
  const slots = rangesOf(lineOfNode(known, source.knownPort)).reduce(
    (sum, [from, to]) => sum + to - from + 1,
    0,
  );
  return { masters, target, sourceId: idOf(source), targetId: idOf(target), slots };
}

async function reshard(nodes: readonly ClusterNode[], source: ClusterNode): Promise<void> {
  const { sourceId, targetId, slots } = await movingFrom(nodes, source);
  const which = ['--cluster-from', sourceId, '--cluster-to', targetId];
  const how = ['--cluster-slots', String(Math.ceil(slots / 2)), '--cluster-yes'];
  const args = ['--cluster', 'reshard', `127.0.0.1:${source.port}`, ...which, ...how];
  // It says a line for each slot.
  await run('redis-cli', args, { maxBuffer: 2 ** 24 });
}

/** Slots of a node, from its line. */
function rangesOf(line: string): [from: number, to: number][] {
  return line
    .split(' ')
    .slice(8)
    .map((range) => {
      const [from = '', to = from] = range.split('-');
      return [Number(from), Number(to)];
    });
}
