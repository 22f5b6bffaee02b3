import type { Redis } from 'ioredis';

/** An answer that takes so long is that of a node that has been hanging, in milliseconds. */
export const lateMs = 500;

/** An acknowledgement comes each second: after a pause that is longer, a replica does not answer, in seconds. */
const answersWithinS = 1;

/** What a node says of its replicas. */
export interface Replicas {
  /** One is connected, and has the data. */
  readonly areOnline: boolean;
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
  const lags = [...info.matchAll(/^slave\d+:.*\bstate=online\b.*\blag=(-?\d+)/gm)].map(([, lag]) =>
    Number(lag),
  );
  const counts = [...info.matchAll(/^sync_(?:full|partial_ok):(\d+)/gm)].map(([, count]) =>
    Number(count),
  );
  return {
    areOnline: lags.length > 0,
    doAnswer: lags.some((lag) => lag <= answersWithinS),
    syncs: counts.reduce((sum, count) => sum + count, 0),
  };
}
