import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Entry, FeedEvent, Outcome } from '../connection/exchange.ts';
import { passes, type LogFilter } from './logFilter.ts';

/** What React watches of a log; the entries themselves stay outside. */
export interface LogView extends LogFilter {
  /** Counts up whenever what {@link MessageLog.visible} gives has changed. */
  readonly version: number;
  /** Entries kept. */
  readonly kept: number;
  /** Oldest entries that were let go to stay below the cap. */
  readonly dropped: number;
  /** Id of the newest reply to a request of ours, when replies come one by one. */
  readonly newestReplyId: number | undefined;
}

interface LogDeps {
  /** Runs the function once, soon, at most once a frame. */
  readonly onNextFrame: (run: () => void) => void;
}

/** Most entries kept for one connection. */
export const maxEntries = 10_000;
/** Most characters kept of all messages together. */
const maxCharacters = 64 * 1024 * 1024;
/** Entries go in lots, so that a full log does not shift its array for every message. */
const dropLot = 500;

/** The messages of one connection: bounded, filtered, and told to React at most once a frame. */
export class MessageLog {
  readonly store: StoreApi<LogView>;
  readonly #deps: LogDeps;
  /** Ids count up by one, so an entry's place follows from its id. */
  #entries: Entry[] = [];
  #visible: Entry[] = [];
  #characters = 0;
  #dropped = 0;
  #newestReplyId: number | undefined;
  #addedThisFrame = 0;
  #isFramePending = false;

  constructor(deps: LogDeps) {
    this.#deps = deps;
    this.store = createStore<LogView>(() => ({
      version: 0,
      show: 'all',
      search: '',
      kept: 0,
      dropped: 0,
      newestReplyId: undefined,
    }));
  }

  /** Takes what a connection tells. */
  observe(event: FeedEvent): void {
    if (event.type === 'entry') this.#append(event.entry);
    else this.#settle(event.id, event.outcome);
    this.#tellSoon();
  }

  /** Entries that pass the filter, oldest first. The array may change with the next version. */
  visible(): readonly Entry[] {
    return this.#visible;
  }

  /** All entries that are kept, oldest first. */
  all(): readonly Entry[] {
    return this.#entries;
  }

  /** The entry of an id, if it is still kept. */
  find(id: number): Entry | undefined {
    return this.#entries[id - (this.#entries[0]?.id ?? 0)];
  }

  setFilter(filter: Partial<LogFilter>): void {
    this.store.setState(filter);
    this.#filterAgain();
    this.#tell();
  }

  clear(): void {
    this.#entries = [];
    this.#visible = [];
    this.#characters = 0;
    this.#dropped = 0;
    this.#tell();
  }

  #append(entry: Entry): void {
    this.#entries.push(entry);
    this.#characters += entry.text.length;
    this.#addedThisFrame += 1;
    if (entry.kind === 'received' && entry.requestId !== undefined) this.#newestReplyId = entry.id;
    if (passes(entry, this.store.getState())) this.#visible.push(entry);
    if (this.#entries.length > maxEntries || this.#characters > maxCharacters) this.#dropOldest();
  }

  #settle(id: number, outcome: Outcome): void {
    const entry = this.find(id);
    if (entry?.kind !== 'sent') return;
    const settled = { ...entry, outcome };
    this.#entries[id - (this.#entries[0]?.id ?? 0)] = settled;
    const at = this.#placeOf(id);
    if (this.#visible[at]?.id === id) this.#visible[at] = settled;
    else if (passes(settled, this.store.getState())) this.#visible.splice(at, 0, settled);
  }

  /** Index in the visible entries of an id, or of the first one after it. */
  #placeOf(id: number): number {
    let low = 0;
    let high = this.#visible.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#visible[middle]?.id ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #dropOldest(): void {
    let count = Math.min(dropLot, this.#entries.length - 1);
    const isHeavy = () => this.#characters > maxCharacters && count < this.#entries.length - 1;
    for (const entry of this.#entries.slice(0, count)) this.#characters -= entry.text.length;
    while (isHeavy()) {
      this.#characters -= this.#entries[count]?.text.length ?? 0;
      count += 1;
    }
    this.#entries.splice(0, count);
    this.#dropped += count;
    this.#visible.splice(0, this.#placeOf(this.#entries[0]?.id ?? 0));
  }

  #filterAgain(): void {
    const filter = this.store.getState();
    this.#visible = this.#entries.filter((entry) => passes(entry, filter));
  }

  #tellSoon(): void {
    if (this.#isFramePending) return;
    this.#isFramePending = true;
    this.#deps.onNextFrame(() => {
      this.#isFramePending = false;
      this.#tell();
    });
  }

  #tell(): void {
    // In a flood no reply is worth unfolding by itself.
    const isCalm = this.#addedThisFrame <= 8;
    this.#addedThisFrame = 0;
    this.store.setState((view) => ({
      version: view.version + 1,
      kept: this.#entries.length,
      dropped: this.#dropped,
      newestReplyId: isCalm ? this.#newestReplyId : undefined,
    }));
  }
}
