import { expect, test } from 'vitest';
import { shownSeconds, withRate, type RateHistory } from './rateHistory.ts';

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

test('what is older than the line is long is forgotten', () => {
  const history = historyOf(Array.from({ length: 100 }, (_, at) => [at * 1000, at] as const));
  expect(history).toHaveLength(shownSeconds);
});
