import type { SetTimer } from '../../../protocol/clock.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { emptyView, type LogView } from './logView.ts';
import type { Entry, FeedEvent, Outcome, ReceivedEntry } from '../../connection/page/exchange.ts';
import type { Announcement, Announcer, AnnouncerDeps } from './announcer.ts';
import { EntryStore } from './entryStore.ts';
import { FloodSampler } from './floodSampler.ts';
import { noFilter, type LogFilter } from '../search/logFilter.ts';
import type { LogSearch, LogSearchDeps, TextMatches } from '../search/logSearch.ts';
import { EntryQueue } from './entryQueue.ts';
import { replyIn, requestIn, type RowKind } from './exchangePairs.ts';
import type { VisibleDeps, VisibleEntries } from './visibleEntries.ts';

/** The outside world of a log. */
export interface LogDeps {
  /** Runs the function once, soon, at most once a frame. */
  readonly onNextFrame: (run: () => void) => void;
  /** Unix time in milliseconds, monotonic. */
  readonly nowMs: () => number;
  /** @returns The function that stops the timer. */
  readonly setTimer: SetTimer;
}

/** What a log has only from when it is shown for the first time. */
export interface ShownParts {
  readonly createVisible: (source: EntryQueue, deps: VisibleDeps) => VisibleEntries;
  readonly createAnnouncer: (deps: AnnouncerDeps) => Announcer;
}

/** At more entries a second than this, and more than a few at once, React is notified less often. */
const busyRate = 300;
const fewAtOnce = 4;
/** Time between two notifications when much arrives: to the eye ten a second are as good as sixty. */
const busyNotifyMs = 100;
/** The same in a flood, where every row is replaced each time and nobody reads them. */
const floodNotifyMs = 250;
/** How long a cleared log can be restored; it keeps its memory until then. */
const undoMs = 60_000;
/** How often the rate of a flood is checked when nothing else happens. */
const floodCheckMs = 1000;

const nothingShown = new EntryQueue();

/** The messages of one connection: bounded, filtered, and shown to React at most once a frame. */
export class MessageLog {
  readonly store: StoreApi<LogView>;
  readonly #deps: LogDeps;
  readonly #sampler = new FloodSampler();
  /** Absent until the first panel is there to show rows, and to say what arrives. */
  #announcer: Announcer | undefined;
  #visible: VisibleEntries | undefined;
  /** Absent until the first panel is there to show a filter. */
  #search: LogSearch | undefined;
  #entries = new EntryStore();
  /** What was cleared last. */
  #cleared: EntryStore | undefined;
  #stopUndo = () => {};
  #isPaired = false;
  #arrivedWhilePaused: number | undefined;
  #newestReplyId: number | undefined;
  #addedSinceNotify = 0;
  #notifiedAtMs = 0;
  #isBusy = false;
  #isResumePlanned = false;
  #isNotifyPlanned = false;
  #isFloodWatched = false;

  constructor(deps: LogDeps) {
    this.#deps = deps;
    this.store = createStore<LogView>(() => emptyView);
  }

  /** Brings what shows rows and says what arrives, which loads with the panel. Until then entries are only kept. */
  attachView({ createVisible, createAnnouncer }: ShownParts): void {
    if (this.#visible) return;
    const { nowMs, setTimer } = this.#deps;
    const announce = (announcement: Announcement) => this.store.setState({ announcement });
    this.#announcer = createAnnouncer({ nowMs, setTimer, announce });
    const onMore = () => this.#notifySoon();
    this.#visible = createVisible(this.#entries.queue, { nowMs, onMore });
    this.#notify();
  }

  /** Takes an event of the connection. */
  observe(event: FeedEvent): void {
    if (event.type === 'entry') this.#add(event.entry);
    else this.#settle(event.id, event.outcome);
    this.#notifySoon();
  }

  /** Says what a row is. */
  group(rowKind: RowKind): void {
    this.#isPaired = rowKind === 'exchange';
    this.store.setState({ rowKind });
    this.#visible?.group(rowKind);
    this.#notify();
  }

  /** What heads the rows that pass the filter, oldest first. It may change with the next version. */
  visible(): EntryQueue {
    return this.#visible?.shown ?? nothingShown;
  }

  /** All entries that are kept, oldest first. */
  all(): readonly Entry[] {
    return this.#entries.queue.toArray();
  }

  /** The entry of an id, if it is still kept. */
  find(id: number): Entry | undefined {
    return this.#entries.queue.find(id);
  }

  /** The reply that stands in the row of an entry. */
  replyOf(entry: Entry): ReceivedEntry | undefined {
    return this.#isPaired ? replyIn(this.#entries.queue, entry) : undefined;
  }

  /** Where the present search is found in a text; a regular expression answers later. */
  matchesIn(text: string, onMatches: (matches: TextMatches) => void): void {
    if (this.#search) this.#search.mark(text, onMatches);
    else onMatches([]);
  }

  /** Brings what filters and searches, which loads with the panel. Until then everything is shown. */
  attachSearch(create: (deps: LogSearchDeps) => LogSearch): void {
    if (this.#search) return;
    const { setTimer } = this.#deps;
    this.#search = create({ setTimer, onGivenUp: () => this.#narrow() });
    const { filter } = this.store.getState();
    if (filter === noFilter) return;
    // Another object, so that marks are asked for again, too.
    this.setFilter({ search: { ...filter.search } });
  }

  setFilter(changed: Partial<LogFilter>): void {
    const filter = { ...this.store.getState().filter, ...changed };
    if (changed.search) this.#search?.compile(changed.search);
    this.store.setState({ filter });
    this.#narrow();
  }

  /** Freezes what is shown; recording continues. */
  pause(): void {
    if (this.#arrivedWhilePaused !== undefined) return;
    this.#arrivedWhilePaused = 0;
    this.#visible?.show(this.#entries.snapshot());
    this.#notify();
  }

  /** Shows what arrived in the meantime. */
  resume(): void {
    this.#arrivedWhilePaused = undefined;
    this.#visible?.show(this.#entries.queue);
    this.#notify();
  }

  /** Keeps everything in a flood too, or goes back to a sample. */
  keepAll(keepsAll: boolean): void {
    this.#sampler.isOff = keepsAll;
    this.store.setState({ keepsAll });
    this.#notify();
  }

  /** Empties the log; {@link undoClear} can restore it for a minute. */
  clear(): void {
    if (this.#entries.queue.length === 0) return;
    this.#stopUndo();
    this.#cleared = this.#entries;
    this.store.setState({ wasCleared: true });
    this.#entries = new EntryStore();
    this.#visible?.empty(this.#entries.queue);
    this.#stopUndo = this.#deps.setTimer(() => this.forgetCleared(), undoMs);
    if (this.#arrivedWhilePaused !== undefined) this.#visible?.empty(this.#entries.snapshot());
    this.#notify();
  }

  /** Restores what was cleared, before what arrived since. */
  undoClear(): void {
    if (!this.#cleared) return;
    this.#entries = this.#cleared.followedBy(this.#entries);
    this.store.setState({ wasCleared: false });
    const isPaused = this.#arrivedWhilePaused !== undefined;
    this.#visible?.show(isPaused ? this.#entries.snapshot() : this.#entries.queue);
    this.forgetCleared();
  }

  /** Discards what was cleared. */
  forgetCleared(): void {
    this.#stopUndo();
    this.#cleared = undefined;
    this.#notify();
  }

  #add(entry: Entry): void {
    const isKept = this.#sampler.keeps(entry);
    this.#announcer?.note(entry);
    this.#addedSinceNotify += 1;
    if (this.#arrivedWhilePaused !== undefined) this.#arrivedWhilePaused += 1;
    this.#entries.count(entry, isKept);
    if (!isKept) return;
    this.#entries.append(entry);
    if (entry.kind === 'received' && entry.requestId !== undefined) this.#newestReplyId = entry.id;
  }

  #settle(id: number, outcome: Outcome): void {
    const settled = this.#entries.settle(id, outcome);
    if (settled && this.#arrivedWhilePaused === undefined) this.#visible?.update(settled);
  }

  #newestRowId(): number | undefined {
    const reply = this.#isPaired ? this.find(this.#newestReplyId ?? 0) : undefined;
    return (reply && requestIn(this.#entries.queue, reply)?.id) ?? this.#newestReplyId;
  }

  #narrow(): void {
    if (!this.#search) return;
    this.#visible?.narrow(this.#search.judge(this.store.getState().filter));
    this.#notify();
  }

  #notifySoon(): void {
    if (this.#isNotifyPlanned) return;
    this.#isNotifyPlanned = true;
    const notify = () => {
      this.#isNotifyPlanned = false;
      this.#notify();
    };
    // The last batch is the best guess about the next one.
    const { flood } = this.store.getState();
    if (this.#isBusy) this.#deps.setTimer(notify, flood ? floodNotifyMs : busyNotifyMs);
    else this.#deps.onNextFrame(notify);
  }

  #notify(): void {
    // In a flood no reply unfolds automatically.
    const isCalm = this.#addedSinceNotify <= 8;
    const nowMs = this.#deps.nowMs();
    const perSecond = (this.#addedSinceNotify * 1000) / Math.max(1, nowMs - this.#notifiedAtMs);
    this.#isBusy = this.#addedSinceNotify > fewAtOnce && perSecond > busyRate;
    this.#notifiedAtMs = nowMs;
    this.#addedSinceNotify = 0;
    const isPaused = this.#arrivedWhilePaused !== undefined;
    if (!isPaused) this.#visible?.dropBefore(this.#entries.queue.at(0)?.id ?? 0);
    if (this.#visible?.advance() === false) this.#resumeSoon();
    const flood = this.#sampler.flood();
    if (flood) this.#watchFlood();
    this.store.setState((view) => ({
      version: view.version + 1,
      searchFault: this.#search?.fault(),
      isSearching: this.#visible?.isBusy === true,
      counts: this.#entries.counts(),
      rows: this.#isPaired ? this.#entries.exchanges : this.#entries.queue.length,
      shown: this.visible().length,
      newestReplyId: isPaused ? view.newestReplyId : isCalm ? this.#newestRowId() : undefined,
      arrivedWhilePaused: this.#arrivedWhilePaused,
      cleared: this.#cleared?.queue.length ?? 0,
      flood,
    }));
  }

  /** The next slice of a search, after other work of the page. */
  #resumeSoon(): void {
    if (this.#isResumePlanned) return;
    this.#isResumePlanned = true;
    this.#deps.setTimer(() => {
      this.#isResumePlanned = false;
      this.#notify();
    }, 0);
  }

  #watchFlood(): void {
    if (this.#isFloodWatched) return;
    this.#isFloodWatched = true;
    this.#deps.setTimer(() => {
      this.#isFloodWatched = false;
      this.#sampler.tick(this.#deps.nowMs());
      this.#notify();
    }, floodCheckMs);
  }
}
