import type { Entry } from '../../connection/page/exchange.ts';
import type { AskedSearch, Judge } from '../search/judge.ts';
import { EntryQueue } from './entryQueue.ts';
import { textLength } from './entryStore.ts';
import { replyIn, requestIn, type RowKind } from './exchangePairs.ts';

/** Longest time that one slice of a search may block the page. */
const sliceMs = 12;
/** Entries judged between two looks at the clock. */
const entriesPerLook = 64;
/** Below every id: entries from before a reload have negative ones. */
const beforeAll = Number.NEGATIVE_INFINITY;
/** Most entries, and characters, that a worker is asked about at a time. */
const maxAskedEntries = 5000;
const maxAskedCharacters = 500_000;
/** Questions that a worker has at a time: while it answers one, the next is on its way. */
const maxQuestions = 2;

export interface VisibleDeps {
  readonly nowMs: () => number;
  /** A worker has answered: more entries are shown. */
  readonly onMore: () => void;
}

/** What one row shows: an entry, and its reply if that is part of the row. */
interface Row {
  readonly head: Entry;
  readonly reply: Entry | undefined;
}

/** Rows to ask a worker about, and the last entry that was looked at for it. */
interface Lot {
  readonly asked: readonly Row[];
  readonly lastId: number;
}

/**
 * The entries that head a row and pass a filter, kept up to date by {@link advance}: each entry is judged once,
 * when it is new. Another filter builds another list in slices; the old one is shown until then.
 * Where a row is an exchange, a request heads it, and is judged once more when its reply comes.
 */
export class VisibleEntries {
  readonly #deps: VisibleDeps;
  #source: EntryQueue;
  #rowKind: RowKind = 'message';
  #judge: Judge = { passes: () => true, search: undefined, dependsOnOutcome: false };
  #shown = new EntryQueue();
  /** Replaces `#shown` once the whole source has been judged. */
  #next: EntryQueue | undefined;
  /** All entries up to this id have been judged. */
  #judgedId = beforeAll;
  /** Counts restarts, so that late answers of a worker can be ignored. */
  #run = 0;
  /** All entries up to this id have been judged, or a worker is asked about them. */
  #askedId = 0;
  #questions = 0;

  constructor(source: EntryQueue, deps: VisibleDeps) {
    this.#source = source;
    this.#deps = deps;
  }

  get shown(): EntryQueue {
    return this.#shown;
  }

  /** Whether a new list is still being made. */
  get isBusy(): boolean {
    return this.#next !== undefined;
  }

  /** Restarts with another filter. */
  narrow(judge: Judge): void {
    this.#judge = judge;
    this.#restart();
  }

  /** Restarts with other entries. */
  show(source: EntryQueue): void {
    this.#source = source;
    this.#restart();
  }

  /** Restarts with another kind of rows. */
  group(rowKind: RowKind): void {
    this.#rowKind = rowKind;
    this.#restart();
  }

  /** Shows nothing, at once. */
  empty(source: EntryQueue): void {
    this.show(source);
    this.#shown = new EntryQueue();
  }

  /** Judges new entries for a few milliseconds. @returns Whether it is done. */
  advance(): boolean {
    const { search } = this.#judge;
    if (search) return this.#askMore(search);
    const until = this.#deps.nowMs() + sliceMs;
    const target = this.#next ?? this.#shown;
    for (let place = this.#source.placeOf(this.#judgedId + 1); ; place += 1) {
      const entry = this.#source.at(place);
      if (!entry) return this.#finish();
      this.#judgeAt(place, entry, target);
      this.#judgedId = entry.id;
      const isLook = place % entriesPerLook === 0 || textLength(entry) > maxAskedCharacters;
      if (isLook && this.#deps.nowMs() >= until) return false;
    }
  }

  /** Forgets the entries before an id, which are no longer kept. */
  dropBefore(id: number): void {
    for (const queue of [this.#shown, this.#next]) if (queue) this.#dropFrom(queue, id);
  }

  /** A reply whose request is gone makes a row of its own. */
  #dropFrom(queue: EntryQueue, id: number): void {
    const count = queue.placeOf(id);
    const left: Entry[] = [];
    for (let place = 0; place < count && this.#rowKind === 'exchange'; place += 1) {
      const reply = replyIn(this.#source, queue.at(place), 0);
      if (reply) left.push(reply);
    }
    queue.dropFirst(count);
    for (const reply of left) queue.insert(reply);
  }

  /** Judges the row that the entry at a place makes, or completes as a reply. */
  #judgeAt(place: number, entry: Entry, target: EntryQueue): void {
    const head = this.#headAt(place, entry);
    if (!head || !this.#judge.passes(head, replyTo(head, entry))) return;
    target.insert(head);
  }

  /** What heads the row of an entry. @returns undefined: its turn comes with the reply. */
  #headAt(place: number, entry: Entry): Entry | undefined {
    if (this.#rowKind === 'message') return entry;
    if (entry.kind === 'sent') return replyIn(this.#source, entry, place) ? undefined : entry;
    return requestIn(this.#source, entry, place) ?? entry;
  }

  /** Puts an entry's new state in place of the old one. */
  update(entry: Entry): void {
    if (entry.id > this.#judgedId) return;
    const isShown = replaceIn(this.#shown, entry);
    const isNext = this.#next !== undefined && replaceIn(this.#next, entry);
    const canPassNow = this.#judge.dependsOnOutcome && this.#judge.passes(entry);
    // An entry that passes only now belongs in the middle: rare, so everything is judged again.
    if (!isShown && !isNext && canPassNow) this.#restart();
  }

  #restart(): void {
    this.#next = new EntryQueue();
    this.#judgedId = beforeAll;
    this.#run += 1;
    this.#askedId = 0;
    this.#questions = 0;
  }

  #finish(): true {
    if (this.#next) this.#shown = this.#next;
    this.#next = undefined;
    return true;
  }

  /** Asks a few questions at a time; each answer is a separate task, so the page stays responsive. */
  #askMore(search: AskedSearch): true {
    while (this.#questions < maxQuestions) {
      const lot = this.#nextLot();
      if (lot.lastId === this.#askedId) break;
      this.#askedId = lot.lastId;
      if (lot.asked.length > 0) this.#ask(search, lot);
    }
    if (this.#questions > 0) return true;
    this.#judgedId = this.#askedId;
    return this.#finish();
  }

  #ask(search: AskedSearch, { asked, lastId }: Lot): void {
    const run = this.#run;
    this.#questions += 1;
    const texts = ({ head, reply }: Row) =>
      [head, ...(reply ? [reply] : [])].flatMap(search.textsOf);
    search.find(asked.map(texts), (found) => {
      if (run !== this.#run) return;
      this.#questions -= 1;
      this.#judgedId = lastId;
      const target = this.#next ?? this.#shown;
      for (const place of found) {
        // Read it again: in the meantime an entry may be gone or have another outcome.
        const entry = this.#source.find(asked[place]?.head.id ?? 0);
        if (entry) target.insert(entry);
      }
      // Ask at once: waiting for a frame would take longer than the answer.
      this.#askMore(search);
      this.#deps.onMore();
    });
  }

  #nextLot(): Lot {
    const asked: Row[] = [];
    let characters = 0;
    let lastId = this.#askedId;
    for (let place = this.#source.placeOf(lastId + 1); ; place += 1) {
      const entry = this.#source.at(place);
      if (!entry || asked.length >= maxAskedEntries || characters > maxAskedCharacters) break;
      lastId = entry.id;
      const head = this.#headAt(place, entry);
      if (!head) continue;
      const reply = replyTo(head, entry);
      if (!this.#judge.passes(head, reply)) continue;
      asked.push({ head, reply });
      characters += textLength(head) + (reply ? textLength(reply) : 0);
    }
    return { asked, lastId };
  }
}

/** The entry whose turn it is, if another one heads its row. */
function replyTo(head: Entry, entry: Entry): Entry | undefined {
  return head === entry ? undefined : entry;
}

/** @returns Whether the entry was there. */
function replaceIn(queue: EntryQueue, entry: Entry): boolean {
  const place = queue.placeOf(entry.id);
  if (queue.at(place)?.id !== entry.id) return false;
  queue.replace(place, entry);
  return true;
}
