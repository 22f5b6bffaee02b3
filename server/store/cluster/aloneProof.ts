import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Redis } from 'ioredis';

/** Pause before the node publishes again, in milliseconds. It doubles each time: others may still be connecting. */
const firstPauseMs = 10;
const longestPauseMs = 200;

interface ProofParts {
  readonly node: Redis;
  /** All masters of its cluster that are known; it may be one of them. */
  readonly masters: readonly Redis[];
  /** When to give up, in milliseconds. */
  readonly limitMs: number;
}

/**
 * Whether a node that has no replica in reach is alone, and not cut off. One that is cut off does not know for a while
 * that the others are about to replace it, and what it takes then gets lost.
 * What a node publishes, it sends to all nodes of its cluster at once. It is alone when most masters, itself included, have
 * received something that it has published since the call, and have not voted for another when they are asked after
 * that: an election needs most masters, so one of these would know.
 */
export async function proveAlone({ node, masters, limitMs }: ProofParts): Promise<boolean> {
  const endMs = performance.now() + limitMs;
  const channel = `{sdp}:proof:${randomUUID()}`;
  const agreeing = new Set<string>();
  const witnesses = masters
    .filter((master) => master !== node)
    .map((master) => listen(master, channel, (id) => agreeing.add(id)));
  try {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      const view = await viewOf(node);
      if (!view) return true;
      if (isMajority(view, agreeing)) return true;
      if (performance.now() > endMs) return false;
      await node.publish(channel, `${view.own} ${view.epoch}`);
      await wait(pauseMs);
    }
  } catch {
    // It is lost.
    return false;
  } finally {
    for (const witness of witnesses) witness.disconnect();
  }
}

function isMajority({ own, masters }: View, agreeing: ReadonlySet<string>): boolean {
  const agreed = masters.filter(({ id }) => id === own || agreeing.has(id));
  return agreed.length > masters.length / 2;
}

/** Follows what the node publishes, at another master. @param onAgreed Receives the id of that one if it has not replaced the node. */
function listen(master: Redis, channel: string, onAgreed: (id: string) => void): Redis {
  const witness = master.duplicate({
    lazyConnect: true,
    enableOfflineQueue: true,
    enableReadyCheck: false,
    retryStrategy: () => null,
  });
  witness.on('error', () => undefined);
  witness.on('message', (_, published) => {
    void agreementOf(witness, published).then(onAgreed, () => undefined);
  });
  void witness.subscribe(channel).catch(() => undefined);
  return witness;
}

/** @returns The id of the witness. Rejects if it may have voted for another node, or does not answer. */
async function agreementOf(witness: Redis, published: string): Promise<string> {
  const [node, epoch] = published.split(' ');
  const view = await viewOf(witness);
  // Who votes against a node has seen that it has failed, and begins another epoch.
  const isMaster = view?.masters.some(({ id, isFailing }) => id === node && !isFailing);
  if (!view || !isMaster || view.epoch !== epoch) throw new Error('It may have voted for another');
  return view.own;
}

/** A master that has slots, as another node sees it. */
interface KnownMaster {
  readonly id: string;
  /** It has failed, or may have. */
  readonly isFailing: boolean;
}

/** What a master knows of its cluster. */
interface View {
  /** Its own id. */
  readonly own: string;
  readonly masters: readonly KnownMaster[];
  /** The latest one that it knows of. Each election begins another. */
  readonly epoch: string | undefined;
}

/** @returns undefined: it is in no cluster. Rejects if it is no master. */
async function viewOf(node: Redis): Promise<View | undefined> {
  const [known, about] = await Promise.all([
    node.cluster('NODES').then(String, unlessNoCluster),
    node.cluster('INFO').then(String, unlessNoCluster),
  ]);
  if (known === '') return undefined;
  const [, own] = /^(\S+) \S+ myself,master\b/m.exec(known) ?? [];
  if (own === undefined) throw new Error('It is no master');
  const [, epoch] = /cluster_current_epoch:(\d+)/.exec(about) ?? [];
  return { own, masters: mastersIn(known), epoch };
}

function mastersIn(known: string): KnownMaster[] {
  return known.split('\n').flatMap((line) => {
    const [id = '', , flags = '', , , , , , slots] = line.split(' ');
    if (!/\bmaster\b/.test(flags) || slots === undefined) return [];
    return [{ id, isFailing: /\bfail/.test(flags) }];
  });
}

/** @returns "": it is in no cluster. */
function unlessNoCluster(error: unknown): string {
  if (String(error).includes('cluster support disabled')) return '';
  throw error;
}
