import type { Entry } from '../../connection/page/exchange.ts';
import { nameOf } from '../../connection/page/frameName.ts';
import { verdictOf } from '../formatEntry.ts';
import { isFailure } from '../search/logFilter.ts';
import { entryTexts } from '../entryTexts.ts';

/** Messages that come so close together are told in one sentence. */
const gatherMs = 700;
/** Shortest time between two sentences. */
const restMs = 4000;
/** In a flood only its rate is told, and this seldom. */
const floodRestMs = 15_000;
/** More than this many in one sentence are told as a rate. */
const maxCounted = 1000;

interface AnnouncerDeps {
  readonly nowMs: () => number;
  readonly setTimer: (run: () => void, delayMs: number) => () => void;
  readonly say: (sentence: string) => void;
}

/** Tells those who cannot see the log what came, in few sentences however much comes. */
export class Announcer {
  readonly #deps: AnnouncerDeps;
  #replies = 0;
  #failures = 0;
  #only: Entry | undefined;
  #sinceMs = 0;
  #restUntilMs = 0;
  #isTimerSet = false;

  constructor(deps: AnnouncerDeps) {
    this.#deps = deps;
  }

  /** Takes note of a received message, kept or not. */
  note(entry: Entry): void {
    if (entry.kind !== 'received') return;
    if (this.#replies === 0) this.#sinceMs = entry.atMs;
    this.#replies += 1;
    if (isFailure(entry)) this.#failures += 1;
    this.#only = this.#replies === 1 ? entry : undefined;
    if (this.#isTimerSet) return;
    this.#isTimerSet = true;
    const delayMs = Math.max(gatherMs, this.#restUntilMs - this.#deps.nowMs());
    this.#deps.setTimer(() => this.#tell(), delayMs);
  }

  #tell(): void {
    const nowMs = this.#deps.nowMs();
    const isFlood = this.#replies > maxCounted;
    const seconds = Math.max(1, (nowMs - this.#sinceMs) / 1000);
    const sentence = isFlood
      ? entryTexts.saidRate(Math.round(this.#replies / seconds))
      : this.#only
        ? describeReply(this.#only)
        : entryTexts.saidCounts(this.#replies, this.#failures);
    this.#restUntilMs = nowMs + (isFlood ? floodRestMs : restMs);
    this.#replies = 0;
    this.#failures = 0;
    this.#only = undefined;
    this.#isTimerSet = false;
    this.#deps.say(sentence);
  }
}

function describeReply(entry: Entry): string {
  const name = entry.kind === 'connection' ? entry.text : nameOf(entry);
  const verdict = verdictOf(entry)?.word;
  return verdict === undefined ? name : `${name}, ${verdict}`;
}
