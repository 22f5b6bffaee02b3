import type { Clock } from '../../protocol/clock.ts';
import { maxEndedShown, type ListedEnd } from '../../protocol/inspection/endedSessions.ts';
import type { InspectionEvent } from '../../protocol/inspection/events.ts';
import { maskToken } from '../../protocol/token.ts';
import type { Change, EndedSession, Gap } from '../store/changes.ts';
import type { SessionIds } from '../store/sessionIds.ts';
import { authorOf } from './history/authorOf.ts';
import type { InspectedStore } from './sharedViews.ts';
import { valueOf } from './valueOf.ts';
import type { Watch } from './watch.ts';

interface EndedParts {
  readonly store: Pick<InspectedStore, 'listEnded'>;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly idOf: SessionIds;
}

/** The sessions that ended last, for one inspector. */
export class EndedWatch implements Watch {
  readonly #number: number;
  readonly #parts: EndedParts;
  /** Place of the last that was sent. */
  #sent = 0;
  #hasChanges = true;

  /** @param number Comes back with each frame. */
  constructor(number: number, parts: EndedParts) {
    this.#number = number;
    this.#parts = parts;
  }

  get hasChanges(): boolean {
    return this.#hasChanges;
  }

  mark({ kind }: Change | Gap): void {
    if (kind === 'ended' || kind === 'gap') this.#hasChanges = true;
  }

  async next(): Promise<InspectionEvent> {
    this.#hasChanges = false;
    try {
      const { store, clock } = this.#parts;
      const ended = valueOf(await store.listEnded());
      const isRemembered = ended !== undefined;
      const news = (ended ?? []).filter(({ number }) => number > this.#sent);
      this.#sent = news[0]?.number ?? this.#sent;
      const sessions = news.slice(0, maxEndedShown).map((each) => this.#listed(each));
      const nowMs = Math.round(clock.nowMs());
      return { type: 'ended', number: this.#number, nowMs, isRemembered, sessions };
    } catch (error) {
      this.#hasChanges = true;
      throw error;
    }
  }

  #listed({ number: place, token, name, createdAtMs, atMs, cause }: EndedSession): ListedEnd {
    return {
      place,
      id: this.#parts.idOf(token),
      name,
      maskedToken: maskToken(token),
      createdAtMs: Math.round(createdAtMs),
      author: authorOf({ cause, atMs }),
    };
  }
}
