import { setImmediate } from 'node:timers/promises';
import type { Steps } from '../../../protocol/steps.ts';
import type { Change, Gap } from '../../store/changes.ts';
import { bytesOfKey } from '../../store/keyBytes.ts';
import { LongNumbers } from '../../store/longList.ts';
import type { KeySize } from '../../store/otherServers.ts';
import type { SessionStore } from '../../store/sessionStore.ts';
import type { ListedSession } from '../../store/views.ts';
import { inTurns } from '../../turns.ts';
import type { Follower, Following } from '../follower.ts';
import { maxMarked } from '../frameSize.ts';
import { NumberSet } from '../list/numberSet.ts';
import { SortedNumbers } from '../list/sortedNumbers.ts';
import { valueOf } from '../valueOf.ts';

/** The biggest keys, the biggest first. */
export interface FoundKeys {
  readonly keys: readonly KeySize[];
  /** Where not all sessions were looked at: how many, and when, in Unix milliseconds. */
  readonly looked?: { readonly sessions: number; readonly atMs: number };
}

/** Keeps the biggest keys while somebody looks. */
export interface KeysBySize {
  /** Begins to keep them. @returns Ends that. */
  open(): () => void;
  /**
   * Rejects with {@link StoreRefusal} when the store cannot be read.
   * @param prefix Only of sessions whose names begin so.
   */
  top(count: number, prefix: string): Promise<FoundKeys>;
}

type Size = Omit<KeySize, 'session'>;

/** What they need from outside. */
export interface BiggestKeysParts {
  readonly store: Pick<SessionStore, 'listAll' | 'listedAt'>;
  /** Follows the store. */
  readonly follow: (follower: Follower) => Following;
}

/** Sessions that are asked for together. */
const sessionsPerQuestion = 500;

/** Keys are looked at for so long before others have their turn; the clock is looked at after so many. */
const sliceMs = 5;
const keysPerLook = 500;

/** Keys that are remembered of a session that has big ones. */
const keysPerSession = 50;

/**
 * The keys of all sessions that take most memory. Of each session only the size of its biggest key is kept, while
 * somebody looks; sessions that change are looked at again. The biggest keys of all are in the sessions whose biggest
 * keys are the biggest.
 */
export class BiggestKeys implements Follower, KeysBySize {
  readonly #parts: BiggestKeysParts;
  readonly #largest = new LongNumbers(0);
  #sorted = this.#newSorted();
  #members = new NumberSet();
  /** The biggest keys of some sessions, biggest first. */
  readonly #remembered = new Map<number, readonly Size[]>();
  readonly #changed = new Set<number>();
  #mustFill = true;
  #readers = 0;
  #following: Following | undefined;
  #refreshing: Promise<void> | undefined;
  #sliceEndsMs = 0;
  #looks = 0;

  constructor(parts: BiggestKeysParts) {
    this.#parts = parts;
  }

  open(): () => void {
    this.#readers += 1;
    this.#following ??= this.#parts.follow(this);
    return () => this.#close();
  }

  mark(change: Change | Gap): void {
    if (change.kind === 'gap') this.#mustFill = true;
    else if ('session' in change) this.#note(change.session.number);
    else if (change.sessions.length > maxMarked) this.#mustFill = true;
    else for (const { number } of change.sessions) this.#note(number);
  }

  /** Readers ask. */
  send(): void {}

  async top(count: number, prefix: string): Promise<FoundKeys> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    await this.#refreshing;
    const found: KeySize[] = [];
    let sessions = 0;
    for (let end = this.#sorted.size; end > 0 && sessions < count; end -= sessionsPerQuestion) {
      const from = Math.max(0, end - sessionsPerQuestion);
      const numbers = this.#sorted.slice(from, end - from).reverse();
      for (const session of valueOf(await this.#parts.store.listedAt(numbers, { keys: true }))) {
        if (sessions === count) break;
        if (!session.name.startsWith(prefix)) continue;
        sessions += 1;
        for (const size of await this.#end(this.#sizesOf(session)))
          found.push({ session, ...size });
      }
    }
    return { keys: found.sort((a, b) => b.bytes - a.bytes).slice(0, count) };
  }

  #note(number: number): void {
    this.#changed.add(number);
    this.#remembered.delete(number);
  }

  async #refresh(): Promise<void> {
    this.#sliceEndsMs = performance.now() + sliceMs;
    this.#following?.catchUp();
    if (this.#mustFill) await this.#fill();
    const changed = [...this.#changed];
    this.#changed.clear();
    for (let from = 0; from < changed.length; from += sessionsPerQuestion) {
      const some = changed.slice(from, from + sessionsPerQuestion);
      const left = new Set(some);
      for (const session of valueOf(await this.#parts.store.listedAt(some, { keys: true }))) {
        const largest = await this.#end(this.#largestOf(session));
        left.delete(session.number);
        this.#put(session.number, largest);
      }
      for (const number of left) this.#put(number, 0);
    }
  }

  async #fill(): Promise<void> {
    this.#mustFill = false;
    this.#empty();
    try {
      const numbers = new LongNumbers(0);
      for await (const sessions of this.#parts.store.listAll()) {
        await this.#end(this.#keepAll(sessions, numbers));
      }
      await inTurns(this.#sorted.fill(numbers));
    } catch (error) {
      this.#mustFill = true;
      throw error;
    }
  }

  /** @param numbers Those that are to be in the list are added. */
  *#keepAll(sessions: readonly ListedSession[], numbers: LongNumbers): Steps<void> {
    for (const session of sessions) {
      const bytes = yield* this.#largestOf(session);
      if (this.#keep(session.number, bytes)) numbers.push(session.number);
    }
  }

  /** @param bytes 0: the session has no keys, or has ended. */
  #put(number: number, bytes: number): void {
    if (this.#members.has(number)) this.#sorted.remove(number);
    this.#members.delete(number);
    if (this.#keep(number, bytes)) this.#sorted.insert(number);
  }

  /** @returns Whether it is to be in the list. */
  #keep(number: number, bytes: number): boolean {
    if (number <= 0 || bytes === 0) return false;
    this.#largest.set(number, bytes);
    this.#members.add(number);
    return true;
  }

  #empty(): void {
    this.#largest.clear();
    this.#sorted = this.#newSorted();
    this.#members = new NumberSet();
    this.#remembered.clear();
    this.#changed.clear();
  }

  #newSorted(): SortedNumbers {
    return new SortedNumbers((number) => this.#largest.at(number));
  }

  *#largestOf(session: ListedSession): Steps<number> {
    let largest = 0;
    for (const [key, value] of session.entries()) {
      largest = Math.max(largest, bytesOfKey(key, value));
      if (this.#isSliceOver()) yield;
    }
    if (this.#isSliceOver()) yield;
    return largest;
  }

  *#sizesOf(session: ListedSession): Steps<readonly Size[]> {
    const known = this.#remembered.get(session.number);
    if (known) return known;
    const sizes: Size[] = [];
    for (const [key, value] of session.entries()) {
      sizes.push({ key, bytes: bytesOfKey(key, value) });
      if (sizes.length > keysPerSession * 20) keepBiggest(sizes);
      if (this.#isSliceOver()) yield;
    }
    keepBiggest(sizes);
    this.#remembered.set(session.number, sizes);
    return sizes;
  }

  /** To be asked for each key. */
  #isSliceOver(): boolean {
    this.#looks += 1;
    return this.#looks % keysPerLook === 0 && performance.now() > this.#sliceEndsMs;
  }

  /** Carries it out to its end, with turns for others in between. */
  async #end<T>(steps: Steps<T>): Promise<T> {
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      await setImmediate();
      this.#sliceEndsMs = performance.now() + sliceMs;
    }
  }

  #close(): void {
    this.#readers -= 1;
    if (this.#readers > 0) return;
    this.#following?.leave();
    this.#following = undefined;
    this.#mustFill = true;
    this.#empty();
  }
}

function keepBiggest(sizes: Size[]): void {
  sizes.sort((a, b) => b.bytes - a.bytes);
  sizes.length = Math.min(sizes.length, keysPerSession);
}
