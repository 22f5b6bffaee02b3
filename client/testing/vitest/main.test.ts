import { expect, test as base } from 'vitest';
import { seshdeckFixtures, seshdeckMatchers } from './main.ts';

expect.extend(seshdeckMatchers);
const test = base.extend(seshdeckFixtures({ flags: ['--max-keys', '3'] }));

let before: string | undefined;

test('a test has a server', async ({ seshdeck }) => {
  before = seshdeck.url;
  const { basket } = await seshdeck.seed({ basket: { qty: 2 } });
  const session = seshdeck.connect().session(basket.token);
  await session.set({ qty: 3 });
  expect(seshdeck.received).toContainCommand('KV_SET', { keys: { qty: 3 } });
  expect(seshdeck.received).not.toContainCommand('KV_SET', { keys: { qty: 4 } });
  await expect(session.set({ a: 1, b: 2, c: 3 })).rejects.toMatchObject({ status: 'LimitReached' });
  await expect(seshdeck).not.toHaveEnded(basket);
  await session.end();
  await expect(seshdeck).toHaveEnded(basket.token);
});

test('another test has another server', async ({ seshdeck }) => {
  expect(seshdeck.url).not.toBe(before);
  expect(seshdeck.received).toEqual([]);
  await expect(fetch(before ?? '')).rejects.toThrow('fetch failed');
});

test('a matcher says what it looked for and what there was', async ({ seshdeck }) => {
  const { basket } = await seshdeck.seed({ basket: {} });
  const set = () => expect(seshdeck.received).toContainCommand('KV_SET', { keys: { qty: 2 } });
  expect(set).toThrow('KV_SET with these parameters was not received, but:\n  nothing');
  await seshdeck.connect().session(basket.token).count();
  expect(set).toThrow(`  {"KV_COUNT":{"tkn":"${basket.token}"}}`);
  const never = () => expect(seshdeck.received).not.toContainCommand('KV_COUNT');
  expect(never).toThrow('KV_COUNT was received:');
  await expect(expect(seshdeck).toHaveEnded(basket)).rejects.toThrow('has not ended');
});
