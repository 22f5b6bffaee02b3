import { expect, test } from 'vitest';
import { placeLines } from './messageView.ts';

test('what is found in a part is moved to its place in the whole', () => {
  const range = (line: number, character: number) => ({
    range: { start: { line, character }, end: { line, character: character + 1 } },
  });
  expect(placeLines([range(0, 3), range(2, 3)], '{}\n{} ')).toEqual([range(1, 6), range(3, 3)]);
});
