import type { SetTimer } from '../../../protocol/clock.ts';
import { packTexts } from './packedTexts.ts';
import type { RegExpAnswer, RegExpQuestion } from './regExpWork.ts';
import type { TextRange } from './textRanges.ts';

/** The part of a `Worker` that is used. */
export type RegExpPort = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>;

interface RegExpSearchDeps {
  readonly startWorker: () => RegExpPort;
  readonly setTimer: SetTimer;
  /** Nothing that was asked so far is answered any more. */
  readonly onTooLong: () => void;
  /** The worker's script could not be loaded; nothing that was asked so far is answered. */
  readonly onNotLoaded: () => void;
}

/** Longest that one question may take; each is a small part of the log. The first waits for the worker, too. */
export const maxAnswerMs = 2000;

type Unnumbered<Q> = Q extends unknown ? Omit<Q, 'id' | 'source' | 'flags'> : never;

const nothing = /(?!)/;

/** A regular expression in a worker, which is ended when it takes too long. */
export class RegExpSearch {
  readonly #deps: RegExpSearchDeps;
  #pattern: RegExp = nothing;
  readonly #waiting = new Map<number, (answer: RegExpAnswer) => void>();
  #worker: RegExpPort | undefined;
  #lastId = 0;
  #stopWatch = () => {};

  constructor(deps: RegExpSearchDeps) {
    this.#deps = deps;
  }

  /** Another expression; what was asked about the one before is not answered any more. */
  use(pattern: RegExp): void {
    // Starting a worker takes longer than most searches, so one that has nothing to do is kept.
    if (this.#waiting.size > 0) this.dispose();
    this.#pattern = pattern;
  }

  /** Finds the groups of texts in which the expression occurs, by index. */
  find(groups: readonly (readonly string[])[], onFound: (found: readonly number[]) => void): void {
    this.#ask({ ask: 'found', texts: packTexts(groups) }, (answer) => {
      if (answer.ask === 'found') onFound(answer.found);
    });
  }

  /** Finds where the expression occurs in a text. */
  mark(text: string, onMarked: (ranges: readonly TextRange[]) => void): void {
    this.#ask({ ask: 'ranges', text }, (answer) => {
      if (answer.ask === 'ranges') onMarked(answer.ranges);
    });
  }

  /** Ends the worker; nothing that was asked is answered any more. A new question starts another. */
  dispose(): void {
    this.#stopWatch();
    this.#waiting.clear();
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #ask(question: Unnumbered<RegExpQuestion>, onAnswer: (answer: RegExpAnswer) => void): void {
    this.#worker ??= this.#start();
    this.#lastId += 1;
    this.#waiting.set(this.#lastId, onAnswer);
    const { source, flags } = this.#pattern;
    this.#worker.postMessage({ ...question, id: this.#lastId, source, flags });
    if (this.#waiting.size === 1) this.#watch();
  }

  #start(): RegExpPort {
    const worker = this.#deps.startWorker();
    worker.addEventListener('message', (event) => {
      const { data } = event as MessageEvent<RegExpAnswer>;
      const onAnswer = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      this.#stopWatch();
      if (this.#waiting.size > 0) this.#watch();
      onAnswer?.(data);
    });
    worker.addEventListener('error', () => {
      this.dispose();
      this.#deps.onNotLoaded();
    });
    return worker;
  }

  /** Each answer restarts the time limit: many questions do not make an expression slow. */
  #watch(): void {
    this.#stopWatch = this.#deps.setTimer(() => {
      this.dispose();
      this.#deps.onTooLong();
    }, maxAnswerMs);
  }
}

/** Starts the real one. */
export function startRegExpWorker(): Worker {
  return new Worker(new URL('./regExp.worker.ts', import.meta.url), { type: 'module' });
}
