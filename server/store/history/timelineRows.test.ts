import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TimelineRow, TimelineRows } from './timelineRows.ts';

interface Facts {
  readonly place: readonly [chunk: number, at: number];
  readonly length: number;
  readonly written: number;
  readonly bytes: number;
  readonly dropped: number;
  readonly sinceMs: number;
  readonly isFirstBroken: boolean;
  readonly isHeld: boolean;
}

const facts: fc.Arbitrary<Facts> = fc.record({
  place: fc.tuple(fc.nat(), fc.nat()),
  length: fc.nat(),
  written: fc.nat(),
  bytes: fc.nat(2 ** 31 - 1).map((units) => units * 8),
  dropped: fc.oneof(
    fc.nat(1_000),
    fc.maxSafeNat().map((count) => count % 2 ** 47),
  ),
  sinceMs: fc.integer({ min: -(2 ** 46), max: 2 ** 46 - 1 }),
  isFirstBroken: fc.boolean(),
  isHeld: fc.boolean(),
});

function write(row: TimelineRow, { place, ...known }: Facts): void {
  row.setLast(...place);
  Object.assign(row, known);
}

const read = (row: TimelineRow): Facts => ({
  place: [row.lastChunk, row.lastAt],
  length: row.length,
  written: row.written,
  bytes: row.bytes,
  dropped: row.dropped,
  sinceMs: row.sinceMs,
  isFirstBroken: row.isFirstBroken,
  isHeld: row.isHeld,
});

const none: Facts = {
  place: [0, 0],
  length: 0,
  written: 0,
  bytes: 0,
  dropped: 0,
  sinceMs: 0,
  isFirstBroken: false,
  isHeld: true,
};

test('rows that come and go hold what was written last, and begin empty', () => {
  const step = fc.record({ row: fc.nat(20), facts, isFreed: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const rows = new TimelineRows();
      const known = new Map<number, Facts>();
      for (const { row: at, facts: wanted, isFreed } of steps) {
        const number = [...known.keys()][at];
        if (number === undefined) known.set(rows.allocate(), none);
        else if (isFreed) {
          rows.free(number);
          known.delete(number);
        } else {
          write(new TimelineRow(rows).moveTo(number), wanted);
          known.set(number, wanted);
        }
        const row = new TimelineRow(rows);
        for (const [each, expected] of known) expect(read(row.moveTo(each))).toEqual(expected);
      }
      expect(rows.count).toBe(known.size);
    }),
  );
});
