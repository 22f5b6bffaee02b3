import type { SessionQuery } from '../../../protocol/inspection/sessionLists.ts';
import type { Steps } from '../../../protocol/steps.ts';
import { LongList, LongNumbers } from '../../store/longList.ts';
import type { ListedSession } from '../../store/views.ts';
import { StepClock } from '../../turns.ts';
import { nameOrder, nameText } from './nameText.ts';
import type { KeyOf } from './sortedNumbers.ts';

type Sort = SessionQuery['sort'];

/**
 * What lists need of all sessions, by their numbers: side by side, as a million objects would take much longer to
 * make and to look through.
 */
export class SessionColumns {
  readonly names = new LongList('');
  /** Commands about each in the last second. */
  readonly operations = new LongNumbers(0);
  readonly keys = new LongNumbers(0);
  readonly bytes = new LongNumbers(0);
  /** Not a number: there is no session with this number. */
  readonly #created = new LongNumbers(Number.NaN);
  readonly #changed = new LongNumbers(Number.NaN);
  readonly #expires = new LongNumbers(Number.POSITIVE_INFINITY);

  /** Does something with the numbers of all sessions, in their order, a few milliseconds in a step. */
  *each(take: (number: number) => void): Steps<void> {
    const clock = new StepClock();
    for (let number = 1; number < this.#created.length; number += 1) {
      if (this.has(number)) take(number);
      if (!clock.isOver()) continue;
      yield;
      clock.restart();
    }
  }

  has(number: number): boolean {
    return !Number.isNaN(this.#created.at(number));
  }

  /** What lists are sorted by. */
  keyOf(sort: Sort): KeyOf {
    switch (sort) {
      case 'created':
        return (number) => this.#created.at(number);
      case 'changed':
        return (number) => this.#changed.at(number);
      // Made each time: a million texts that are kept would be copied again and again by the collection of garbage.
      case 'name':
        return (number) => nameOrder(nameText(this.names.at(number)));
      case 'keys':
        return (number) => this.keys.at(number);
      case 'bytes':
        return (number) => this.bytes.at(number);
      case 'operations':
        return (number) => this.operations.at(number);
      case 'expires':
        return (number) => this.#expires.at(number);
    }
  }

  /** Whether a session is the one that has its number here, and not another that has got it since. */
  isSame({ number, name, createdAtMs }: ListedSession): boolean {
    return this.#created.at(number) === createdAtMs && this.names.at(number) === name;
  }

  /** Whether a session that {@link isSame} has its place in an order still. */
  hasKey(sort: Sort, session: ListedSession, operations: number): boolean {
    const { number } = session;
    switch (sort) {
      case 'created':
      case 'name':
        return true;
      case 'changed':
        return this.#changed.at(number) === changeOf(session);
      case 'keys':
        return this.keys.at(number) === session.keyCount;
      case 'bytes':
        return this.bytes.at(number) === session.bytes;
      case 'operations':
        return this.operations.at(number) === operations;
      case 'expires':
        return this.#expires.at(number) === session.deadlineMs;
    }
  }

  set(session: ListedSession, operations = 0): void {
    const { number } = session;
    if (number <= 0) return; // It has ended since.
    this.names.set(number, session.name);
    this.keys.set(number, session.keyCount);
    this.bytes.set(number, session.bytes);
    this.#created.set(number, session.createdAtMs);
    this.#changed.set(number, changeOf(session));
    // Of most sessions it is nothing.
    if (this.operations.at(number) !== operations) this.operations.set(number, operations);
    const { deadlineMs } = session;
    if (this.#expires.at(number) !== deadlineMs) this.#expires.set(number, deadlineMs);
  }

  delete(number: number): void {
    this.#created.set(number, Number.NaN);
  }
}

/** A session that has not changed counts as changed when it was made. */
function changeOf({ changedAtMs, createdAtMs }: ListedSession): number {
  return changedAtMs ?? createdAtMs;
}
