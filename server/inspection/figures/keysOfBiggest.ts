import type { Clock } from '../../../protocol/clock.ts';
import type { SharedStore } from '../../store/otherServers.ts';
import type { SessionListings } from '../list/sessionListings.ts';
import { valueOf } from '../valueOf.ts';
import type { FoundKeys, KeysBySize } from './biggestKeys.ts';

/** Sessions whose keys are looked at. */
const maxSessions = 200;

/** They are looked at again after so long, in milliseconds. */
const lookAgainMs = 10_000;

interface KeysOfBiggestParts {
  readonly biggestKeysOf: NonNullable<SharedStore['biggestKeysOf']>;
  readonly listings: Pick<SessionListings, 'open'>;
  readonly clock: Clock;
}

/**
 * The biggest keys of the biggest sessions, as of some seconds ago: for a store where a look at the keys of all sessions would be a
 * look at all data on other machines.
 */
export class KeysOfBiggest implements KeysBySize {
  readonly #parts: KeysOfBiggestParts;
  readonly #found = new Map<string, Required<FoundKeys>>();
  #readers = 0;

  constructor(parts: KeysOfBiggestParts) {
    this.#parts = parts;
  }

  open(): () => void {
    this.#readers += 1;
    return () => {
      this.#readers -= 1;
      if (this.#readers === 0) this.#found.clear();
    };
  }

  async top(count: number, prefix: string): Promise<FoundKeys> {
    const known = this.#found.get(prefix);
    const isRecent = known && this.#parts.clock.nowMs() - known.looked.atMs < lookAgainMs;
    const { keys, looked } = isRecent ? known : await this.#look(prefix);
    return { keys: keys.slice(0, count), looked };
  }

  async #look(within: string): Promise<Required<FoundKeys>> {
    const { listings, biggestKeysOf, clock } = this.#parts;
    const opened = listings.open({ sort: 'bytes', descending: true, find: '', within });
    try {
      await opened.refresh();
      const atMs = Math.round(clock.nowMs());
      const { numbers } = opened.listing.rows.slice(0, maxSessions);
      const keys = [...valueOf(await biggestKeysOf(numbers))];
      keys.sort((one, other) => other.bytes - one.bytes);
      const found = { keys, looked: { sessions: numbers.length, atMs } };
      if (this.#readers > 0) this.#found.set(within, found);
      return found;
    } finally {
      opened.close();
    }
  }
}
