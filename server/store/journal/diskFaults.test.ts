import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { FaultyDisk, systemError, type DiskCall } from '../../../test/server/faultyDisk.ts';
import { openJournalStore } from '../../../test/server/journalStore.ts';
import { cause, given, tokenOf } from '../../../test/server/memoryStore.ts';
import { scanned } from '../../../test/server/storeContract/scanContract.ts';
import {
  count,
  endsAfter,
  entriesOf,
  newSession,
  restartsAfter,
} from '../../../test/server/storeContract/storeUnderTest.ts';
import type { Change, Gap } from '../changes.ts';
import type { SessionStore, StoreOutcome } from '../sessionStore.ts';
import { retryMs } from './diskFaults.ts';

let disk: FaultyDisk;
let clock: FakeClock;
let store: SessionStore;
let token: Token;

async function open(durability: 'commit' | 'relaxed' = 'commit'): Promise<void> {
  disk = new FaultyDisk();
  clock = new FakeClock();
  store = await openJournalStore({ disk, clock, durability });
  token = await newSession(store);
  await store.setKeys(token, entriesOf({ a: '1', b: '2' }), cause);
}

beforeEach(() => open());

async function turns(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) await setImmediate();
}

/** From now on such calls fail. */
function fail(failing: DiskCall, code: string): void {
  disk.onCall = (call) => {
    if (call === failing) throw systemError(code);
  };
}

async function mend(): Promise<void> {
  await turns();
  disk.onCall = () => undefined;
  clock.advance(retryMs);
  await turns();
}

async function statusOf(outcome: StoreOutcome<unknown>): Promise<string> {
  const result = await outcome;
  return result.ok ? 'Ok' : result.refusal.status;
}

const refusals: [DiskCall, string, string][] = [
  ['write', 'ENOSPC', 'the disk is full (ENOSPC)'],
  ['write', 'EROFS', 'the disk is read-only (EROFS)'],
  ['sync', 'EIO', 'the disk reports an error (EIO)'],
];

test.each(refusals)(
  'a %s that fails with %s refuses the change, and the status says why',
  async (call, code, reason) => {
    const before = await scanned(store);
    fail(call, code);
    const asked = [
      store.setKeys(token, entriesOf({ a: '"refused"', c: '3' }), cause),
      store.newSession({ name: 'refused', shared: true }, cause),
      store.endAllSessions(cause),
    ];
    const statuses = [];
    for (const each of asked) statuses.push(await statusOf(each));
    expect(statuses).toEqual(asked.map(() => 'StoreUnavailable'));
    expect(store.status()).toMatchObject({ state: 'refusing', reason });
    // Nothing of it is seen: not now, and not after a restart.
    expect(await scanned(store)).toEqual(before);
    expect(await statusOf(store.clearKeys(token, cause))).toBe('StoreUnavailable');
    expect(given(await store.keyNames(token))).toEqual(['a', 'b']);
    const copy = disk.copy();
    expect(await scanned(await openJournalStore({ disk: copy, clock }))).toEqual(before);
  },
);

test('what was refused is not seen though the disk took it and cannot be cut back', async () => {
  disk.onCall = (call) => {
    if (call === 'sync' || call === 'truncate') throw systemError('EIO');
  };
  expect(await statusOf(store.clearKeys(token, cause))).toBe('StoreUnavailable');
  expect(given(await store.keyNames(token))).toEqual(['a', 'b']);
  await mend();
  const copy = disk.copy();
  expect(await count(await openJournalStore({ disk: copy, clock }), token)).toBe(2);
});

describe('what was refused does not come back', () => {
  /** The disk fails, takes no snapshot, and keeps what it was given. @returns The log when its sync failed. */
  async function refuse(failing: readonly DiskCall[]): Promise<Buffer> {
    let log: Buffer = Buffer.alloc(0);
    disk.onCall = (call, name) => {
      if (call === 'sync' && name === 'log-1') log = disk.bytesOf(name);
      else if (!/^(snap|trial)/.test(name) && !failing.includes(call)) return;
      throw systemError('EIO');
    };
    expect(await statusOf(store.clearKeys(token, cause))).toBe('StoreUnavailable');
    return log;
  }

  const countAfter = async (left: FaultyDisk) =>
    count(await openJournalStore({ disk: left, clock }), token);

  test('when the server ends and neither cut nor snapshot has worked', async () => {
    await refuse(['truncate']);
    expect(await countAfter(disk.copy())).toBe(2);
    await mend();
    expect(await countAfter(disk.copy())).toBe(2);
  });

  test('when the power goes and the cut is forgotten', async () => {
    const log = await refuse([]);
    const left = disk.copyOnDisk();
    left.put('log-1', log);
    expect(await countAfter(left)).toBe(2);
  });

  test('when a full disk creates no file', async () => {
    await refuse(['create']);
    expect(await countAfter(disk.copy())).toBe(2);
  });
});

test('a server that is killed while it tries for a snapshot again starts with all data', async () => {
  const left: FaultyDisk[] = [];
  disk.onCall = (call, name) => {
    if (call === 'sync' && name === 'log-1') throw systemError('EIO');
    if (call !== 'write' || !name.startsWith('snap')) return;
    left.push(disk.copy());
    throw systemError('ENOSPC');
  };
  await store.clearKeys(token, cause);
  for (let retry = 0; retry < 2; retry += 1) {
    await turns();
    clock.advance(retryMs);
  }
  await turns();
  expect(left).toHaveLength(2);
  for (const each of left) {
    expect(await count(await openJournalStore({ disk: each, clock }), token)).toBe(2);
  }
});

test('half a write is cut off', async () => {
  const { length } = disk.bytesOf('log-1');
  let calls = 0;
  disk.onCall = (call, _name, bytes) => {
    if (call !== 'write') return undefined;
    calls += 1;
    if (calls === 1) return Math.floor(bytes / 2);
    throw systemError('ENOSPC');
  };
  expect(await statusOf(store.clearKeys(token, cause))).toBe('StoreUnavailable');
  expect(disk.bytesOf('log-1').length).toBe(length);
});

test('a write that takes only a part at a time is continued', async () => {
  disk.onCall = (call, _name, bytes) => (call === 'write' ? Math.min(bytes, 7) : undefined);
  expect(await statusOf(store.setKeys(token, entriesOf({ c: '3' }), cause))).toBe('Ok');
  const before = await scanned(store);
  disk.crash();
  expect(await scanned(await openJournalStore({ disk, clock }))).toEqual(before);
});

test('when there is space again, changes are accepted without a restart', async () => {
  fail('write', 'ENOSPC');
  await store.clearKeys(token, cause);
  clock.advance(retryMs);
  await turns();
  expect(store.status().state).toBe('refusing');
  await mend();
  expect(store.status()).toMatchObject({ state: 'ready', reason: undefined });
  expect(await statusOf(store.setKeys(token, entriesOf({ c: '3' }), cause))).toBe('Ok');
  const before = await scanned(store);
  disk.crash();
  expect(await scanned(await openJournalStore({ disk, clock }))).toEqual(before);
});

test('a sync that failed is never tried again on the same file', async () => {
  let synced: string[] = [];
  disk.onCall = (call, name) => {
    if (call !== 'sync') return;
    synced.push(name);
    throw systemError('EIO');
  };
  await store.clearKeys(token, cause);
  expect(synced).toEqual(['log-1', 'log-2']);
  synced = [];
  disk.onCall = (call, name) => void (call === 'sync' && synced.push(name));
  await turns();
  clock.advance(retryMs);
  await turns();
  await store.clearKeys(token, cause);
  expect(store.status().state).toBe('ready');
  expect(synced).not.toContain('log-1');
  expect(synced).toContain('log-2');
});

test('reads are answered meanwhile, but for one that would move a deadline', async () => {
  const extension = { onSetAdd: true, onGet: true };
  const cart = { name: 'cart', shared: false, expiry: endsAfter(10), extension };
  const extended = tokenOf(await store.newSession(cart, cause));
  fail('sync', 'EIO');
  await store.clearKeys(token, cause);
  expect(await statusOf(store.getKeys(extended, ['a'], cause))).toBe('StoreUnavailable');
  expect(await statusOf(store.getKeys(token, ['a'], cause))).toBe('Ok');
  expect(await statusOf(store.sessionFacts(extended))).toBe('Ok');
  clock.advance(10_001);
  expect(await count(store, extended)).toBe('SessionNotExist');
});

test('a read that waited for what was refused shows what is on disk', async () => {
  fail('write', 'ENOSPC');
  const change = store.setKeys(token, entriesOf({ c: '3' }), cause);
  const read = store.keyNames(token);
  expect(await statusOf(change)).toBe('StoreUnavailable');
  expect(given(await read)).toEqual(['a', 'b']);
});

test('deadlines hold while changes are refused, and what comes after is right', async () => {
  const restarted = await newSession(store, restartsAfter(6));
  await store.setKeys(restarted, entriesOf({ old: '1' }), cause);
  fail('write', 'ENOSPC');
  await store.clearKeys(token, cause);
  clock.advance(retryMs);
  await turns();
  // The term ends between the last sync and the snapshot, and again after it.
  clock.advance(2_000);
  await mend();
  expect(store.status().state).toBe('ready');
  await store.setKeys(restarted, entriesOf({ new: '1' }), cause);
  disk.crash();
  const again = await openJournalStore({ disk, clock });
  expect(given(await again.keyNames(restarted))).toEqual(['new']);
});

test('followers are asked to read everything again', async () => {
  const changes: (Change | Gap)[] = [];
  store.subscribe((change) => changes.push(change));
  fail('write', 'ENOSPC');
  await store.clearKeys(token, cause);
  expect(changes.map(({ kind }) => kind)).toEqual(['cleared', 'gap']);
});

test('a long change that ends after the disk has failed is refused and undone', async () => {
  const items = `[${Array.from({ length: 20_000 }, (_, index) => index).join(',')}]`;
  await store.setKeys(token, entriesOf({ long: items }), cause);
  const update = {
    key: 'long',
    path: `$[?@ == 7${' && count($[?@ > 19990]) == 9'.repeat(3)}]`,
    value: asJsonText('1'),
  };
  const long = store.updateNodes(token, update, cause);
  expect(long).toBeInstanceOf(Promise);
  const other = await newSession(store);
  fail('write', 'ENOSPC');
  expect(await statusOf(store.setKeys(other, entriesOf({ a: '1' }), cause))).toBe(
    'StoreUnavailable',
  );
  expect(await statusOf(long)).toBe('StoreUnavailable');
  const keys = given(await store.getKeys(token, ['long'], cause));
  expect(keys.get('long')).toBe(items);
});

test('sessions that cannot be read back are not shown until they can', async () => {
  const other = await newSession(store);
  disk.onCall = (call) => {
    if (call === 'write' || call === 'read') throw systemError('EIO');
  };
  expect(await statusOf(store.clearKeys(token, cause))).toBe('StoreUnavailable');
  expect(await statusOf(store.keyNames(token))).toBe('StoreUnavailable');
  expect(await statusOf(store.totals())).toBe('StoreUnavailable');
  expect(await count(store, other)).toBe(0);
  await mend();
  expect(given(await store.keyNames(token))).toEqual(['a', 'b']);
  expect(store.status().state).toBe('ready');
});

describe('with relaxed', () => {
  beforeEach(() => open('relaxed'));

  test('what was confirmed stays, and is on disk when the disk takes it again', async () => {
    fail('write', 'ENOSPC');
    expect(await statusOf(store.setKeys(token, entriesOf({ c: '3' }), cause))).toBe('Ok');
    clock.advance(1_000);
    await turns();
    expect(store.status().state).toBe('refusing');
    expect(await statusOf(store.clearKeys(token, cause))).toBe('StoreUnavailable');
    expect(await count(store, token)).toBe(3);
    await mend();
    expect(store.status().state).toBe('ready');
    disk.crash();
    expect(await count(await openJournalStore({ disk, clock }), token)).toBe(3);
  });

  test('a sync that fails while later changes are written loses none of them', async () => {
    disk.hold();
    disk.onCall = (call) => {
      if (call === 'sync') throw systemError('EIO');
    };
    for (const c of ['3', '4', '5']) {
      expect(await statusOf(store.setKeys(token, entriesOf({ c }), cause))).toBe('Ok');
      clock.advance(100);
      await turns();
    }
    disk.release();
    await mend();
    expect(store.status()).toMatchObject({ state: 'ready', journal: { unsyncedBytes: 0 } });
    await store.setKeys(token, entriesOf({ d: '6' }), cause);
    clock.advance(100);
    await turns();
    disk.crash();
    const again = await openJournalStore({ disk, clock });
    const values = given(await again.getKeys(token, ['c', 'd'], cause));
    expect([...values.values()]).toEqual(['5', '6']);
  });

  test.each(['forgets', 'keeps'])(
    'a crash at any call of the disk leaves the changes up to one of them, if it %s what was not synced',
    async (how) => {
      for (let crashAt = 0, isOver = false; !isOver; crashAt += 1) {
        let calls = 0;
        await open('relaxed');
        clock.advance(1_000);
        await turns();
        const crashed = new Promise<void>((resolve) => {
          disk.onCall = () => {
            calls += 1;
            if (calls <= crashAt) return;
            disk.crash(how === 'keeps' ? ({ seen }) => seen : undefined);
            resolve();
          };
        });
        const work = async () => {
          for (let value = 1; value <= 6; value += 1) {
            await store.setKeys(token, entriesOf({ a: `${value}`, b: `${value}` }), cause);
            if (value % 2 === 0) clock.advance(100);
            await setImmediate();
          }
          clock.advance(1_000);
          await turns();
        };
        await Promise.race([work(), crashed]);
        isOver = calls <= crashAt;
        disk.onCall = () => undefined;
        const again = await openJournalStore({ disk, clock });
        const values = given(await again.getKeys(token, ['a', 'b'], cause));
        expect(['1,2', '1,1', '2,2', '4,4', '6,6']).toContain([...values.values()].join());
      }
    },
  );
});
