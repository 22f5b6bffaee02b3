import type { Clock } from '../../protocol/clock.ts';
import { silentLog } from '../../server/log.ts';
import { ClusterStore } from '../../server/store/cluster/clusterStore.ts';
import type { SessionIds } from '../../server/store/sessionIds.ts';
import type { StoreLimits } from '../../server/store/storeLimits.ts';
import { createTokenSource, type TokenSource } from '../../server/store/tokenSource.ts';
import { idOf } from './memoryStore.ts';
import { startRedis, type TestRedis } from '../../client/testing/startRedis.ts';

/** Enough for sessions to be in several, and few enough for a quick look at all. */
const fewBuckets = 4;

interface Parts {
  readonly clock: Clock;
  readonly tokens?: TokenSource;
  readonly idOf?: SessionIds;
  /** Absent: few. Servers have 1,024. */
  readonly buckets?: number;
  readonly limits?: StoreLimits;
  readonly serverName?: () => string;
  /** How long a node may be silent, in milliseconds. */
  readonly waitMs?: number;
}

/** A store that goes by the clock of the test, in a Redis of the test. */
export function createClusterStore(parts: Parts, redis: { readonly port: number }): ClusterStore {
  return new ClusterStore(clusterParts(parts, redis));
}

/** A store with a Redis of its own, from its start to its end. */
export class LoneClusterStore extends ClusterStore {
  readonly #at: { port: number };
  #redis: TestRedis | undefined;

  constructor(parts: Parts) {
    const at = { port: 0 };
    super(clusterParts(parts, at));
    this.#at = at;
  }

  override async open(): Promise<void> {
    this.#redis = await startRedis();
    this.#at.port = this.#redis.port;
    await super.open();
  }

  override async close(): Promise<void> {
    await super.close();
    await this.#redis?.close();
  }
}

/** Methods that change something, or may find that something is due. */
const changing: ReadonlySet<string | symbol> = new Set<keyof ClusterStore>([
  'newSession',
  'endSession',
  'endAllSessions',
  'touchSession',
  'restoreSessions',
  'setKeys',
  'addKeys',
  'replaceKeys',
  'getKeys',
  'takeKeys',
  'removeKeys',
  'clearKeys',
  'addToNumber',
  'swapValue',
  'appendItems',
  'updateNodes',
]);

/** A store that answers when inspectors of its server have the change, as stores in this process do. */
export function publishing(store: LoneClusterStore): LoneClusterStore {
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const call = (value as (...args: unknown[]) => unknown).bind(target); // Methods take what the seam says.
      if (!changing.has(name)) return call;
      return async (...args: unknown[]) => {
        const outcome = await call(...args);
        await target.whenPublished();
        return outcome;
      };
    },
  });
}

/** What such a store is made from. */
export function clusterParts(
  { waitMs = 5_000, ...parts }: Parts,
  redis: { readonly port: number },
) {
  return {
    access: {
      get nodes() {
        return [{ host: '127.0.0.1', port: redis.port }];
      },
      cluster: 'off' as const,
      isTls: false,
      waitMs,
      ack: 'master' as const,
    },
    tokens: createTokenSource(),
    idOf,
    log: silentLog,
    serverName: () => 'test',
    buckets: fewBuckets,
    ...parts,
    nowMs: () => parts.clock.nowMs(),
  };
}
