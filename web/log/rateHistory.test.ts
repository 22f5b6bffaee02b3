import { expect, test } from 'vitest';
import { linePoints, shownSeconds, withRate, type RateHistory } from './rateHistory.ts';

const box = { width: 58, height: 10 };

function historyOf(rates: readonly (readonly [atMs: number, perSecond: number])[]): RateHistory {
  return rates.reduce<RateHistory>(
    (history, [atMs, perSecond]) => withRate(history, atMs, perSecond),
    [],
  );
}

test('of a second the highest count holds, since it is counted up', () => {
  const history = historyOf([
    [1000, 10],
    [1400, 900],
    [1900, 700],
    [2100, 300],
  ]);
  expect(history.map(({ perSecond }) => perSecond)).toEqual([900, 300]);
});

test('the line ends at its newest rate, on the right, and the highest touches the top', () => {
  const history = historyOf([
    [1000, 500],
    [2000, 2000],
    [3000, 1000],
  ]);
  expect(linePoints(history, box)).toBe('54.0,7.5 56.0,0.0 58.0,5.0');
});

test('what is older than the line is long is forgotten', () => {
  const history = historyOf(Array.from({ length: 100 }, (_, at) => [at * 1000, at] as const));
  expect(history).toHaveLength(shownSeconds);
  expect(linePoints(history, box).split(' ')[0]).toMatch(/^0\.0,/);
});

test('a second without a message is a gap in time, not one less', () => {
  const history = historyOf([
    [1000, 100],
    [29_000, 100],
  ]);
  expect(linePoints(history, box)).toBe('2.0,0.0 58.0,0.0');
});

test('without a rate there is no line', () => {
  expect(linePoints([], box)).toBe('');
});
