import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Steps } from '../../../protocol/steps.ts';
import { LongNumbers } from '../../store/longList.ts';
import { SortedNumbers } from './sortedNumbers.ts';

const number = fc.integer({ min: 1, max: 40 });
const move = fc.record({ number, key: fc.option(fc.integer({ min: -3, max: 3 })) });
const begun = fc.array(fc.tuple(number, fc.integer({ min: -3, max: 3 })), { maxLength: 60 });
const part = fc.record({ from: fc.nat(50), count: fc.nat(50) });

function inOneGo(steps: Steps<void>): void {
  while (!steps.next().done);
}

/** A list and what its numbers are sorted by. */
class Keyed {
  readonly keys: number[] = [];
  readonly there = new Set<number>();
  readonly list = new SortedNumbers((each) => this.keys[each] ?? 0);

  fill(entries: ReadonlyMap<number, number>): void {
    for (const [each, key] of entries) {
      this.keys[each] = key;
      this.there.add(each);
    }
    inOneGo(this.list.fill(LongNumbers.of(entries.keys())));
  }

  set(each: number, key: number): void {
    this.delete(each);
    this.keys[each] = key;
    this.there.add(each);
    this.list.insert(each);
  }

  delete(each: number): void {
    if (!this.there.has(each)) return;
    this.list.remove(each);
    this.there.delete(each);
  }
}

/** The plain thing: sorts all of it each time. */
function sorted(entries: ReadonlyMap<number, number>): number[] {
  const byKey = [...entries].sort(([a, left], [b, right]) => left - right || a - b);
  return byKey.map(([each]) => each);
}

test('after any adding, moving and removing, every part is as if it had been sorted', () => {
  fc.assert(
    fc.property(
      begun,
      fc.array(move, { maxLength: 300 }),
      part,
      (begin, moves, { from, count }) => {
        const plain = new Map(begin);
        const keyed = new Keyed();
        keyed.fill(plain);
        for (const { number: each, key } of moves) {
          if (key === null) {
            keyed.delete(each);
            plain.delete(each);
          } else {
            keyed.set(each, key);
            plain.set(each, key);
          }
        }
        const { list } = keyed;
        expect(list.size).toBe(plain.size);
        const all = sorted(plain);
        expect(list.slice(from, count)).toEqual(all.slice(from, from + count));
        expect(all.map((each) => list.positionOf(each))).toEqual([...all.keys()]);
        const upTo = (most: number) => [...plain.values()].filter((key) => key <= most).length;
        for (const most of [-4, -1, 0, 3, Infinity]) expect(list.countTo(most)).toBe(upTo(most));
      },
    ),
  );
});

test.each([
  [0, 'mixed'],
  [1, 'mixed'],
  [499, 'mixed'],
  [501, 'sorted'],
  [8_001, 'mixed'],
  [40_000, 'mixed'],
  [40_000, 'sorted'],
  [40_000, 'equal'],
] as const)('a list of %i, filled at once with %s keys, can be changed', (size, kind) => {
  const keyOf = {
    mixed: (at: number) => (at * 7_919) % 10_007,
    sorted: (at: number) => at,
    equal: () => 1,
  };
  const plain = new Map<number, number>();
  for (let at = 1; at <= size; at += 1) plain.set(at, keyOf[kind](at));
  const keyed = new Keyed();
  keyed.fill(plain);
  const middle = size >> 1;
  expect(keyed.list.slice(middle, 20)).toEqual(sorted(plain).slice(middle, middle + 20));
  for (let at = 1; at <= size; at += 7) {
    keyed.delete(at);
    plain.delete(at);
  }
  for (let at = size + 1; at < size + 3_000; at += 1) {
    keyed.set(at, at % 5);
    plain.set(at, at % 5);
  }
  for (const most of [2, 5_000, Infinity]) {
    const count = [...plain.values()].filter((key) => key <= most).length;
    expect(keyed.list.countTo(most)).toBe(count);
  }
  expect(keyed.list.slice(0, size + 3_000)).toEqual(sorted(plain));
});
