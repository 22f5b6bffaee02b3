import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barPosition, resizePanes, type MeasuredPane } from './resizePanes.ts';

const pane = (id: string, sizePx: number, minPx: number): MeasuredPane => ({
  id,
  sizePx,
  minPx,
  isFixed: false,
});
const three = [pane('side', 300, 240), pane('work', 800, 300), pane('sessions', 300, 240)];

test('a bar changes its two neighbours and nothing else', () => {
  const sizes = resizePanes(three, { index: 0, byPx: 50 });
  expect([...sizes]).toEqual([
    ['side', 350],
    ['work', 750],
    ['sessions', 300],
  ]);
});

test('a fixed pane that a bar does not touch is not given a size', () => {
  const fixed = three.map((each) => ({ ...each, isFixed: each.id !== 'work' }));
  expect([...resizePanes(fixed, { index: 0, byPx: 50 })]).toEqual([
    ['side', 350],
    ['work', 750],
  ]);
});

test('no pane gets smaller than its minimum, however far the bar is taken', () => {
  expect(resizePanes(three, { index: 0, byPx: -Infinity }).get('side')).toBe(240);
  expect(resizePanes(three, { index: 0, byPx: Infinity }).get('work')).toBe(300);
  expect(resizePanes(three, { index: 1, byPx: Infinity }).get('sessions')).toBe(240);
});

test('whatever is dragged, the room stays the same', () => {
  const move = fc.record({ index: fc.integer({ min: 0, max: 1 }), byPx: fc.integer() });
  fc.assert(
    fc.property(move, (moved) => {
      const sizes = [...resizePanes(three, moved).values()];
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1400);
    }),
  );
});

test('where there is too little room for both minimums, the first pane keeps its own', () => {
  const narrow = [pane('a', 100, 200), pane('b', 100, 200)];
  expect(resizePanes(narrow, { index: 0, byPx: 10 }).get('a')).toBe(200);
  expect(barPosition(narrow, 0)).toBe(0);
});

test('the position of a bar is given between its ends', () => {
  expect(barPosition([pane('a', 100, 100), pane('b', 300, 100)], 0)).toBe(0);
  expect(barPosition([pane('a', 200, 100), pane('b', 200, 100)], 0)).toBe(50);
  expect(barPosition([pane('a', 300, 100), pane('b', 100, 100)], 0)).toBe(100);
  expect(barPosition([], 0)).toBe(0);
});
