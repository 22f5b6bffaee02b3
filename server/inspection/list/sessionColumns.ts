import type { SessionQuery } from '../../../protocol/inspection/sessionLists.ts';
import type { Steps } from '../../../protocol/steps.ts';
import type { ListedSession } from '../../store/views.ts';
import { eachOf } from '../../turns.ts';
import { nameOrder, nameText } from './nameText.ts';
import type { SortKeys } from './sortedNumbers.ts';

type Sort = SessionQuery['sort'];

/** Room for so many sessions is made in one step. */
const growsAtOnce = 100_000;

/** Names that are made ready in one step. */
const perStep = { perStep: 5_000 };

/**
 * What lists need of all sessions, by their numbers: side by side, as a million objects would take much longer to
 * make and to look through.
 */
export class SessionColumns {
  readonly names: string[] = [];
  /** Commands about each in the last second. */
  operations = new Uint32Array(0);
  keys = new Uint32Array(0);
  bytes = new Float64Array(0);
  #created = new Float64Array(0);
  #changed = new Float64Array(0);
  #expires = new Float64Array(0);
  #isThere = new Uint8Array(0);
  /** See {@link nameText}; undefined: nobody needs them. */
  #texts: string[] | undefined;
  /** See {@link nameOrder}; undefined: nobody needs them. */
  #orders: string[] | undefined;
  #last = 0;

  /** Numbers of all sessions, in their order. */
  *numbers(): Iterable<number> {
    for (let number = 1; number <= this.#last; number += 1) {
      if (this.#isThere[number] === 1) yield number;
    }
  }

  has(number: number): boolean {
    return this.#isThere[number] === 1;
  }

  /** Names as they are searched; {@link makeTexts} must have ended. */
  get texts(): readonly string[] {
    return this.#texts ?? [];
  }

  *makeTexts(): Steps<void> {
    if (this.#texts) return;
    const texts: string[] = [];
    yield* eachOf(this.names.keys(), perStep, (number) => {
      texts.push(nameText(this.names[number] ?? ''));
    });
    this.#texts = texts;
  }

  /** Makes what {@link keysOf} needs. */
  *makeKeys(sort: Sort): Steps<void> {
    if (sort !== 'name' || this.#orders) return;
    yield* this.makeTexts();
    const orders: string[] = [];
    yield* eachOf(this.texts, perStep, (text) => orders.push(nameOrder(text)));
    this.#orders = orders;
  }

  /** What lists are sorted by; {@link makeKeys} must have ended. */
  keysOf(sort: Sort): SortKeys {
    switch (sort) {
      case 'created':
        return this.#created;
      case 'changed':
        return this.#changed;
      case 'name':
        return this.#orders ?? [];
      case 'keys':
        return this.keys;
      case 'bytes':
        return this.bytes;
      case 'operations':
        return this.operations;
      case 'expires':
        return this.#expires;
    }
  }

  /** Whether a session is the one that has its number here, and not another that has got it since. */
  isSame({ number, name, createdAtMs }: ListedSession): boolean {
    const isThere = this.#isThere[number] === 1;
    return isThere && this.#created[number] === createdAtMs && this.names[number] === name;
  }

  /** Whether a session that {@link isSame} has its place in an order still. */
  hasKey(sort: Sort, session: ListedSession, operations: number): boolean {
    const { number } = session;
    switch (sort) {
      case 'created':
      case 'name':
        return true;
      case 'changed':
        return this.#changed[number] === changeOf(session);
      case 'keys':
        return this.keys[number] === session.keyCount;
      case 'bytes':
        return this.bytes[number] === session.bytes;
      case 'operations':
        return this.operations[number] === operations;
      case 'expires':
        return this.#expires[number] === session.deadlineMs;
    }
  }

  set(session: ListedSession, operations = 0): void {
    const { number } = session;
    if (number <= 0) return; // It has ended since.
    this.#reserve(number);
    const isSame = this.isSame(session);
    this.#isThere[number] = 1;
    this.#created[number] = session.createdAtMs;
    this.#changed[number] = changeOf(session);
    this.#expires[number] = session.deadlineMs;
    this.keys[number] = session.keyCount;
    this.bytes[number] = session.bytes;
    this.operations[number] = operations;
    if (isSame) return;
    this.names[number] = session.name;
    if (!this.#texts) return;
    const text = nameText(session.name);
    this.#texts[number] = text;
    if (this.#orders) this.#orders[number] = nameOrder(text);
  }

  delete(number: number): void {
    this.#isThere[number] = 0;
  }

  /** Makes room for a number. What is beyond is filled, so that the lists of names have no holes. */
  #reserve(number: number): void {
    while (this.names.length <= number) {
      this.names.push('');
      this.#texts?.push('');
      this.#orders?.push('');
    }
    this.#last = Math.max(this.#last, number);
    if (number < this.#isThere.length) return;
    const steps = this.makeRoomFor(number);
    while (steps.next().done !== true);
  }

  /** Makes room for so many sessions, and some more. */
  *makeRoomFor(count: number): Steps<void> {
    const length = Math.max(1024, Math.floor(count * 1.25));
    this.#created = longer(this.#created, new Float64Array(length));
    if (length > growsAtOnce) yield;
    this.#changed = longer(this.#changed, new Float64Array(length));
    if (length > growsAtOnce) yield;
    this.#expires = longer(this.#expires, new Float64Array(length));
    if (length > growsAtOnce) yield;
    this.keys = longer(this.keys, new Uint32Array(length));
    if (length > growsAtOnce) yield;
    this.bytes = longer(this.bytes, new Float64Array(length));
    if (length > growsAtOnce) yield;
    this.operations = longer(this.operations, new Uint32Array(length));
    if (length > growsAtOnce) yield;
    this.#isThere = longer(this.#isThere, new Uint8Array(length));
  }
}

/** A session that has not changed counts as changed when it was made. */
function changeOf({ changedAtMs, createdAtMs }: ListedSession): number {
  return changedAtMs ?? createdAtMs;
}

function longer<T extends Float64Array | Uint32Array | Uint8Array>(old: T, next: T): T {
  next.set(old);
  return next;
}
