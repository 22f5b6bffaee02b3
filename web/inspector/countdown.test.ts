import { expect, test } from 'vitest';
import { countdownOf, formatDuration, remainingSec } from './countdown.ts';

const expiry = { durationSec: 100, deleteSession: true, deadlineMs: 100_000 };

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
  expect(formatDuration(seconds)).toBe(text);
});

test('seconds are rounded up until the very end', () => {
  expect(remainingSec(expiry.deadlineMs, 99_999)).toBe(1);
  expect(remainingSec(expiry.deadlineMs, 100_000)).toBe(0);
});

test('what is over is expired, never negative', () => {
  const leftSec = remainingSec(expiry.deadlineMs, 250_000);
  expect(countdownOf(expiry, leftSec)).toEqual({ text: 'expired', tone: 'expired' });
});

test('the last fifth of a life is low', () => {
  expect(countdownOf(expiry, 21).tone).toBe('plain');
  expect(countdownOf(expiry, 20).tone).toBe('low');
});

test('a deadline beyond what numbers hold does not change what is left', () => {
  const deadlineMs = Number.MAX_SAFE_INTEGER;
  for (const durationSec of [9_007_199_254_741, Number.MAX_SAFE_INTEGER]) {
    const far = { durationSec, deleteSession: true, deadlineMs };
    const { text } = countdownOf(far, remainingSec(deadlineMs, 1_764_000_000_000));
    expect(text).toBe(formatDuration(durationSec));
  }
});

test('a session without expiry never expires', () => {
  const leftSec = remainingSec(undefined, 0);
  expect(countdownOf(null, leftSec)).toEqual({ text: 'never', tone: 'plain' });
});
