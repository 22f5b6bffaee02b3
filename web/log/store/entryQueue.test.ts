import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Entry } from '../../connection/page/exchange.ts';
import { EntryQueue } from './entryQueue.ts';

const entry = (id: number): Entry => ({
  kind: 'connection',
  id,
  atMs: 0,
  event: { event: 'pageReloaded' },
});

test('a queue is what an array would be, however much is added and dropped', () => {
  const steps = fc.array(fc.tuple(fc.nat(1500), fc.nat(1500)), { maxLength: 12 });
  fc.assert(
    fc.property(steps, (lots) => {
      const queue = new EntryQueue();
      let expected: number[] = [];
      let id = 0;
      for (const [added, dropped] of lots) {
        for (let count = 0; count < added; count += 1) {
          // Gaps, as a sample leaves them.
          id += 1 + (count % 3);
          queue.push(entry(id));
          expected.push(id);
        }
        queue.dropFirst(dropped);
        expected = expected.slice(dropped);
      }
      expect(queue.toArray().map((each) => each.id)).toEqual(expected);
      expect(queue.length).toBe(expected.length);
      expect(queue.last()?.id).toBe(expected.at(-1));
    }),
    { numRuns: 50 },
  );
});

test('an id is found by its place or by the first one after it', () => {
  const queue = new EntryQueue([2, 4, 8].map(entry));
  queue.dropFirst(1);
  expect(queue.find(4)?.id).toBe(4);
  expect(queue.find(2)).toBeUndefined();
  expect(queue.find(5)).toBeUndefined();
  expect([0, 4, 5, 8, 9].map((id) => queue.placeOf(id))).toEqual([0, 0, 1, 1, 2]);
  expect(queue.at(-1)).toBeUndefined();
});
