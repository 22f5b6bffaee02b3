import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowsPerPiece } from '../rowPieces.ts';
import { TermRows } from './termRows.ts';

const row = fc.oneof(
  fc.integer({ min: 1, max: 4 }),
  fc.integer({ min: rowsPerPiece - 2, max: rowsPerPiece + 2 }),
  fc.integer({ min: 3 * rowsPerPiece, max: 3 * rowsPerPiece + 2 }),
);
const term = fc.record({
  durationSec: fc.nat(),
  deleteSession: fc.boolean(),
  startMs: fc.double({ min: 0, max: 2e12, noNaN: true }),
  deadlineMs: fc.double({ min: 0, max: 2e12, noNaN: true }),
});

test('each row has the term that was written last, and a row without one has none', () => {
  const steps = fc.array(fc.tuple(row, fc.option(term)), { maxLength: 60 });
  fc.assert(
    fc.property(steps, (written) => {
      const terms = new TermRows();
      const model = new Map<number, object>();
      for (const [at, wanted] of written) {
        if (wanted) {
          if (!model.has(at)) terms.add(at);
          terms.at(at).write(wanted);
          model.set(at, { ...wanted, isWatched: false });
        } else if (model.delete(at)) terms.remove(at);
        for (const [each, expected] of model) {
          const { durationSec, deleteSession, startMs, deadlineMs, isWatched } = terms.at(each);
          const found = { durationSec, deleteSession, startMs, deadlineMs, isWatched };
          expect(found).toEqual(expected);
        }
      }
      for (const at of model.keys()) terms.remove(at);
      // No piece has memory for rows any more.
      for (const [at] of written) expect(() => terms.at(at)).toThrow('has none');
    }),
  );
});
