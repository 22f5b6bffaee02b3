import type { EndedSession, ListOf } from '../changes.ts';
import type { HistorySession, MadeChange } from './history.ts';

/** So many are kept, the newest. */
export const maxEndedKept = 1_000;

/** The sessions that ended last: what they were and why they ended, without their keys. */
export class EndedSessions {
  /** A ring: the one after {@link #last} is the oldest. */
  readonly #kept: EndedSession[] = [];
  #last = -1;
  #count = 0;

  note(
    sessions: ListOf<Pick<HistorySession, 'token' | 'name' | 'createdAtMs'>>,
    { atMs, cause }: Pick<MadeChange, 'atMs' | 'cause'>,
  ): void {
    const newest = sessions.lastOf?.(maxEndedKept) ?? sessions;
    this.#count += sessions.length - newest.length;
    for (const { token, name, createdAtMs } of newest) {
      this.#count += 1;
      this.#last = (this.#last + 1) % maxEndedKept;
      this.#kept[this.#last] = { number: this.#count, token, name, createdAtMs, atMs, cause };
    }
  }

  /** The newest first. */
  list(): EndedSession[] {
    const { length } = this.#kept;
    const newest: EndedSession[] = [];
    for (let step = 0; step < length; step += 1) {
      const ended = this.#kept[(this.#last - step + length) % length];
      if (ended) newest.push(ended);
    }
    return newest;
  }
}
