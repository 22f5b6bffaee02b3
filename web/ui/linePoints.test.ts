import { expect, test } from 'vitest';
import { linePoints } from './linePoints.ts';

const box = { width: 58, height: 10, span: 29 };

test('the line ends at its newest value, on the right, and the highest touches the top', () => {
  const points = [
    { at: 1, value: 500 },
    { at: 2, value: 2000 },
    { at: 3, value: 1000 },
  ];
  expect(linePoints(points, box)).toBe('54.0,7.5 56.0,0.0 58.0,5.0');
});

test('a time without a value is a gap in time, not one less', () => {
  const points = [
    { at: 1, value: 100 },
    { at: 29, value: 100 },
  ];
  expect(linePoints(points, box)).toBe('2.0,0.0 58.0,0.0');
});

test('without a value there is no line, and of nothing but zeros it is at the bottom', () => {
  expect(linePoints([], box)).toBe('');
  expect(linePoints([{ at: 7, value: 0 }], box)).toBe('58.0,10.0');
});
