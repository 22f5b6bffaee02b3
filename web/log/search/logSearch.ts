import type { SetTimer } from '../../../protocol/clock.ts';
import type { Entry } from '../../connection/page/exchange.ts';
import { textOf } from '../../connection/texts/describeEvent.ts';
import { nameOf } from '../../connection/texts/frameName.ts';
import type { AskedSearch, Judge } from './judge.ts';
import { noFilter, type LogFilter, type Search } from './logFilter.ts';
import { passes, statusesIn } from './passes.ts';
import { RegExpSearch, startRegExpWorker, type RegExpPort } from './regExpSearch.ts';
import {
  compileSearch,
  hasAsciiText,
  hasForeignName,
  searchedTexts,
  type CompiledSearch,
  type SearchFault,
} from './searchPattern.ts';
import { holds, placesOf, type PlainSearch, type TextRange } from './textRanges.ts';

/** Where a search is found in a text. */
export type TextMatches = readonly TextRange[];

export interface LogSearchDeps {
  /** Where regular expressions run. */
  readonly startWorker?: () => RegExpPort;
  readonly setTimer: SetTimer;
  /** The current expression was given up. */
  readonly onGivenUp: () => void;
}

/** The filter of a log, and its search: compiled, and run on the page or in a worker. */
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
      startWorker: deps.startWorker ?? startRegExpWorker,
      setTimer: deps.setTimer,
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

  /** Which rows a filter shows. A search that does not work finds all of them, and has a fault. */
  judge(filter: LogFilter): Judge {
    const plain = this.#compiled.kind === 'plain' ? this.#compiled : undefined;
    return {
      passes: (entry, reply) =>
        passes(filter, entry, reply) &&
        (!plain || isIn(entry, plain) || (reply !== undefined && isIn(reply, plain))),
      search: this.#isAtWork() ? this.#asked : undefined,
      dependsOnOutcome: filter.show === 'failures',
    };
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

  readonly #asked: AskedSearch = {
    find: (texts, onFound) => this.#worker.find(texts, onFound),
    textsOf: searchedTexts,
  };

  #isAtWork(): boolean {
    return this.#compiled.kind === 'regExp' && this.#givenUp === undefined;
  }
}

/** The same texts as {@link searchedTexts}, of which most have only the first one: no list of them is made. */
function isIn(entry: Entry, search: PlainSearch): boolean {
  return (
    holds(search, textOf(entry), hasAsciiText(entry)) ||
    statusesIn(entry).some((status) => holds(search, status, true)) ||
    (hasForeignName(entry) && holds(search, nameOf(entry)))
  );
}
