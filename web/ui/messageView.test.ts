import { expect, test } from 'vitest';
import { onlyMessage, placeLines } from './messageView.ts';

test('the other messages are blank, and every character keeps its place', () => {
  expect(onlyMessage('{"A":1}\n{"B":2} {"C":3}', { start: 8, end: 15 })).toBe(
    '       \n{"B":2}        ',
  );
});

test('what is found in a part is moved to its place in the whole', () => {
  const range = (line: number, character: number) => ({
    range: { start: { line, character }, end: { line, character: character + 1 } },
  });
  expect(placeLines([range(0, 3), range(2, 3)], '{}\n{} ')).toEqual([range(1, 6), range(3, 3)]);
});
