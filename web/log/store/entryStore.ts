import type { Entry, Outcome, SentEntry } from '../../connection/page/exchange.ts';
import { EntryQueue } from './entryQueue.ts';
import { replyIn, requestIn } from './exchangePairs.ts';

/** Most entries kept for one connection. */
export const maxEntries = 100_000;
/** Most characters and binary bytes kept of all messages together. */
export const maxCharacters = 64 * 1024 * 1024;

/** Exact numbers, whether entries were kept or not. */
export interface LogCounts {
  readonly received: number;
  readonly sent: number;
  /** Entries in the log. */
  readonly kept: number;
  /** Oldest entries that were dropped to stay below the limit. */
  readonly dropped: number;
  /** Received entries that a flood's sample left out. */
  readonly leftOut: number;
}

/** Of a log without entries. */
export const noCounts: LogCounts = { received: 0, sent: 0, kept: 0, dropped: 0, leftOut: 0 };

/** The entries that are kept, never more than the limits allow, and exact counts of all. */
export class EntryStore {
  readonly queue = new EntryQueue();
  /** Requests whose reply is kept too. */
  #pairs = 0;
  #characters = 0;
  #received = 0;
  #sent = 0;
  #dropped = 0;
  #leftOut = 0;

  /** Rows that the entries make when a reply stands in the row of its request. */
  get exchanges(): number {
    return this.queue.length - this.#pairs;
  }

  counts(): LogCounts {
    return {
      received: this.#received,
      sent: this.#sent,
      kept: this.queue.length,
      dropped: this.#dropped,
      leftOut: this.#leftOut,
    };
  }

  /** Counts an entry, whether it is kept or not. */
  count(entry: Entry, isKept: boolean): void {
    if (entry.kind === 'received') this.#received += 1;
    if (entry.kind === 'sent') this.#sent += 1;
    if (!isKept) this.#leftOut += 1;
  }

  /** Keeps an entry; the oldest are dropped where there is no room. */
  append(entry: Entry): void {
    this.queue.push(entry);
    // It comes from another store, or from before a reload: otherwise the request is settled later.
    if (requestIn(this.queue, entry)) this.#pairs += 1;
    this.#characters += weightOf(entry);
    while (this.#isTooFull()) this.#dropOldest();
  }

  /** Gives a sent entry its outcome. @returns The entry as it is now, if it is still kept. */
  settle(id: number, outcome: Outcome): SentEntry | undefined {
    const place = this.queue.placeOf(id);
    const entry = this.queue.at(place);
    if (entry?.id !== id || entry.kind !== 'sent') return undefined;
    const settled = { ...entry, outcome };
    this.queue.replace(place, settled);
    if (replyIn(this.queue, settled, place)) this.#pairs += 1;
    return settled;
  }

  /** The entries of this moment; later ones do not change it. */
  snapshot(): EntryQueue {
    return new EntryQueue(this.queue.toArray());
  }

  /** These entries, then those of another store. */
  followedBy(later: EntryStore): EntryStore {
    const joined = new EntryStore();
    for (const store of [this, later]) {
      for (const entry of store.queue.toArray()) joined.append(entry);
      joined.#received += store.#received;
      joined.#sent += store.#sent;
      joined.#dropped += store.#dropped;
      joined.#leftOut += store.#leftOut;
    }
    return joined;
  }

  #dropOldest(): void {
    const oldest = this.queue.at(0);
    if (replyIn(this.queue, oldest, 0)) this.#pairs -= 1;
    this.#characters -= oldest ? weightOf(oldest) : 0;
    this.queue.dropFirst(1);
    this.#dropped += 1;
  }

  #isTooFull(): boolean {
    const { length } = this.queue;
    return length > maxEntries || (this.#characters > maxCharacters && length > 1);
  }
}

function weightOf(entry: Entry): number {
  const binaryBytes = entry.kind === 'connection' ? 0 : (entry.binary?.length ?? 0);
  return textLength(entry) + binaryBytes;
}

/** Characters of a message; nothing of an event of the connection, of which there are few. */
export function textLength(entry: Entry): number {
  return entry.kind === 'connection' ? 0 : entry.text.length;
}
