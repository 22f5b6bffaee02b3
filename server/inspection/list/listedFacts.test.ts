import { expect, test } from 'vitest';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { cause, createMemoryStore, tokenOf } from '../../../test/server/memoryStore.ts';
import { InspectionHub } from '../hub.ts';
import { SessionWindow } from './sessionWindow.ts';

type ListRequest = Extract<InspectionRequest, { type: 'list' }>;

const keys = new Map([['a', asJsonText('1')]]);

function start() {
  const clock = new FakeClock();
  const store = createMemoryStore({ clock });
  const hub = new InspectionHub(store, clock);
  const newSession = (name: string) => {
    clock.advance(1_000);
    return tokenOf(store.newSession({ name, shared: false }, cause));
  };
  const open = (request: Partial<ListRequest>, within = '') => {
    const whole = {
      number: 1,
      sort: 'created',
      descending: true,
      find: '',
      from: 0,
      count: 9,
    } as const;
    const parts = { hub, clock, within, onDue: () => {} };
    const window = new SessionWindow(parts, { type: 'list', ...whole, ...request });
    const read = async () => {
      const event = await window.next();
      if (event.type !== 'rows') throw new Error(`Got ${event.type}`);
      return event;
    };
    return { window, read };
  };
  return { clock, store, newSession, open };
}

const nowOf = (clock: FakeClock) => Math.round(clock.nowMs());

test('a row says when its keys changed last; reading and touching change none', async () => {
  const { clock, store, newSession, open } = start();
  const tokens = ['a', 'b', 'c'].map(newSession);
  const { read } = open({ sort: 'changed' });
  const namesOf = async () => {
    const { changed } = await read();
    return changed.map(({ name, lastChangedAtMs }) => [name, lastChangedAtMs]);
  };
  expect(await namesOf()).toEqual([
    ['c', undefined],
    ['b', undefined],
    ['a', undefined],
  ]);
  clock.advance(10);
  await store.setKeys(tokens[0] as Token, keys, cause);
  const atMs = nowOf(clock);
  expect(await namesOf()).toEqual([['a', atMs]]);
  clock.advance(10);
  await store.getKeys(tokens[0] as Token, ['a'], cause);
  await store.touchSession(tokens[1] as Token, { durationSec: 9 }, cause);
  expect(await namesOf()).toEqual([['b', undefined]]);
  clock.advance(10);
  await store.removeKeys(tokens[0] as Token, ['a'], cause);
  expect(await namesOf()).toEqual([['a', nowOf(clock)]]);
});

test('commands about a session are counted by the second, also those that only read', async () => {
  const { clock, store, newSession, open } = start();
  const tokens = ['a', 'b', 'c'].map(newSession);
  const { window, read } = open({ sort: 'operations' });
  await read();
  for (const at of [0, 0, 2, 0]) await store.getKeys(tokens[at] as Token, ['a'], cause);
  expect(window.hasChanges).toBe(false);
  clock.advance(1_000);
  expect(window.hasChanges).toBe(true);
  const { ids, changed } = await read();
  const rates = changed.map(({ id, operationsPerSecond }) => [
    ids.indexOf(id),
    operationsPerSecond,
  ]);
  expect(rates).toEqual([
    [0, 3],
    [1, 1],
  ]);
  clock.advance(1_000);
  expect((await read()).changed.map((row) => row.operationsPerSecond)).toEqual([
    undefined,
    undefined,
  ]);
  clock.advance(1_000);
  expect(window.hasChanges).toBe(false);
});

test('nothing is counted when nobody lists', async () => {
  const { clock, newSession, open } = start();
  newSession('a');
  const { window, read } = open({});
  await read();
  expect(clock.waitsMs).toEqual([1_000]);
  window.close();
  expect(clock.waitsMs).toEqual([]);
});

test('a list that is limited to a prefix shows and counts nothing else', async () => {
  const { store, newSession, open } = start();
  const tokens = ['shop:a', 'shop:b', 'other', 'sho'].map(newSession);
  for (const token of tokens) await store.setKeys(token, keys, cause);
  for (const request of [{}, { prefix: 's' }, { prefix: 'shop:a' }, { prefix: 'o' }]) {
    const { window, read } = open(request, 'shop:');
    const { all, allKeys, matching } = await read();
    const expected = request.prefix === 'o' ? 0 : request.prefix === 'shop:a' ? 1 : 2;
    expect([all, allKeys, matching]).toEqual([2, 2, expected]);
    window.close();
  }
});

test('listing, sorting and searching move no deadline', async () => {
  const { clock, store, open } = start();
  const expiry = { durationSec: 60, deleteSession: true };
  const extension = { onGet: true, onSetAdd: true };
  const token = tokenOf(store.newSession({ name: 'a', shared: false, expiry, extension }, cause));
  await store.setKeys(token, keys, cause);
  const windows = [
    {},
    { sort: 'expires' },
    { content: { text: '1' } },
    { content: { path: '$' } },
  ] as const;
  const opened = windows.map((request) => open(request));
  for (let second = 1; second < 60; second += 1) {
    clock.advance(1_000);
    for (const { read } of opened) await read();
  }
  clock.advance(1_000);
  for (const { read } of opened) expect((await read()).all).toBe(0);
});
