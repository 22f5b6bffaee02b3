import type { Clock } from '../../../protocol/clock.ts';
import type { Log } from '../../log.ts';
import type { SessionIds } from '../sessionIds.ts';
import type { StoreLimits } from '../storeLimits.ts';
import type { TokenSource } from '../tokenSource.ts';
import type { RedisAccess } from './redisAccess.ts';

/** What the store needs from outside. */
export interface ClusterStoreParts {
  readonly access: RedisAccess;
  readonly clock: Clock;
  readonly tokens: TokenSource;
  readonly idOf: SessionIds;
  readonly log: Log;
  readonly maxReplyLength?: number;
  /** Memory for past changes, in bytes; 0: none are remembered. */
  readonly limits?: Pick<StoreLimits, 'maxHistoryBytes'>;
  /** Name of this server, without spaces, as inspectors of others are to see it. Absent: it is none. */
  readonly serverName?: () => string;
  /** For tests: buckets, and the time in place of that of the nodes. */
  readonly buckets?: number;
  readonly nowMs?: () => number;
}
