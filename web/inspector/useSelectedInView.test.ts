import { expect, test } from 'vitest';
import { nearestScrollTop } from './useSelectedInView.ts';

test.each([
  [0, 0, 0],
  [56, 0, 0],
  [84, 0, 12],
  [84, 100, 84],
  [84, 84, 84],
])('a row at %i px of a list scrolled to %i px is in view at %i px', (topPx, scrollTop, wanted) => {
  expect(nearestScrollTop({ topPx, rowHeightPx: 28 }, scrollTop, 100)).toBe(wanted);
});
