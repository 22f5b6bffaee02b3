import { expect, test } from 'vitest';
import { readRange } from './byteRange.ts';

test.each([
  ['bytes=0-4', { first: 0, last: 4 }],
  ['bytes=9-9', { first: 9, last: 9 }],
  ['bytes=3-', { first: 3, last: 9 }],
  ['bytes=-3', { first: 7, last: 9 }],
  ['bytes=-99', { first: 0, last: 9 }],
  ['Bytes = 2-3 ', { first: 2, last: 3 }],
  ['bytes=0-10', { first: 0, last: 9 }],
  ['bytes=0-9007199254740992', { first: 0, last: 9 }],
  [`bytes=0-${'9'.repeat(400)}`, { first: 0, last: 9 }],
  ['bytes=10-5', 'unsatisfiable'],
  ['bytes=5-4', 'unsatisfiable'],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=9007199254740993-', 'unsatisfiable'],
  [`bytes=${'9'.repeat(400)}-`, 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=-', 'unsatisfiable'],
  ['bytes=', 'unsatisfiable'],
  ['bytes=a-b', 'unsatisfiable'],
  ['bytes=1.5-2', 'unsatisfiable'],
  ['bytes=--1', 'unsatisfiable'],
  ['bytes=0x0-1', 'unsatisfiable'],
  ['bytes=0-1,3-4', 'whole'],
  ['bytes=,', 'whole'],
  ['lines=1-2', 'whole'],
  ['', 'whole'],
])('%s of ten bytes', (header, range) => {
  expect(readRange(header, 10)).toEqual(range);
});

test.each(['bytes=0-', 'bytes=0-0', 'bytes=-1', 'bytes=-0'])(
  'an empty file has no %s',
  (header) => {
    expect(readRange(header, 0)).toBe('unsatisfiable');
  },
);
