import { expect, test } from 'vitest';
import { recentChange } from './recentChange.ts';

test('a change is recent for 1.2 seconds', () => {
  expect(recentChange(1000, 1000)).toBe(1000);
  expect(recentChange(1000, 2199)).toBe(1000);
  expect(recentChange(1000, 2200)).toBeUndefined();
  expect(recentChange(undefined, 0)).toBeUndefined();
});
