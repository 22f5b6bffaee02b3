import { setImmediate } from 'node:timers/promises';
import type { ContentQuestion } from '../../../protocol/inspection/sessionLists.ts';
import { TooCostly, WorkBudget } from '../../jsonPath/workBudget.ts';
import type { ListedSession } from '../../store/views.ts';
import { ContentMatcher } from './contentMatcher.ts';

/** Why a search did not look at all sessions. */
export type Stopped = 'results' | 'time' | 'path';

/** Sessions that a search finds at most. */
const maxFound = 10_000;

/** Work of one search: some ten seconds. Counted and not timed, so that a busy machine finds the same. */
const unitsPerSearch = 3_000_000_000;

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
  /** To be looked at for the first time, the next at the end. */
  #waiting: number[] = [];
  /** To be looked at once more. */
  readonly #changed = new Set<number>();
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
    return this.#waiting.length > 0 ? this.#waiting.length : undefined;
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

  start(numbers: readonly number[]): void {
    this.#stopped = undefined;
    this.#waiting = [...numbers];
    this.#run();
  }

  /** Looks at a session that may have changed. */
  look(number: number): void {
    this.#changed.add(number);
    this.#run();
  }

  close(): void {
    this.#isClosed = true;
    this.#waiting = [];
    this.#changed.clear();
  }

  #run(): void {
    if (this.#isRunning || this.#isClosed) return;
    this.#isRunning = true;
    void this.#lookAtAll()
      .catch((error: Error) => (this.#error = error))
      .finally(() => {
        this.#isRunning = false;
        if (!this.#isClosed) this.#parts.onProgress();
      });
  }

  async #lookAtAll(): Promise<void> {
    const budget = new WorkBudget(this.#units);
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
        for (const session of await this.#parts.read(some)) {
          await this.#lookAt(session, matcher, budget);
        }
      }
    } catch (error) {
      if (!(error instanceof TooCostly)) throw error;
      this.#stop('time');
    }
  }

  async #lookAt(
    session: ListedSession,
    matcher: ContentMatcher,
    budget: WorkBudget,
  ): Promise<void> {
    const { number } = session;
    if (number <= 0) return; // It has ended meanwhile.
    const work = matcher.find(session);
    for (let step = work.next(); !this.#isClosed; step = work.next()) {
      if (step.done) {
        if (this.#parts.settle(number, step.value) >= maxFound) this.#stop('results');
        return;
      }
      await this.#pause(budget);
    }
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
    return this.#waiting.splice(-sessionsPerQuestion).reverse();
  }

  #stop(why: Stopped): void {
    if (this.#waiting.length > 0) this.#stopped = why;
    this.#waiting = [];
    if (why !== 'results') this.#changed.clear();
  }
}
