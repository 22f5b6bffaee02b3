import type { SetTimer } from '../../../protocol/clock.ts';
import type { Entry, ReceivedEntry } from '../../connection/page/exchange.ts';
import { isFailure } from '../search/logFilter.ts';

/** Messages that arrive this close together share one sentence. */
const gatherMs = 700;
/** Shortest time between two sentences. */
const restMs = 4000;
/** The same in a flood, of which only the rate is announced. */
const floodRestMs = 15_000;
/** More than this many at once are announced as a rate. */
const maxCounted = 1000;

/** What arrived, for a screen reader. The view makes a sentence of it. */
export type Announcement = (
  | { readonly kind: 'reply'; readonly entry: ReceivedEntry }
  | { readonly kind: 'counts'; readonly replies: number; readonly failures: number }
  | { readonly kind: 'rate'; readonly perSecond: number }
) & {
  /** Counts up, since two sentences may be the same. */
  readonly number: number;
};

export interface AnnouncerDeps {
  readonly nowMs: () => number;
  readonly setTimer: SetTimer;
  readonly announce: (announcement: Announcement) => void;
}

/** Announces to screen readers what arrived: few announcements however much arrives. */
export class Announcer {
  readonly #deps: AnnouncerDeps;
  #replies = 0;
  #failures = 0;
  #only: ReceivedEntry | undefined;
  #sinceMs = 0;
  #restUntilMs = 0;
  #isTimerSet = false;
  #number = 0;

  constructor(deps: AnnouncerDeps) {
    this.#deps = deps;
  }

  /** Counts a received message, kept or not. */
  note(entry: Entry): void {
    if (entry.kind !== 'received') return;
    if (this.#replies === 0) this.#sinceMs = entry.atMs;
    this.#replies += 1;
    if (isFailure(entry)) this.#failures += 1;
    this.#only = this.#replies === 1 ? entry : undefined;
    if (this.#isTimerSet) return;
    this.#isTimerSet = true;
    const delayMs = Math.max(gatherMs, this.#restUntilMs - this.#deps.nowMs());
    this.#deps.setTimer(() => this.#announce(), delayMs);
  }

  #announce(): void {
    const nowMs = this.#deps.nowMs();
    const isFlood = this.#replies > maxCounted;
    const seconds = Math.max(1, (nowMs - this.#sinceMs) / 1000);
    const announcement = isFlood
      ? ({ kind: 'rate', perSecond: Math.round(this.#replies / seconds) } as const)
      : this.#only
        ? ({ kind: 'reply', entry: this.#only } as const)
        : ({ kind: 'counts', replies: this.#replies, failures: this.#failures } as const);
    this.#restUntilMs = nowMs + (isFlood ? floodRestMs : restMs);
    this.#replies = 0;
    this.#failures = 0;
    this.#only = undefined;
    this.#isTimerSet = false;
    this.#number += 1;
    this.#deps.announce({ ...announcement, number: this.#number });
  }
}
