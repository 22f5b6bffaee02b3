import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DeadlineHeap, type HeapEntry } from './deadlineHeap.ts';

const entry = (deadlineMs: number): HeapEntry => ({ deadlineMs, heapIndex: -1 });

test('entries leave in the order of their deadlines, whatever was removed in between', () => {
  const deadlines = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 60 });
  fc.assert(
    fc.property(deadlines, fc.array(fc.nat(), { maxLength: 20 }), (values, removals) => {
      const heap = new DeadlineHeap();
      let kept = values.map(entry);
      for (const each of kept) heap.add(each);
      for (const removal of removals) {
        const gone = kept[removal % Math.max(1, kept.length)];
        if (gone === undefined) break;
        heap.remove(gone);
        kept = kept.filter((each) => each !== gone);
      }
      const left: number[] = [];
      for (let { nearest } = heap; nearest; { nearest } = heap) {
        heap.remove(nearest);
        left.push(nearest.deadlineMs);
      }
      expect(left).toEqual(kept.map(({ deadlineMs }) => deadlineMs).sort((a, b) => a - b));
    }),
  );
});

test('removing an entry that is not in the heap changes nothing', () => {
  const heap = new DeadlineHeap();
  const [inside, outside] = [entry(1), entry(0)];
  heap.add(inside);
  heap.remove(outside);
  heap.remove(outside);
  expect([heap.size, heap.nearest]).toEqual([1, inside]);
});
