import type { Cluster, Redis } from 'ioredis';

/** A cluster that says nothing for so long loses its connections, if requests may not wait longer, in milliseconds. */
const leastSilenceMs = 2_000;
const looksPerSilence = 5;

/**
 * Connects a client of a cluster again when no node has said for a while which has which slots. All machines may be lost, and
 * others in their place: that closes no connection, and only the addresses that were given may lead to them.
 */
export function reconnectAfterSilence(client: Redis | Cluster, waitMs: number): void {
  if (!('nodes' in client)) return;
  const limitMs = Math.max(waitMs, leastSilenceMs);
  let looks = 0;
  // This process may stand still for a while itself, which is one look.
  const timer = setInterval(() => {
    looks = client.status === 'ready' ? looks + 1 : 0;
    if (looks > looksPerSilence) client.disconnect(true);
  }, limitMs / looksPerSilence).unref();
  client.on('refresh', () => {
    looks = 0;
  });
  client.once('end', () => clearInterval(timer));
}
