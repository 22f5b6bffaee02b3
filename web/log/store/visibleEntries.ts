import type { Entry } from '../../connection/page/exchange.ts';
import type { AskedSearch, Judge } from '../search/judge.ts';
import { EntryQueue } from './entryQueue.ts';
import { textLength } from './entryStore.ts';

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

interface VisibleDeps {
  readonly nowMs: () => number;
  /** A worker has answered: more entries are shown. */
  readonly onMore: () => void;
}

/** Entries to ask a worker about, and the last one that was looked at for it. */
interface Lot {
  readonly asked: readonly Entry[];
  readonly lastId: number;
}

/**
 * The entries that pass a filter, kept up to date by {@link advance}: each entry is judged once,
 * when it is new. Another filter builds another list in slices; the old one is shown until then.
 */
export class VisibleEntries {
  readonly #deps: VisibleDeps;
  #source: EntryQueue;
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

  /** Shows nothing, at once. */
  empty(source: EntryQueue): void {
    this.show(source);
    this.#shown = new EntryQueue();
  }

  /** Judges new entries for a few milliseconds. @returns Whether it is done. */
  advance(): boolean {
    const { passes, search } = this.#judge;
    if (search) return this.#askMore(search);
    const until = this.#deps.nowMs() + sliceMs;
    const target = this.#next ?? this.#shown;
    for (let place = this.#source.placeOf(this.#judgedId + 1); ; place += 1) {
      const entry = this.#source.at(place);
      if (!entry) return this.#finish();
      if (passes(entry)) target.push(entry);
      this.#judgedId = entry.id;
      const isLook = place % entriesPerLook === 0 || textLength(entry) > maxAskedCharacters;
      if (isLook && this.#deps.nowMs() >= until) return false;
    }
  }

  /** Forgets the entries before an id, which are no longer kept. */
  dropBefore(id: number): void {
    for (const queue of [this.#shown, this.#next]) queue?.dropFirst(queue.placeOf(id));
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
    search.find(asked.map(search.textsOf), (found) => {
      if (run !== this.#run) return;
      this.#questions -= 1;
      this.#judgedId = lastId;
      const target = this.#next ?? this.#shown;
      for (const place of found) {
        // Read it again: in the meantime an entry may be gone or have another outcome.
        const entry = this.#source.find(asked[place]?.id ?? 0);
        if (entry) target.push(entry);
      }
      // Ask at once: waiting for a frame would take longer than the answer.
      this.#askMore(search);
      this.#deps.onMore();
    });
  }

  #nextLot(): Lot {
    const asked: Entry[] = [];
    let characters = 0;
    let lastId = this.#askedId;
    for (let place = this.#source.placeOf(lastId + 1); ; place += 1) {
      const entry = this.#source.at(place);
      if (!entry || asked.length >= maxAskedEntries || characters > maxAskedCharacters) break;
      lastId = entry.id;
      if (!this.#judge.passes(entry)) continue;
      asked.push(entry);
      characters += textLength(entry);
    }
    return { asked, lastId };
  }
}

/** @returns Whether the entry was there. */
function replaceIn(queue: EntryQueue, entry: Entry): boolean {
  const place = queue.placeOf(entry.id);
  if (queue.at(place)?.id !== entry.id) return false;
  queue.replace(place, entry);
  return true;
}
