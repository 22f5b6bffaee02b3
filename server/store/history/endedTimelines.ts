import type { Token } from '../../../protocol/token.ts';
import { LongList } from '../longList.ts';

/** What is known of a session beside its changes. */
export interface KnownSession {
  readonly token: Token;
  readonly name: string;
  readonly createdAtMs: number;
  /** From when on none of its changes is missing. Absent: from its beginning, or from when the history was opened. */
  readonly sinceMs?: number | undefined;
  readonly timeline: number;
}

/** Sessions that have ended and have changes left. */
export class EndedTimelines {
  readonly #byId = new Map<string, KnownSession>();
  /** By the numbers of their timelines. */
  readonly #ids = new LongList<string | undefined>(undefined);

  /** @returns Undefined: no change is left. */
  get(id: string): KnownSession | undefined {
    return this.#byId.get(id);
  }

  /**
   * @param id A shared session that is made again has the same one.
   * @returns The timeline that the id had before, which is no longer kept; 0: there was none.
   */
  add(id: string, session: KnownSession): number {
    const before = this.#byId.get(id)?.timeline ?? 0;
    if (before > 0) this.#ids.set(before, undefined);
    this.#byId.set(id, session);
    this.#ids.set(session.timeline, id);
    return before;
  }

  /** @returns Whether the timeline was that of a session that has ended. */
  delete(timeline: number): boolean {
    const id = this.#ids.at(timeline);
    if (id === undefined) return false;
    this.#ids.set(timeline, undefined);
    return this.#byId.delete(id);
  }

  clear(): void {
    this.#byId.clear();
    this.#ids.clear();
  }
}
