import { expect, test } from 'vitest';
import { createTokenSource } from './tokenSource.ts';

test('random tokens are 64-bit numbers without leading zeros, all different', () => {
  const source = createTokenSource({ batchSize: 16 });
  const tokens = Array.from({ length: 1000 }, () => source.randomToken());
  expect(new Set(tokens).size).toBe(1000);
  expect(tokens.filter((token) => !/^[1-9]\d{0,19}$/.test(token))).toEqual([]);
  expect(tokens.filter((token) => BigInt(token) >= 2n ** 64n)).toEqual([]);
  // All bits are used: about half of the tokens have the topmost one.
  const high = tokens.filter((token) => BigInt(token) >= 2n ** 63n).length;
  expect(high).toBeGreaterThan(400);
  expect(high).toBeLessThan(600);
});

test('the token of a shared name is fixed for ever', () => {
  const token = createTokenSource().sharedToken('defaults');
  expect(createTokenSource().sharedToken('defaults')).toBe(token);
  // Written down: a client may have kept it since an earlier version.
  expect(token).toBe('2573170046335768305');
  expect(createTokenSource().sharedToken('Defaults')).not.toBe(token);
});
