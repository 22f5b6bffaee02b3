import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatAgo, formatBytes, formatSeconds, formatTime, many, shortCount } from './format.ts';
import { formatMs } from './formatMs.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [1049, '1.0 kB'],
  [999_949, '999.9 kB'],
  [999_950, '1.0 MB'],
  [1_000_000, '1.0 MB'],
  [999_949_999, '999.9 MB'],
  [999_950_000, '1.0 GB'],
])('%i bytes are shown as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [-0.1, '0.0 ms'],
  [0.04, '0.0 ms'],
  [9.94, '9.9 ms'],
  [9.95, '10 ms'],
  [10, '10 ms'],
  [999.4, '999 ms'],
  [999.5, '1.00 s'],
  [61_000, '61.00 s'],
])('%d milliseconds are shown as %s', (ms, text) => {
  expect(formatMs(ms)).toBe(text);
});

test('rounding never prints a thousand of a unit that has a larger one', () => {
  const size = fc.oneof(fc.nat(2_000_000), fc.integer({ min: 999_000_000, max: 1_001_000_000 }));
  const time = fc.double({ min: 0, max: 2000, noNaN: true });
  fc.assert(
    fc.property(size, time, (bytes, ms) => {
      expect(formatBytes(bytes)).not.toMatch(/^1000(\.0)? (B|kB|MB)/);
      expect(formatMs(ms)).not.toMatch(/^(10\.0|1000) ms/);
    }),
  );
});

test.each([
  [1, '1s'],
  [59, '59s'],
  [60, '1m 0s'],
  [3596, '59m 56s'],
  [3600, '1h 0m'],
  [7199, '1h 59m'],
  [86_399, '23h 59m'],
  [86_400, '1d 0h'],
  [863_999, '9d 23h'],
  [8_639_999, '99d 23h'],
  [8_640_000, '100d'],
  [3_153_600_000, '36,500d'],
  [Number.MAX_SAFE_INTEGER, '104,249,991,374d'],
])('%i seconds are shown as %s', (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});

test('a count of one is not called many', () => {
  expect(many(1, 'reply', 'replies')).toBe('1 reply');
  expect(many(0, 'reply', 'replies')).toBe('0 replies');
  expect(many(12_345, 'reply', 'replies')).toBe('12,345 replies');
});

test.each([
  [9999, '9,999'],
  [14_000, '14K'],
  [999_999, '1M'],
  [1_234_567, '1.23M'],
])('%i fits a narrow column as %s', (count, text) => {
  expect(shortCount(count)).toBe(text);
});

test('a time of day has milliseconds, each part with its zeros', () => {
  expect(formatTime(new Date(2026, 0, 2, 3, 4, 5, 6).getTime())).toBe('03:04:05.006');
});

test.each([
  [0, 'now'],
  [59, 'now'],
  [60, '1 min ago'],
  [3599, '59 min ago'],
  [3600, '1 h ago'],
  [86_399, '23 h ago'],
  [86_400, '1 d ago'],
  [-5, 'now'],
])('%i s ago is shown as %s', (seconds, text) => {
  const nowMs = Date.UTC(2026, 0, 31, 12);
  expect(formatAgo(nowMs - seconds * 1000, nowMs)).toBe(text);
});

test('a week ago and more is shown as its date', () => {
  const nowMs = Date.UTC(2026, 0, 31, 12);
  expect(formatAgo(nowMs - 8 * 86_400_000, nowMs)).toBe('23/01/2026');
});
