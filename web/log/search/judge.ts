import type { Entry } from '../../connection/page/exchange.ts';

/** Answers which of some entries it finds; in a worker, so later. */
export interface AskedSearch {
  /** @param texts Those of each entry. */
  readonly find: (
    texts: readonly (readonly string[])[],
    onFound: (places: readonly number[]) => void,
  ) => void;
  /** The texts of an entry that are looked through. */
  readonly textsOf: (entry: Entry) => readonly string[];
}

/** Decides which rows a log shows. */
export interface Judge {
  /** Everything that can be said at once; of a row that holds a reply too, what either of them is. */
  readonly passes: (entry: Entry, reply?: Entry) => boolean;
  /** Asked about those that pass. */
  readonly search: AskedSearch | undefined;
  /** An entry that did not pass may do so when its reply is there, or lost. */
  readonly dependsOnOutcome: boolean;
}
