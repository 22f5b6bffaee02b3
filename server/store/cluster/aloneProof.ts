import { setTimeout as wait } from 'node:timers/promises';
import type { Redis } from 'ioredis';

/** An answer that takes so long is that of a node that has been hanging, in milliseconds. */
export const lateMs = 500;

/** How long a replica may take to answer when its node is asked only to look, in milliseconds: each question makes it more to have. */
export const lookMs = 50;

/** Pause between two questions, in milliseconds: far shorter than the time after which a node is replaced. */
const pauseMs = 100;

/** Nodes of a cluster hear of each other far more often than this, in milliseconds. */
const longestMs = 20_000;

/** What is asked of a node. */
interface AskedNode {
  readonly wait: (replicas: number, waitMs: number) => Promise<number>;
  readonly time: () => Promise<readonly (string | number)[]>;
  readonly cluster: { (what: 'NODES'): Promise<unknown>; (what: 'INFO'): Promise<unknown> };
}

/**
 * Whether a node whose replica does not answer is alone, or cut off. One that is cut off
 * does not know for a while that the others are about to replace it, and what it takes then gets lost.
 * It is alone when most masters of its cluster have answered what it has asked them since, in the epoch in which it was
 * asked. An election needs most masters and begins another epoch, so none of those that answered had elected another node by then.
 * @returns `replica`: its replica has answered after all. `unknown`: it may be cut off, or was hanging.
 */
export async function proveAlone(node: AskedNode): Promise<'alone' | 'replica' | 'unknown'> {
  const endMs = performance.now() + longestMs;
  try {
    let since = await momentOf(node);
    while (performance.now() < endMs) {
      const askedAtMs = performance.now();
      if ((await node.wait(1, lookMs)) > 0) return 'replica';
      const now = await momentOf(node);
      if (performance.now() > askedAtMs + lateMs) return 'unknown';
      if (now.epoch !== since.epoch) since = now;
      else if (haveAnswered(now.masters, since)) return 'alone';
      await wait(pauseMs);
    }
  } catch {
    // It is lost, or has become a replica.
  }
  return 'unknown';
}

/** A master as a node sees it. */
interface KnownMaster {
  readonly id: string;
  readonly isMyself: boolean;
  /** A question to it has no answer yet. */
  readonly isAsked: boolean;
  /** When it answered last, by the clock of the node. */
  readonly answeredAtMs: number;
}

/** A moment in the life of a node. */
interface Moment {
  /** By its clock. */
  readonly atMs: number;
  /** The latest one that it knows of. */
  readonly epoch: string | undefined;
  /** Of its cluster; undefined: it is in none. */
  readonly masters: readonly KnownMaster[] | undefined;
  /** After which an answer is one to what was asked since. */
  readonly answersFromMs: Map<string, number>;
}

async function momentOf(node: AskedNode): Promise<Moment> {
  const [known, [seconds = 0, micros = 0], about] = await Promise.all([
    node.cluster('NODES').then(String, unlessNoCluster),
    // Asked after that: what was not asked then and is answered later was asked in between.
    node.time().then((time) => time.map(Number)),
    node.cluster('INFO').then(String, unlessNoCluster),
  ]);
  const [, epoch] = /cluster_current_epoch:(\d+)/.exec(about) ?? [];
  const masters = known === '' ? undefined : mastersIn(known);
  const atMs = seconds * 1000 + micros / 1000;
  const open = masters?.filter(({ isAsked }) => !isAsked) ?? [];
  return { atMs, epoch, masters, answersFromMs: new Map(open.map(({ id }) => [id, atMs])) };
}

function mastersIn(known: string): KnownMaster[] {
  return known.split('\n').flatMap((line) => {
    const [id = '', , flags = '', , askedAtMs, answeredAtMs, , , slots] = line.split(' ');
    if (!/\bmaster\b/.test(flags) || slots === undefined) return [];
    const isMyself = flags.includes('myself');
    return { id, isMyself, isAsked: askedAtMs !== '0', answeredAtMs: Number(answeredAtMs) };
  });
}

/** Whether most masters have; in no cluster, there is nobody who could replace it. */
function haveAnswered(masters: readonly KnownMaster[] | undefined, since: Moment): boolean {
  if (!masters) return true;
  const answered = masters.filter(({ id, isMyself, answeredAtMs }) => {
    if (isMyself || answeredAtMs > (since.answersFromMs.get(id) ?? Infinity)) return true;
    // It may have been on its way for long, but the next one is to a new question.
    if (answeredAtMs > since.atMs && !since.answersFromMs.has(id)) {
      since.answersFromMs.set(id, answeredAtMs);
    }
    return false;
  });
  return answered.length > masters.length / 2;
}

/** @returns "": it is in no cluster. */
function unlessNoCluster(error: unknown): string {
  if (String(error).includes('cluster support disabled')) return '';
  throw error;
}

/** An acknowledgement comes each second: after a pause that is longer, a replica does not answer, in seconds. */
const answersWithinS = 1;

/** What a node says of its replicas. */
export interface Replicas {
  readonly isNone: boolean;
  /** One has acknowledged something a moment ago. */
  readonly doAnswer: boolean;
  /** Replicas that have connected since the node started. */
  readonly syncs: number;
}

/** @returns undefined: it is none that takes changes, or hangs. */
export async function replicasOf(node: Redis): Promise<Replicas | undefined> {
  const askedAtMs = performance.now();
  const info = String(await node.call('INFO', 'replication', 'stats').catch(() => ''));
  if (performance.now() > askedAtMs + lateMs || !info.includes('role:master')) return undefined;
  const lags = [...info.matchAll(/^slave\d+:.*\blag=(-?\d+)/gm)].map(([, lag]) => Number(lag));
  const counts = [...info.matchAll(/^sync_(?:full|partial_ok):(\d+)/gm)].map(([, count]) =>
    Number(count),
  );
  return {
    isNone: info.includes('connected_slaves:0'),
    doAnswer: lags.some((lag) => lag <= answersWithinS),
    syncs: counts.reduce((sum, count) => sum + count, 0),
  };
}
