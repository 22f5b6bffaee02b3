import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Token } from '../../../protocol/token.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { FaultyDisk } from '../../../test/server/faultyDisk.ts';
import { openJournalStore } from '../../../test/server/journalStore.ts';
import { cause, given } from '../../../test/server/memoryStore.ts';
import { scanned } from '../../../test/server/storeContract/scanContract.ts';
import {
  endsAfter,
  entriesOf,
  newSession,
} from '../../../test/server/storeContract/storeUnderTest.ts';
import type { SessionStore } from '../sessionStore.ts';

let disk: FaultyDisk;
let clock: FakeClock;
let store: SessionStore;
let token: Token;
let other: Token;

async function open(durability: 'commit' | 'relaxed'): Promise<void> {
  disk = new FaultyDisk();
  clock = new FakeClock();
  store = await openJournalStore({ disk, clock, durability });
  token = await newSession(store, endsAfter(100));
  other = await newSession(store);
  clock.advance(1_000);
  for (let turn = 0; turn < 5; turn += 1) await setImmediate();
}

/** Whether an outcome is there though the disk has not answered. */
async function isThere(outcome: unknown): Promise<boolean> {
  let isSettled = false;
  void Promise.resolve(outcome).then(() => (isSettled = true));
  for (let turn = 0; turn < 10; turn += 1) await setImmediate();
  return isSettled;
}

async function pass(ms: number): Promise<void> {
  clock.advance(ms);
  for (let turn = 0; turn < 10; turn += 1) await setImmediate();
}

const set = (value: string) => store.setKeys(token, entriesOf({ a: value }), cause);

describe('with commit', () => {
  beforeEach(() => open('commit'));

  const shows: [string, () => unknown][] = [
    ['the change', () => set('2')],
    ['a change of nothing', () => store.addKeys(token, entriesOf({ a: '9' }), cause)],
    ['countKeys', () => store.countKeys(token)],
    ['containsKeys', () => store.containsKeys(token, ['a'])],
    ['keyNames', () => store.keyNames(token)],
    ['getKeys', () => store.getKeys(token, ['a'], cause)],
    ['sessionFacts', () => store.sessionFacts(token)],
    ['findKeys', () => store.findKeys(token, { path: '$', wants: 'keys' }, cause)],
    ['livingTokens', () => store.livingTokens([token])],
    ['totals', () => store.totals()],
    ['listSessions', () => store.listSessions(5)],
    ['viewSessions', () => store.viewSessions([])],
    ['listKeys', () => store.listKeys('', { from: 0, count: 5 })],
    ['viewKeys', () => store.viewKeys('', [])],
    ['endAllSessions', () => store.endAllSessions(cause)],
    ['restoreSessions', () => store.restoreSessions([], cause)],
    ['scan', () => scanned(store)],
  ];

  test.each(shows)('%s waits for a change that is not on disk', async (_name, show) => {
    disk.hold();
    const first = set('1');
    expect(await isThere(first)).toBe(false);
    const shown = show();
    expect(await isThere(shown)).toBe(false);
    disk.release();
    expect([await isThere(first), await isThere(shown)]).toEqual([true, true]);
  });

  test('what shows another session is given in the same turn', async () => {
    disk.hold();
    const first = set('1');
    expect(store.countKeys(other)).toEqual({ ok: true, value: 0 });
    disk.release();
    await first;
    expect(store.countKeys(token)).toEqual({ ok: true, value: 1 });
  });

  test('who waits himself is given outcomes at once, and the last of the syncs that they need', async () => {
    disk.hold();
    const first = set('1');
    await isThere(first);
    void store.setKeys(other, entriesOf({ a: '1' }), cause);
    store.holds?.begin();
    expect([store.countKeys(other), store.countKeys(token)]).toMatchObject([
      { ok: true },
      { ok: true },
    ]);
    const hold = store.holds?.end();
    disk.release();
    disk.hold();
    await first;
    expect(hold).toMatchObject({ outcome: undefined });
    // Only until then.
    expect(store.countKeys(other)).toBeInstanceOf(Promise);
    disk.release();
    await store.totals();
    expect(hold).toMatchObject({ outcome: true });
  });

  test('changes that come while the disk works go there together', async () => {
    let syncs = 0;
    disk.hold();
    const changes = [set('0')];
    await isThere(changes[0]);
    for (let index = 1; index < 50; index += 1) changes.push(set(String(index)));
    disk.onCall = (call) => void (syncs += call === 'sync' ? 1 : 0);
    disk.release();
    for (const change of changes) expect(await change).toMatchObject({ ok: true });
    expect(syncs).toBe(2);
  });

  test('what has gathered is on its way to the disk before replies are given', async () => {
    disk.hold();
    const first = set('1');
    await isThere(first);
    const second = set('2');
    const calls: string[] = [];
    disk.onCall = (call) => void calls.push(call);
    disk.release();
    disk.hold();
    await first;
    expect(calls).toContain('write');
    expect(await isThere(second)).toBe(false);
    disk.release();
    expect(await second).toMatchObject({ ok: true });
  });

  test('a deadline is not waited for', async () => {
    disk.hold();
    clock.advance(100_001);
    expect(store.countKeys(token)).toMatchObject({ refusal: { status: 'SessionNotExist' } });
    disk.release();
  });
});

describe('with relaxed', () => {
  beforeEach(() => open('relaxed'));

  test('replies are given at once while the disk is less than a second behind, then they wait', async () => {
    disk.hold();
    expect(set('1')).toMatchObject({ ok: true });
    clock.advance(500);
    expect(set('2')).toMatchObject({ ok: true });
    clock.advance(400);
    const late = set('3');
    expect(await isThere(late)).toBe(false);
    disk.release();
    expect(await isThere(late)).toBe(true);
    expect(set('4')).toMatchObject({ ok: true });
  });

  test.each<[string, () => unknown]>([
    ['a read', () => store.getKeys(token, ['a'], cause)],
    ['a change of nothing', () => store.addKeys(token, entriesOf({ a: '9' }), cause)],
  ])('%s waits as well when the disk is behind', async (_, call) => {
    disk.hold();
    expect(set('1')).toMatchObject({ ok: true });
    expect(await isThere(call())).toBe(true);
    clock.advance(900);
    const late = call();
    expect(await isThere(late)).toBe(false);
    disk.release();
    expect(await isThere(late)).toBe(true);
  });

  test('the end of the process loses nothing older than a tenth of a second, however long a sync takes', async () => {
    disk.hold();
    for (const value of ['1', '2', '3']) {
      void set(value);
      await pass(100);
    }
    // What the system was given outlives the process.
    const again = await openJournalStore({ disk: disk.copy(), clock });
    expect(given(await again.getKeys(token, ['a'], cause)).get('a')).toBe('3');
    expect(store.status().journal?.unsyncedBytes).toBeGreaterThan(0);
    disk.release();
    await pass(0);
    expect(store.status().journal?.unsyncedBytes).toBe(0);
  });

  test('the end of the machine may leave later changes without earlier ones: neither counts then', async () => {
    await pass(100);
    const synced = disk.bytesOf('log-1').length;
    disk.hold();
    void set('1');
    await pass(100);
    const earlier = disk.bytesOf('log-1').length;
    void set('2');
    await pass(100);
    const left = disk.copy();
    left.put('log-1', Buffer.from(left.bytesOf('log-1')).fill(0, synced, earlier));
    expect(left.bytesOf('log-1').length).toBeGreaterThan(earlier);
    const again = await openJournalStore({ disk: left, clock });
    expect(given(await again.countKeys(token))).toBe(0);
    expect(left.bytesOf('log-1').length).toBe(synced);
  });

  test('a change is on disk within a second, without another one', async () => {
    void set('1');
    const synced = disk.bytesOf('log-1').length;
    clock.advance(999);
    await isThere(undefined);
    disk.crash();
    expect(disk.bytesOf('log-1').length).toBeGreaterThan(synced);
  });
});
