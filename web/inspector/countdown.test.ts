import { expect, test } from 'vitest';
import { countdownOf, formatDuration, remainingSec } from './countdown.ts';

const expiry = { durationSec: 100, deleteSession: true, deadlineMs: 100_000 };

test.each([
  [1, '00:01'],
  [41, '00:41'],
  [3599, '59:59'],
  [3600, '1 h 00 min'],
  [3900, '1 h 05 min'],
  [183_600, '2 d 3 h'],
  [8_639_999, '99 d 23 h'],
  [3_153_600_000, '36,500 d'],
  [Number.MAX_SAFE_INTEGER, '104,249,991,374 d'],
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
