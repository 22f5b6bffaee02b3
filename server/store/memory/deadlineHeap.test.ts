import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DeadlineHeap } from './deadlineHeap.ts';
import { TermRows } from './termRows.ts';

const term = { durationSec: 60, deleteSession: true, startMs: 0 };

/** Terms of rows 1, 2, … with these deadlines. */
function termsOf(deadlines: readonly number[]): TermRows {
  const terms = new TermRows();
  for (const [at, deadlineMs] of deadlines.entries()) {
    terms.add(at + 1);
    terms.at(at + 1).write({ ...term, deadlineMs });
  }
  return terms;
}

test('entries leave in the order of their deadlines, whatever was removed in between', () => {
  const deadlines = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 60 });
  fc.assert(
    fc.property(deadlines, fc.array(fc.nat(), { maxLength: 20 }), (values, removals) => {
      const terms = termsOf(values);
      const heap = new DeadlineHeap(terms);
      let kept = values.map((_, at) => at + 1);
      for (const row of kept) heap.add(row);
      for (const removal of removals) {
        const gone = kept[removal % Math.max(1, kept.length)];
        if (gone === undefined) break;
        heap.remove(gone);
        kept = kept.filter((each) => each !== gone);
      }
      expect(kept.every((row) => terms.at(row).isWatched)).toBe(true);
      const left: number[] = [];
      for (let { nearest } = heap; nearest > 0; { nearest } = heap) {
        heap.remove(nearest);
        left.push(terms.deadlineOf(nearest));
      }
      expect(left).toEqual(kept.map((row) => terms.deadlineOf(row)).sort((a, b) => a - b));
      expect(values.some((_, at) => terms.at(at + 1).isWatched)).toBe(false);
    }),
  );
});

test('removing an entry that is not in the heap changes nothing', () => {
  const heap = new DeadlineHeap(termsOf([1, 0]));
  heap.add(1);
  heap.remove(2);
  heap.remove(2);
  expect([heap.size, heap.nearest]).toEqual([1, 1]);
});
