import { expect, test } from 'vitest';
import { Latencies } from './latencies.ts';

test('percentiles are right to 2 %, from a microsecond to minutes', () => {
  for (const scale of [0.002, 1, 500]) {
    const latencies = new Latencies();
    for (let each = 1; each <= 1_000; each += 1) latencies.note(each * scale, 3);
    expect(latencies.percentileMs(0.5) / (500 * scale)).toBeCloseTo(1.01, 1);
    expect(latencies.percentileMs(0.99) / (990 * scale)).toBeCloseTo(1.01, 1);
  }
});

test('two can be put together', () => {
  const [quick, slow] = [new Latencies(), new Latencies()];
  quick.note(1, 90);
  slow.note(100, 10);
  quick.add(slow);
  expect(quick.percentileMs(0.9)).toBeCloseTo(1, 1);
  expect(quick.percentileMs(0.91)).toBeGreaterThan(99);
});

test('of nothing there is no percentile, and what is too long counts as the longest', () => {
  const latencies = new Latencies();
  expect(latencies.percentileMs(0.5)).toBeNaN();
  latencies.note(1e12, 1);
  expect(latencies.percentileMs(0.5)).toBeGreaterThan(600_000);
});
