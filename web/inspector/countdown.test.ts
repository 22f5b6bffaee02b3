import { expect, test } from 'vitest';
import { formatSeconds } from '../ui/format.ts';
import { countdownOf, remainingSec } from './countdown.ts';

const expiry = { durationSec: 100, deleteSession: true, deadlineMs: 100_000 };

test('seconds are rounded up until the very end', () => {
  expect(remainingSec(expiry.deadlineMs, 99_999)).toBe(1);
  expect(remainingSec(expiry.deadlineMs, 100_000)).toBe(0);
});

test('what is over is expired, never negative', () => {
  const leftSec = remainingSec(expiry.deadlineMs, 250_000);
  expect(countdownOf(expiry, leftSec)).toEqual({ text: 'expired', tone: 'expired' });
});

test('the last fifth of a life is low, the last ten seconds are urgent', () => {
  const tones = [21, 20, 10, 9, 1].map((leftSec) => countdownOf(expiry, leftSec).tone);
  expect(tones).toEqual(['plain', 'low', 'low', 'urgent', 'urgent']);
});

test('a deadline beyond what numbers hold does not change what is left', () => {
  const deadlineMs = Number.MAX_SAFE_INTEGER;
  for (const durationSec of [9_007_199_254_741, Number.MAX_SAFE_INTEGER]) {
    const far = { durationSec, deleteSession: true, deadlineMs };
    const { text } = countdownOf(far, remainingSec(deadlineMs, 1_764_000_000_000));
    expect(text).toBe(formatSeconds(durationSec));
  }
});

test('a session without expiry never expires', () => {
  const leftSec = remainingSec(undefined, 0);
  expect(countdownOf(null, leftSec)).toEqual({ text: 'never', tone: 'never' });
});
