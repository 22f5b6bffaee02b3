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

test('where to look first changes how fast an id is found, never where', () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(gaps, fc.nat(), fc.nat(), (steps, dropped, place) => {
      let id = -20;
      const ids = steps.map((step) => (id += step));
      const queue = new EntryQueue(ids.map(entry));
      const left = ids.slice(dropped % ids.length);
      queue.dropFirst(ids.length - left.length);
      for (let wanted = -22; wanted < id + 3; wanted += 1) {
        const expected = left.filter((each) => each < wanted).length;
        expect(queue.placeOf(wanted, place % left.length)).toBe(expected);
        expect(queue.placeOf(wanted)).toBe(expected);
      }
    }),
    { numRuns: 50 },
  );
});

test('what is close is found in a few steps, however long the queue is', () => {
  let looks = 0;
  class CountedQueue extends EntryQueue {
    override at(place: number): Entry | undefined {
      looks += 1;
      return super.at(place);
    }
  }
  const queue = new CountedQueue(Array.from({ length: 50_000 }, (_, id) => entry(2 * id)));
  expect(queue.find(40_000, 20_001)?.id).toBe(40_000);
  expect(queue.find(40_008, 20_001)?.id).toBe(40_008);
  // Without a place to begin at: from the newest one.
  expect(queue.find(99_996)?.id).toBe(99_996);
  expect(looks).toBeLessThan(20);
});
