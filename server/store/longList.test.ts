import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LongList, LongNumbers } from './longList.ts';

test('items are where they were put, and nothing is anywhere else', () => {
  const places = fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 20 });
  fc.assert(
    fc.property(places, places, (set, looked) => {
      const list = new LongList<string | undefined>(undefined);
      const plain = new Map<number, string>();
      for (const [index, place] of set.entries()) {
        list.set(place, `${index}`);
        plain.set(place, `${index}`);
      }
      expect(list.length).toBe(Math.max(-1, ...set) + 1);
      for (const place of [...set, ...looked]) expect(list.at(place)).toBe(plain.get(place));
    }),
  );
});

test('a list of several pieces is read in order, and is empty after clearing', () => {
  const list = new LongNumbers(-1);
  for (let item = 0; item < 70_000; item += 1) list.push(item);
  list.set(70_001, 5);
  expect([...list]).toEqual([...Array.from({ length: 70_000 }, (_, item) => item), -1, 5]);
  list.clear();
  expect([...list]).toEqual([]);
  expect(list.at(3)).toBe(-1);
  list.push(7);
  expect([...list]).toEqual([7]);
});
