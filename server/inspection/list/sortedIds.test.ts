import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Steps } from '../../../protocol/steps.ts';
import { SortedIds, type SortKey } from './sortedIds.ts';

const id = fc.integer({ min: 0, max: 40 }).map((number) => `id ${number}`);
const move = fc.record({ id, key: fc.option(fc.integer({ min: -3, max: 3 })) });

function inOneGo(steps: Steps<void>): void {
  while (!steps.next().done);
}

/** A list that was filled with this. */
function filled(entries: ReadonlyMap<string, SortKey>): SortedIds {
  const list = new SortedIds();
  inOneGo(list.fill([...entries].map(([each, key]) => ({ id: each, key }))));
  return list;
}

const begun = fc.array(fc.tuple(id, fc.integer({ min: -3, max: 3 })), { maxLength: 60 });
const part = fc.record({ from: fc.nat(50), count: fc.nat(50) });

/** The plain thing: sorts all of it each time. */
function sorted(entries: ReadonlyMap<string, SortKey>): string[] {
  const byKey = [...entries].sort(([idA, a], [idB, b]) => {
    if (a !== b) return a < b ? -1 : 1;
    return idA < idB ? -1 : 1;
  });
  return byKey.map(([each]) => each);
}

test('after any adding, moving and removing, every part is as if it had been sorted', () => {
  fc.assert(
    fc.property(
      begun,
      fc.array(move, { maxLength: 300 }),
      part,
      (begin, moves, { from, count }) => {
        const plain = new Map<string, SortKey>(begin);
        const list = filled(plain);
        for (const each of moves) {
          if (each.key === null) {
            list.delete(each.id);
            plain.delete(each.id);
          } else {
            list.set(each.id, each.key);
            plain.set(each.id, each.key);
          }
        }
        expect(list.size).toBe(plain.size);
        const all = sorted(plain);
        expect(list.slice(from, count)).toEqual(all.slice(from, from + count));
        expect(all.map((each) => list.positionOf(each))).toEqual([...all.keys()]);
        expect(list.positionOf('another')).toBeUndefined();
      },
    ),
  );
});

test.each([0, 1, 499, 500, 501, 8_001, 40_000])(
  'a list of %i, filled at once, can be changed',
  (size) => {
    const plain = new Map<string, SortKey>();
    for (let number = 0; number < size; number += 1)
      plain.set(`id ${number}`, (number * 7_919) % 1_009);
    const list = filled(plain);
    expect(list.size).toBe(size);
    list.set('id 3', -1);
    plain.set('id 3', -1);
    list.set('another', 500);
    plain.set('another', 500);
    list.delete('id 5');
    plain.delete('id 5');
    const all = sorted(plain);
    expect(list.slice(0, plain.size)).toEqual(all);
    expect(list.positionOf(all.at(-1) ?? '')).toBe(all.length - 1);
  },
);

test('a list of many chunks keeps its order while it grows, is mixed up and shrinks', () => {
  const list = new SortedIds();
  const plain = new Map<string, SortKey>();
  const keyOf = (number: number) => `key ${(number * 7_919) % 3_001}`;
  for (let number = 0; number < 9_000; number += 1) {
    list.set(`id ${number}`, keyOf(number));
    plain.set(`id ${number}`, keyOf(number));
  }
  for (let number = 0; number < 9_000; number += 2) {
    list.set(`id ${number}`, keyOf(number + 1));
    plain.set(`id ${number}`, keyOf(number + 1));
  }
  expect(list.slice(0, 10_000)).toEqual(sorted(plain));
  expect(list.slice(4_990, 20)).toEqual(sorted(plain).slice(4_990, 5_010));
  for (let number = 0; number < 9_000; number += 1) {
    if (number % 1_000 === 0) continue;
    list.delete(`id ${number}`);
    plain.delete(`id ${number}`);
  }
  expect(list.slice(0, 100)).toEqual(sorted(plain));
  expect(list.size).toBe(9);
  list.delete('id 1');
  expect(list.size).toBe(9);
});
