import { setTimeout as wait } from 'node:timers/promises';
import type { Redis } from 'ioredis';

/** An answer that takes so long is that of a node that has been hanging, in milliseconds. */
export const lateMs = 500;

/** Pause between two questions, in milliseconds: far shorter than the time after which a node is replaced. */
const pauseMs = 100;

/** Nodes of a cluster hear of each other far more often than this, in milliseconds. */
const longestMs = 20_000;

/**
 * Whether a node whose replica does not answer is alone, or cut off. One that is cut off
 * does not know for a while that the others are about to replace it, and what it takes then gets lost.
 * It is alone when most masters of its cluster have answered it since: then none of them has replaced it.
 * @returns `replica`: its replica has answered meanwhile. `unknown`: it may be cut off, or has been hanging.
 */
export async function proveAlone(node: Redis): Promise<'alone' | 'replica' | 'unknown'> {
  const endMs = performance.now() + longestMs;
  try {
    const [seconds = 0, micros = 0] = (await node.time()).map(Number);
    const sinceMs = seconds * 1000 + micros / 1000;
    while (performance.now() < endMs) {
      const askedAtMs = performance.now();
      if ((await node.wait(1, 1)) > 0) return 'replica';
      const isAlone = await reachesMajority(node, sinceMs);
      if (performance.now() > askedAtMs + lateMs) return 'unknown';
      if (isAlone) return 'alone';
      await wait(pauseMs);
    }
  } catch {
    // It is lost, or has become a replica.
  }
  return 'unknown';
}

/** @param sinceMs By the clock of the node. */
async function reachesMajority(node: Redis, sinceMs: number): Promise<boolean> {
  let known: string;
  try {
    known = String(await node.cluster('NODES'));
  } catch (error) {
    // In no cluster, there is nobody who could replace it.
    if (String(error).includes('cluster support disabled')) return true;
    throw error;
  }
  const nodes = known.split('\n').map((line) => line.split(' '));
  const masters = nodes.filter(([, , flags = '', , , , , , slots]) => {
    return /\bmaster\b/.test(flags) && slots !== undefined;
  });
  const answered = masters.filter(([, , flags = '', , , answeredAtMs]) => {
    return flags.includes('myself') || Number(answeredAtMs) > sinceMs;
  });
  return answered.length > masters.length / 2;
}

/** Whether replicas are connected to a node, as it says; undefined: it is none that takes changes, or hangs. */
export async function hasReplicas(node: Redis): Promise<boolean | undefined> {
  const askedAtMs = performance.now();
  const replication = await node.info('replication').catch(() => '');
  if (performance.now() > askedAtMs + lateMs || !replication.includes('role:master')) {
    return undefined;
  }
  return !replication.includes('connected_slaves:0');
}
