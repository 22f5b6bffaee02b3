import { expect, test } from 'vitest';
import { bareFrame, formatVersion, readHead } from './dataFiles.ts';
import { readFrame } from './frame.ts';

/** The head that the frame of these numbers is. */
function headOf(...numbers: number[]) {
  const facts = { kind: 'head', firstLsn: 9, syncedLsn: 9, atMs: 0 } as const;
  const frame = readFrame(bareFrame(facts, ...numbers), 0);
  return readHead(typeof frame === 'object' ? frame : undefined, 7);
}

test('a head is of its file only, in a format that is known', () => {
  expect(headOf(formatVersion, 7)).toEqual({ number: 7, lsn: 9 });
  expect(headOf(formatVersion, 8)).toBeUndefined();
  expect(headOf(formatVersion + 1, 7)).toBeUndefined();
});

test('a head that is cut short under a checksum that fits is none', () => {
  expect(headOf(formatVersion)).toBeUndefined();
  expect(headOf()).toBeUndefined();
});
