import { expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import { cause, createMemoryStore, given } from '../../../test/server/memoryStore.ts';
import { scanned } from '../../../test/server/storeContract/scanContract.ts';
import type { MemoryStore } from './memoryStore.ts';

const value = (text: string) => new Map([['a', asJsonText(text)]]);
const sessions = (from: number, to: number, text: string) =>
  Array.from({ length: to - from }, (_, index) => ({
    token: String(from + index) as Token,
    name: 'back',
    shared: false,
    keys: value(text),
  }));

/** A store with these sessions. */
async function storeWith(...some: ReturnType<typeof sessions>): Promise<MemoryStore> {
  const store = createMemoryStore();
  const restored = await store.restoreSessions(some, cause);
  expect(restored.ok).toBe(true);
  return store;
}

test('very many sessions are reverted in several turns, whether they stay, go or come back', async () => {
  const store = await storeWith(...sessions(1, 4_000, '1'));
  const to = await storeWith(...sessions(2_000, 6_000, '2'));
  const work = { steps: 0 };
  const count = () => {
    work.steps += 1;
    next = setImmediate(count);
  };
  let next = setImmediate(count);
  await store.contents.revert(to.contents, undefined);
  clearImmediate(next);
  expect(work.steps).toBeGreaterThan(4);
  expect(await scanned(store)).toEqual(await scanned(to));
  expect(given(store.totals())).toEqual(given(to.totals()));
});

test('of two named sessions only those are reverted, at once', async () => {
  const store = await storeWith(...sessions(1, 4, '1'));
  const to = await storeWith(...sessions(2, 5, '2'));
  const work = store.contents.revert(to.contents, new Set(['1', '4'] as Token[]));
  expect(work).toBeUndefined();
  const left = (await scanned(store)).map(({ token, values }) => [token, ...values]);
  expect(left).toEqual([
    ['2', '1'],
    ['3', '1'],
    ['4', '2'],
  ]);
});
