import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Entry, FeedEvent, Outcome } from '../../connection/page/exchange.ts';
import { Announcer, type Announcement } from './announcer.ts';
import { countFacets, type CountedFacet } from '../search/countFacets.ts';
import { EntryStore, noCounts, type LogCounts } from './entryStore.ts';
import { FloodSampler, type Flood } from './floodSampler.ts';
import { noFilter, type LogFilter } from '../search/logFilter.ts';
import type { SearchFault } from '../search/searchPattern.ts';
import { LogSearch, type TextMatches } from '../search/logSearch.ts';
import { startRegExpWorker, type RegExpPort } from '../search/regExpSearch.ts';
import type { EntryQueue } from './entryQueue.ts';
import { VisibleEntries } from './visibleEntries.ts';

/** What React watches of a log; the entries themselves stay outside. */
export interface LogView {
  /** Counts up whenever what {@link MessageLog.visible} gives has changed. */
  readonly version: number;
  readonly filter: LogFilter;
  /** Why the search does not work. */
  readonly searchFault: SearchFault | undefined;
  /** A search or filter is still going through the log. */
  readonly isSearching: boolean;
  readonly counts: LogCounts;
  /** Entries that pass the filter. */
  readonly shown: number;
  /** Id of the newest reply to a request of ours, when replies come one by one. */
  readonly newestReplyId: number | undefined;
  /** How many came since the display was frozen; undefined when it is not. */
  readonly arrivedWhilePaused: number | undefined;
  /** Entries that {@link MessageLog.undoClear} would bring back. */
  readonly cleared: number;
  /** What is not there was cleared, and not brought back. */
  readonly wasCleared: boolean;
  readonly flood: Flood | undefined;
  /** A person asked to keep everything, however much comes. */
  readonly keepsAll: boolean;
  /** What came, for a screen reader. */
  readonly announcement: Announcement | undefined;
}

/** The outside world of a log. */
export interface LogDeps {
  /** Runs the function once, soon, at most once a frame. */
  readonly onNextFrame: (run: () => void) => void;
  /** Unix time in milliseconds, monotonic. */
  readonly nowMs: () => number;
  /** @returns The function that stops the timer. */
  readonly setTimer: (run: () => void, delayMs: number) => () => void;
  /** Where regular expressions run. */
  readonly startWorker?: () => RegExpPort;
}

/** More entries a second than this, and a few at once, and the next telling waits for a while. */
const busyRate = 300;
const fewAtOnce = 4;
/** Time between two tellings when much comes: ten a second are as good as sixty to the eye. */
const busyTellMs = 100;
/** The same in a flood, where all rows are others each time and nobody reads them. */
const floodTellMs = 250;
/** How long a cleared log can be brought back; until then it takes its memory. */
const undoMs = 60_000;
/** How often a flood's rate is looked at when nothing else happens. */
const floodCheckMs = 1000;

/** The messages of one connection: bounded, narrowed, and told to React at most once a frame. */
export class MessageLog {
  readonly store: StoreApi<LogView>;
  readonly #deps: LogDeps;
  readonly #sampler = new FloodSampler();
  readonly #announcer: Announcer;
  readonly #search: LogSearch;
  readonly #visible: VisibleEntries;
  #entries = new EntryStore();
  /** What was cleared last. */
  #cleared: EntryStore | undefined;
  #stopUndo = () => {};
  #arrivedWhilePaused: number | undefined;
  #newestReplyId: number | undefined;
  #addedSinceTold = 0;
  #toldAtMs = 0;
  #isBusy = false;
  #isGoingOn = false;
  #isTellingPlanned = false;
  #isFloodWatched = false;

  constructor(deps: LogDeps) {
    this.#deps = deps;
    this.#visible = new VisibleEntries(this.#entries.queue, {
      nowMs: deps.nowMs,
      onMore: () => this.#tellSoon(),
    });
    this.#search = new LogSearch({
      startWorker: deps.startWorker ?? startRegExpWorker,
      setTimer: deps.setTimer,
      onGivenUp: () => this.#narrow(),
    });
    this.store = createStore<LogView>(() => ({
      version: 0,
      filter: noFilter,
      searchFault: undefined,
      isSearching: false,
      counts: noCounts,
      shown: 0,
      newestReplyId: undefined,
      arrivedWhilePaused: undefined,
      cleared: 0,
      wasCleared: false,
      flood: undefined,
      keepsAll: false,
      announcement: undefined,
    }));
    const announce = (announcement: Announcement) => this.store.setState({ announcement });
    this.#announcer = new Announcer({ nowMs: deps.nowMs, setTimer: deps.setTimer, announce });
  }

  /** Takes what a connection tells. */
  observe(event: FeedEvent): void {
    if (event.type === 'entry') this.#add(event.entry);
    else this.#settle(event.id, event.outcome);
    this.#tellSoon();
  }

  /** Entries that pass the filter, oldest first. It may change with the next version. */
  visible(): EntryQueue {
    return this.#visible.shown;
  }

  /** All entries that are kept, oldest first. */
  all(): readonly Entry[] {
    return this.#entries.queue.toArray();
  }

  /** The entry of an id, if it is still kept. */
  find(id: number): Entry | undefined {
    return this.#entries.queue.find(id);
  }

  /** Values that the log can be narrowed to. Goes through the whole log: call it when asked. */
  facets(): CountedFacet[] {
    return countFacets(this.all());
  }

  /** Where the present search is found in a text; a regular expression answers later. */
  matchesIn(text: string, onMatches: (matches: TextMatches) => void): void {
    this.#search.mark(text, onMatches);
  }

  setFilter(changed: Partial<LogFilter>): void {
    const filter = { ...this.store.getState().filter, ...changed };
    if (changed.search) this.#search.compile(changed.search);
    this.store.setState({ filter });
    this.#narrow();
  }

  /** Freezes what is shown; recording goes on. */
  pause(): void {
    if (this.#arrivedWhilePaused !== undefined) return;
    this.#arrivedWhilePaused = 0;
    this.#visible.show(this.#entries.snapshot());
    this.#tell();
  }

  /** Shows what came meanwhile. */
  resume(): void {
    this.#arrivedWhilePaused = undefined;
    this.#visible.show(this.#entries.queue);
    this.#tell();
  }

  /** Keeps everything in a flood too, or goes back to a sample. */
  keepAll(keepsAll: boolean): void {
    this.#sampler.isOff = keepsAll;
    this.store.setState({ keepsAll });
    this.#tell();
  }

  /** Empties the log; {@link undoClear} brings it back for a while. */
  clear(): void {
    if (this.#entries.queue.length === 0) return;
    this.#stopUndo();
    this.#cleared = this.#entries;
    this.store.setState({ wasCleared: true });
    this.#entries = new EntryStore();
    this.#visible.empty(this.#entries.queue);
    this.#stopUndo = this.#deps.setTimer(() => this.forgetCleared(), undoMs);
    if (this.#arrivedWhilePaused !== undefined) this.#visible.empty(this.#entries.snapshot());
    this.#tell();
  }

  /** Brings back what was cleared, before what came since. */
  undoClear(): void {
    if (!this.#cleared) return;
    this.#entries = this.#cleared.followedBy(this.#entries);
    this.store.setState({ wasCleared: false });
    const isPaused = this.#arrivedWhilePaused !== undefined;
    this.#visible.show(isPaused ? this.#entries.snapshot() : this.#entries.queue);
    this.forgetCleared();
  }

  /** Lets go of what was cleared, for good. */
  forgetCleared(): void {
    this.#stopUndo();
    this.#cleared = undefined;
    this.#tell();
  }

  #add(entry: Entry): void {
    const isKept = this.#sampler.keeps(entry);
    this.#announcer.note(entry);
    this.#addedSinceTold += 1;
    if (this.#arrivedWhilePaused !== undefined) this.#arrivedWhilePaused += 1;
    this.#entries.count(entry, isKept);
    if (!isKept) return;
    this.#entries.append(entry);
    if (entry.kind === 'received' && entry.requestId !== undefined) this.#newestReplyId = entry.id;
  }

  #settle(id: number, outcome: Outcome): void {
    const settled = this.#entries.settle(id, outcome);
    if (settled && this.#arrivedWhilePaused === undefined) this.#visible.update(settled);
  }

  #narrow(): void {
    this.#visible.narrow(this.store.getState().filter, this.#search.run());
    this.#tell();
  }

  #tellSoon(): void {
    if (this.#isTellingPlanned) return;
    this.#isTellingPlanned = true;
    const tell = () => {
      this.#isTellingPlanned = false;
      this.#tell();
    };
    // What went before tells what is likely to come.
    const { flood } = this.store.getState();
    if (this.#isBusy) this.#deps.setTimer(tell, flood ? floodTellMs : busyTellMs);
    else this.#deps.onNextFrame(tell);
  }

  #tell(): void {
    // In a flood no reply is worth unfolding by itself.
    const isCalm = this.#addedSinceTold <= 8;
    const nowMs = this.#deps.nowMs();
    const perSecond = (this.#addedSinceTold * 1000) / Math.max(1, nowMs - this.#toldAtMs);
    this.#isBusy = this.#addedSinceTold > fewAtOnce && perSecond > busyRate;
    this.#toldAtMs = nowMs;
    this.#addedSinceTold = 0;
    const isPaused = this.#arrivedWhilePaused !== undefined;
    if (!isPaused) this.#visible.dropBefore(this.#entries.queue.at(0)?.id ?? 0);
    if (!this.#visible.advance()) this.#goOnSoon();
    const flood = this.#sampler.flood();
    if (flood) this.#watchFlood();
    this.store.setState((view) => ({
      version: view.version + 1,
      searchFault: this.#search.fault(),
      isSearching: this.#visible.isBusy,
      counts: this.#entries.counts(),
      shown: this.#visible.shown.length,
      newestReplyId: isPaused ? view.newestReplyId : isCalm ? this.#newestReplyId : undefined,
      arrivedWhilePaused: this.#arrivedWhilePaused,
      cleared: this.#cleared?.queue.length ?? 0,
      flood,
    }));
  }

  /** The next slice of a search, after whatever else the page has to do. */
  #goOnSoon(): void {
    if (this.#isGoingOn) return;
    this.#isGoingOn = true;
    this.#deps.setTimer(() => {
      this.#isGoingOn = false;
      this.#tell();
    }, 0);
  }

  #watchFlood(): void {
    if (this.#isFloodWatched) return;
    this.#isFloodWatched = true;
    this.#deps.setTimer(() => {
      this.#isFloodWatched = false;
      this.#sampler.tick(this.#deps.nowMs());
      this.#tell();
    }, floodCheckMs);
  }
}
