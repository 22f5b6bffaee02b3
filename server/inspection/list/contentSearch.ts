import { setImmediate } from 'node:timers/promises';
import type { ContentQuestion } from '../../../protocol/inspection/sessionLists.ts';
import { TooCostly, WorkBudget } from '../../jsonPath/workBudget.ts';
import { LongNumbers } from '../../store/longList.ts';
import type { ListedSession } from '../../store/views.ts';
import { ContentMatcher } from './contentMatcher.ts';

/** Why a search did not look at all sessions. */
export type Stopped = 'results' | 'time' | 'path';

/** Sessions that a search finds at most. */
const maxFound = 10_000;

/** Work of one search: some ten seconds. Counted and not timed, so that a busy machine finds the same. */
const unitsPerSearch = 3_000_000_000;

/** What is done in one go: nobody hurries a search. */
const sliceMs = 4;

/** Sessions that are asked for together. */
const sessionsPerQuestion = 500;

/** Time between two reports of progress. */
const progressMs = 100;

/** What a search reads and what it tells. */
export interface SearchParts {
  readonly read: (numbers: readonly number[]) => Promise<readonly ListedSession[]>;
  /** @param key The first key where it is found; undefined: it is not found. @returns How many are found. */
  readonly settle: (number: number, key: string | undefined) => number;
  /** There is something new to show. */
  readonly onProgress: () => void;
}

/**
 * Looks for something in the keys and values of sessions, the newest first, while others have their turn; later
 * again in those that change.
 */
export class ContentSearch {
  readonly #parts: SearchParts;
  readonly #question: ContentQuestion;
  readonly #units: number;
  /** To be looked at for the first time, from the end. */
  #waiting = new LongNumbers(0);
  #left = 0;
  /** To be looked at once more. */
  readonly #changed = new Set<number>();
  /** Not all have been looked at for the first time. */
  #isPassing = false;
  #isRunning = false;
  #isClosed = false;
  #stopped: Stopped | undefined;
  #error: Error | undefined;
  #reportedAtMs = 0;

  /** @param units Work that it may take. */
  constructor(question: ContentQuestion, parts: SearchParts, units = unitsPerSearch) {
    this.#question = question;
    this.#parts = parts;
    this.#units = units;
  }

  /** How many are still to be looked at; undefined: all were, or it stopped. */
  get left(): number | undefined {
    return this.#isPassing ? this.#left : undefined;
  }

  get stopped(): Stopped | undefined {
    return this.#stopped;
  }

  /** What went wrong, if something did. */
  takeError(): Error | undefined {
    const error = this.#error;
    this.#error = undefined;
    return error;
  }

  /** @param numbers They stay as they are. */
  start(numbers: LongNumbers): void {
    this.#stopped = undefined;
    this.#waiting = numbers;
    this.#left = numbers.length;
    this.#isPassing = true;
    this.#run();
  }

  /** Looks at a session that may have changed. */
  look(number: number): void {
    this.#changed.add(number);
    this.#run();
  }

  close(): void {
    this.#isClosed = true;
    this.#left = 0;
    this.#changed.clear();
    this.#isPassing = false;
  }

  #run(): void {
    if (this.#isRunning || this.#isClosed) return;
    this.#isRunning = true;
    void this.#lookAtAll()
      .catch((error: Error) => (this.#error = error))
      .finally(() => {
        this.#isRunning = false;
        this.#isPassing = false;
        if (!this.#isClosed) this.#parts.onProgress();
      });
  }

  async #lookAtAll(): Promise<void> {
    const budget = new WorkBudget(this.#units, sliceMs);
    const matcher = ContentMatcher.of(this.#question, budget);
    if (!matcher) {
      this.#stop('path');
      return;
    }
    // The question was asked in this turn: others come first.
    await setImmediate();
    budget.startSlice();
    try {
      for (let some = this.#next(); some.length > 0; some = this.#next()) {
        const isEnough = await this.#lookAtSome(some, matcher, budget);
        if (isEnough && this.#isPassing) this.#stop('results');
      }
    } catch (error) {
      if (!(error instanceof TooCostly)) throw error;
      if (this.#isPassing) this.#stop('time');
    }
  }

  /** @returns Whether so much is found that no more has to be. */
  async #lookAtSome(
    numbers: readonly number[],
    matcher: ContentMatcher,
    budget: WorkBudget,
  ): Promise<boolean> {
    for (const session of await this.#parts.read(numbers)) {
      if (await this.#lookAt(session, matcher, budget)) return true;
    }
    return false;
  }

  async #lookAt(
    session: ListedSession,
    matcher: ContentMatcher,
    budget: WorkBudget,
  ): Promise<boolean> {
    const { number } = session;
    if (number <= 0) return false; // It has ended since.
    const work = matcher.find(session);
    for (let step = work.next(); !this.#isClosed; step = work.next()) {
      if (step.done) return this.#parts.settle(number, step.value) >= maxFound;
      await this.#pause(budget);
    }
    return true;
  }

  async #pause(budget: WorkBudget): Promise<void> {
    const nowMs = performance.now();
    if (nowMs > this.#reportedAtMs + progressMs) {
      this.#reportedAtMs = nowMs;
      this.#parts.onProgress();
    }
    await setImmediate();
    budget.startSlice();
  }

  /** Those that changed come first: they are few, and shown. */
  #next(): number[] {
    const some = [...this.#changed].slice(0, sessionsPerQuestion);
    for (const number of some) this.#changed.delete(number);
    if (some.length > 0) return some;
    while (this.#left > 0 && some.length < sessionsPerQuestion) {
      this.#left -= 1;
      some.push(this.#waiting.at(this.#left));
    }
    return some;
  }

  #stop(why: Stopped): void {
    this.#stopped = why;
    this.#left = 0;
    if (why !== 'results') this.#changed.clear();
  }
}
