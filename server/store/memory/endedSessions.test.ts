import { expect, test } from 'vitest';
import type { Token } from '../../../protocol/token.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { cause, createMemoryStore, given, tokenOf } from '../../../test/server/memoryStore.ts';
import { EndedSessions, maxEndedKept } from '../history/endedSessions.ts';

const newSession = (store: ReturnType<typeof createMemoryStore>, name: string, durationSec = 0) => {
  const expiry = durationSec === 0 ? undefined : { durationSec, deleteSession: true };
  return tokenOf(store.newSession({ name, shared: false, expiry }, cause));
};

test('what ended is listed with its time and cause, the newest first', async () => {
  const clock = new FakeClock();
  const store = createMemoryStore({ clock });
  await store.open();
  const tokens = ['a', 'b', 'c'].map((name) => newSession(store, name));
  newSession(store, 'expires', 2);
  newSession(store, 'lives');
  const ends = { connection: 7, command: 'SH_END' } as const;
  given(store.endSession(tokens[1] ?? ('1' as Token), ends));
  clock.advance(3_000);
  given(store.endSession(tokens[0] ?? ('1' as Token), { ...ends, isConsole: true }));
  const ended = given(store.listEnded());
  expect(ended.map(({ name, number }) => [name, number])).toEqual([
    ['a', 3],
    ['expires', 2],
    ['b', 1],
  ]);
  expect(ended.map(({ cause: why }) => why)).toEqual([
    { ...ends, isConsole: true },
    undefined,
    ends,
  ]);
  expect(ended.map(({ atMs, createdAtMs }) => Math.round(atMs - createdAtMs))).toEqual([
    3_000, 2_000, 0,
  ]);
});

test.each([1, 999, 1_000, 1_001, 2_300])(
  'of %i that end, one by one or together, the newest are kept',
  (count) => {
    const store = createMemoryStore();
    const names = Array.from({ length: count }, (_, at) => `s${at}`);
    const newest = names.toReversed().slice(0, maxEndedKept);
    const listed = () => given(store.listEnded()).map(({ name }) => name);
    for (const name of names) newSession(store, name);
    given(store.endAllSessions(cause));
    expect(listed()).toEqual(newest);
    for (const name of names) given(store.endSession(newSession(store, name), cause));
    expect(listed().slice(0, newest.length)).toEqual(newest);
    expect(given(store.listEnded())[0]?.number).toBe(2 * count);
  },
);

test('of all sessions that end together, only those that are kept are come to', () => {
  const ended = new EndedSessions();
  const kept = { token: '1' as Token, name: 'last', createdAtMs: 1 };
  ended.note(
    {
      length: 500_000,
      lastOf: (limit) => Array.from({ length: limit }, () => kept),
      [Symbol.iterator]: () => {
        throw new Error('Comes to all');
      },
    },
    { atMs: 2, cause },
  );
  expect(ended.list()).toHaveLength(maxEndedKept);
  expect(ended.list()[0]?.number).toBe(500_000);
});
