import type { SetTimer } from '../../../protocol/clock.ts';
import { noFilter, type Search } from './logFilter.ts';
import { RegExpSearch, type RegExpPort } from './regExpSearch.ts';
import { compileSearch, type CompiledSearch, type SearchFault } from './searchPattern.ts';
import { placesOf, type TextRange } from './textRanges.ts';

/** Where a search is found in a text. */
export type TextMatches = readonly TextRange[];

/** How a search is run: a pattern on the page, or a worker for what a person wrote. */
export type SearchRun =
  | Extract<CompiledSearch, { kind: 'none' | 'plain' }>
  | { readonly kind: 'regExp'; readonly worker: RegExpSearch };

interface LogSearchDeps {
  readonly startWorker: () => RegExpPort;
  readonly setTimer: SetTimer;
  /** The current expression was given up. */
  readonly onGivenUp: () => void;
}

/** The current search, compiled, and run on the page or in a worker. */
export class LogSearch {
  #compiled: CompiledSearch = compileSearch(noFilter.search);
  readonly #worker: RegExpSearch;
  /** Why the current expression was given up. */
  #givenUp: SearchFault | undefined;

  constructor(deps: LogSearchDeps) {
    const giveUp = (fault: SearchFault) => () => {
      this.#givenUp = fault;
      deps.onGivenUp();
    };
    this.#worker = new RegExpSearch({
      ...deps,
      onTooLong: giveUp({ kind: 'tooSlow' }),
      onNotLoaded: giveUp({ kind: 'notLoaded' }),
    });
  }

  compile(search: Search): void {
    this.#givenUp = undefined;
    this.#compiled = compileSearch(search);
    if (this.#compiled.kind === 'regExp') this.#worker.use(this.#compiled.pattern);
    else this.#worker.dispose();
  }

  /** How to find entries. A search that does not work finds all of them, and has a fault. */
  run(): SearchRun {
    if (this.#compiled.kind === 'plain') return this.#compiled;
    return this.#isAtWork() ? { kind: 'regExp', worker: this.#worker } : { kind: 'none' };
  }

  /** Why it does not work. */
  fault(): SearchFault | undefined {
    if (this.#compiled.kind === 'bad') return this.#compiled.fault;
    return this.#givenUp;
  }

  /** Finds where it occurs in a text: at once, or when the worker has answered. */
  mark(text: string, onMatches: (matches: TextMatches) => void): void {
    if (this.#compiled.kind === 'plain') onMatches(placesOf(this.#compiled, text));
    else if (this.#isAtWork()) this.#worker.mark(text, onMatches);
    else onMatches([]);
  }

  #isAtWork(): boolean {
    return this.#compiled.kind === 'regExp' && this.#givenUp === undefined;
  }
}
