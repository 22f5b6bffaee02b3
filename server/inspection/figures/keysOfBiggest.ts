import type { Clock } from '../../../protocol/clock.ts';
import type { KeySize, SharedStore } from '../../store/otherServers.ts';
import type { SessionListings } from '../list/sessionListings.ts';
import { valueOf } from '../valueOf.ts';
import type { FoundKeys, KeysBySize } from './biggestKeys.ts';

/** Sessions whose keys are looked at together, and in all. */
const perPart = 200;
const maxSessions = 2_000;

/** Memory of the sessions that are looked at after the first ones, at most. */
const maxBytes = 100_000_000;

/** They are looked at again after so long, in milliseconds. */
const lookAgainMs = 10_000;

interface KeysOfBiggestParts {
  readonly biggestKeysOf: NonNullable<SharedStore['biggestKeysOf']>;
  readonly listings: Pick<SessionListings, 'open'>;
  readonly clock: Clock;
}

/**
 * The biggest keys, as of some seconds ago: for a store where a look at the keys of all sessions would be a
 * look at all data on other machines. The biggest sessions are looked at, until those that are left are smaller
 * than the keys that were found, or it would be too much.
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
    const question = `${count} ${prefix}`;
    const known = this.#found.get(question);
    const isRecent = known && this.#parts.clock.nowMs() - known.looked.atMs < lookAgainMs;
    if (isRecent) return known;
    const found = await this.#look(count, prefix);
    if (this.#readers > 0) this.#found.set(question, found);
    return found;
  }

  async #look(count: number, within: string): Promise<Required<FoundKeys>> {
    const { listings, clock } = this.#parts;
    const opened = listings.open({ sort: 'bytes', descending: true, find: '', within });
    try {
      await opened.refresh();
      const atMs = Math.round(clock.nowMs());
      const { rows } = opened.listing;
      const all = rows.length;
      const { keys, sessions } = await this.#lookAt(rows.slice(0, maxSessions).numbers, count);
      return { keys, looked: { sessions: sessions ?? all, atMs } };
    } finally {
      opened.close();
    }
  }

  /**
   * @param numbers Of the biggest sessions, the biggest first.
   * @returns With how many of them; undefined: no other session has keys that are as big.
   */
  async #lookAt(
    numbers: readonly number[],
    count: number,
  ): Promise<{ keys: readonly KeySize[]; sessions: number | undefined }> {
    let keys: KeySize[] = [];
    let leftBytes = maxBytes;
    for (let from = 0; from < numbers.length; from += perPart) {
      const found = valueOf(await this.#parts.biggestKeysOf(numbers.slice(from, from + perPart)));
      // Sessions without keys, which long names have made big: they say nothing about the others.
      if (found.length === 0) continue;
      keys = [...keys, ...found].sort((one, other) => other.bytes - one.bytes).slice(0, count);
      // Those after them are smaller.
      const smallest = Math.min(...found.map(({ session }) => session.bytes));
      if ((keys[count - 1]?.bytes ?? 0) >= smallest) return { keys, sessions: undefined };
      leftBytes -= smallest * perPart;
      if (leftBytes < 0) return { keys, sessions: Math.min(from + perPart, numbers.length) };
    }
    return { keys, sessions: numbers.length };
  }
}
