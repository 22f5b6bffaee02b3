import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { FaultyDisk, systemError } from '../../../test/server/faultyDisk.ts';
import { openJournalStore } from '../../../test/server/journalStore.ts';
import { cause, given } from '../../../test/server/memoryStore.ts';
import { scanned } from '../../../test/server/storeContract/scanContract.ts';
import { entriesOf, newSession } from '../../../test/server/storeContract/storeUnderTest.ts';
import type { SessionStore, StoreOutcome } from '../sessionStore.ts';
import { partsPerStep } from './changeCodec.ts';
import { loadedPerStep } from '../memory/restoreSessions.ts';
import { retryMs } from './diskFaults.ts';

/** Two steps of all kinds. */
const many = Math.max(partsPerStep, loadedPerStep) + 2;
const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));
const entries = (count: number, value = '1') =>
  new Map(numbers(count).map((key) => [key, asJsonText(value)]));
const saved = (count: number) =>
  numbers(count).map((token) => ({
    token: token as Token,
    name: 'back',
    shared: false,
    keys: new Map<string, never>(),
  }));

let disk: FaultyDisk;
let clock: FakeClock;
let store: SessionStore;
/** Has very many keys. */
let token: Token;
let other: Token;

beforeEach(async () => {
  disk = new FaultyDisk();
  clock = new FakeClock();
  store = await openJournalStore({ disk, clock });
  token = await newSession(store);
  other = await newSession(store);
  given(await store.setKeys(token, entries(many), cause));
});

const large: [
  name: string,
  change: () => StoreOutcome<unknown>,
  prepare?: () => StoreOutcome<unknown>,
][] = [
  ['keys that are set', () => store.setKeys(token, entries(many, '2'), cause)],
  ['keys that are removed', () => store.removeKeys(token, numbers(many - 1), cause)],
  ['keys that are replaced', () => store.replaceKeys(token, entries(many, '3'), cause)],
  ['sessions that are loaded', () => store.restoreSessions(saved(many), cause)],
  [
    'sessions that are ended',
    () => store.endAllSessions(cause),
    () => store.restoreSessions(saved(many), cause),
  ],
];

/** Whether an outcome is there after many turns. */
async function isThere(outcome: unknown, turns = 300): Promise<boolean> {
  const state = { isSettled: false };
  void Promise.resolve(outcome).then(() => (state.isSettled = true));
  for (let turn = 0; turn < turns && !state.isSettled; turn += 1) await setImmediate();
  return state.isSettled;
}

/** All that is in the store, short enough to be printed. One that was undone may have another place. */
async function contents(): Promise<string> {
  const sessions = (await scanned(store)).map((each) => JSON.stringify(each)).sort();
  return `${sessions.length} sessions, ${hash('sha1', sessions.join())}`;
}

describe.each(large)('very many %s', (_name, change, prepare) => {
  beforeEach(async () => {
    await prepare?.();
  });

  test('are confirmed when they are on disk, and are all there after a crash', async () => {
    disk.hold();
    const outcome = change();
    expect(await isThere(outcome)).toBe(false);
    const after = store.newSession({ name: 'after', shared: false }, cause);
    disk.release();
    given((await outcome) as never);
    given(await after);
    const before = await contents();
    disk.crash();
    store = await openJournalStore({ disk, clock });
    expect(await contents()).toBe(before);
  });

  test('are not there at all when the power goes in between', async () => {
    const before = await contents();
    const copy = disk.copy();
    let writes = 0;
    disk.onCall = (call) => void (writes += call === 'write' ? 1 : 0);
    await change();
    expect(writes).toBeGreaterThan(1);
    for (const crashAt of new Set([1, 2, writes])) {
      disk = copy.copy();
      store = await openJournalStore({ disk, clock });
      let left = crashAt;
      disk.onCall = (call) => {
        left -= call === 'write' ? 1 : 0;
        // All that was written before is on disk.
        if (left === 0) disk.crash(({ seen }) => seen);
      };
      const state = { isDone: false };
      void Promise.resolve(change()).then(() => (state.isDone = true));
      while (left > 0 && !state.isDone) await setImmediate();
      // How many writes it takes depends on time: this once it took fewer, and there was no crash.
      if (left > 0) continue;
      store = await openJournalStore({ disk, clock });
      expect(await contents()).toBe(before);
    }
  });

  test('are refused and undone when the disk fails in between', async () => {
    const before = await contents();
    let writes = 0;
    disk.onCall = (call) => {
      if (call !== 'write') return;
      writes += 1;
      if (writes === 2) throw systemError('EIO');
    };
    const outcome = await change();
    expect(outcome).toMatchObject({ ok: false, refusal: { status: 'StoreUnavailable' } });
    disk.onCall = () => undefined;
    expect(await contents()).toBe(before);
    clock.advance(retryMs);
    while (store.status().state !== 'ready') await setImmediate();
    disk.crash();
    store = await openJournalStore({ disk, clock });
    expect(await contents()).toBe(before);
  });
});

test('others have their turn while a change is encoded and written', async () => {
  given(await store.restoreSessions(saved(many), cause));
  const state = { isOver: false, turns: 0 };
  const count = () => {
    state.turns += 1;
    if (!state.isOver) globalThis.setImmediate(count);
  };
  const ended = store.endAllSessions(cause);
  count();
  given(await ended);
  state.isOver = true;
  expect(state.turns).toBeGreaterThan(2);
});

test('while a load is not on disk, only what it shows waits', async () => {
  disk.hold();
  const loaded = store.restoreSessions(saved(many), cause);
  expect(await isThere(loaded)).toBe(false);
  expect(store.countKeys(other)).toEqual({ ok: true, value: 0 });
  const shown = [store.countKeys('1' as Token), store.totals()];
  for (const each of shown) expect(await isThere(each, 20)).toBe(false);
  disk.release();
  expect(given(await loaded)).toMatchObject({ sessions: many });
  for (const each of shown) expect(await isThere(each)).toBe(true);
});

test.each([partsPerStep - 1, partsPerStep, partsPerStep + 1])(
  'small changes behind one of %i keys keep their order',
  async (count) => {
    const changes = [
      store.setKeys(other, entries(count), cause),
      store.setKeys(other, entriesOf({ 1: '"later"', last: '1' }), cause),
      store.removeKeys(other, ['2'], cause),
    ];
    for (const each of changes) given((await each) as never);
    const before = await contents();
    disk.crash();
    store = await openJournalStore({ disk, clock });
    expect(await contents()).toBe(before);
    expect(given(store.countKeys(other))).toBe(count);
  },
);
