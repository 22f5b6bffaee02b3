import { expect, test } from 'vitest';
import { createMemoryStore } from '../../../test/server/memoryStore.ts';
import { newSession } from '../../../test/server/storeContract/storeUnderTest.ts';

test('of many sessions only some are listed at once, as who reads them takes time for each', async () => {
  const store = createMemoryStore();
  for (let count = 0; count < 3_000; count += 1) await newSession(store);
  const counts: number[] = [];
  for await (const sessions of store.listAll()) counts.push(sessions.length);
  expect(Math.max(...counts)).toBeLessThanOrEqual(500);
  expect(counts.reduce((sum, count) => sum + count)).toBe(3_000);
});
