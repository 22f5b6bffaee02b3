import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Token } from '../../../protocol/token.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { FaultyDisk, systemError } from '../../../test/server/faultyDisk.ts';
import { createJournalStore, openJournalStore } from '../../../test/server/journalStore.ts';
import { cause, given } from '../../../test/server/memoryStore.ts';
import { scanned } from '../../../test/server/storeContract/scanContract.ts';
import {
  entriesOf,
  newSession,
  restartsAfter,
} from '../../../test/server/storeContract/storeUnderTest.ts';
import type { SessionStore } from '../sessionStore.ts';

const bySize = { minLogBytes: 10_000, maxAgeMs: Number.POSITIVE_INFINITY };

async function untilIdle(disk: FaultyDisk): Promise<void> {
  let before: string;
  do {
    before = disk.names.join();
    for (let turn = 0; turn < 50; turn += 1) await setImmediate();
  } while (disk.names.join() !== before || disk.names.some((name) => name.endsWith('.tmp')));
}

const writeMuch = async (store: SessionStore, token: Token) => {
  for (let index = 0; index < 12; index += 1) {
    await store.setKeys(token, entriesOf({ [`k${index}`]: `"${'x'.repeat(1_000)}"` }), cause);
  }
};

test('logs that have grown are replaced by a snapshot, which gives the same store', async () => {
  const disk = new FaultyDisk();
  const store = await openJournalStore({ disk, compaction: bySize });
  const token = await newSession(store);
  await writeMuch(store, token);
  await untilIdle(disk);
  expect(disk.names).toEqual(['FORMAT', 'log-2', 'snap-2']);
  expect(store.status().journal).toMatchObject({ lastSnapshotAtMs: expect.any(Number) });
  await store.setKeys(token, entriesOf({ later: '1' }), cause);
  const before = await scanned(store);
  disk.crash();
  expect(await scanned(await openJournalStore({ disk }))).toEqual(before);
});

test('a snapshot shows a session as it was, though its keys expire before it is written', async () => {
  const [disk, clock] = [new FaultyDisk(), new FakeClock()];
  const store = await openJournalStore({ disk, clock, compaction: bySize });
  const token = await newSession(store);
  const expiring = await newSession(store, restartsAfter(10));
  await store.setKeys(expiring, entriesOf({ old: '1' }), cause);
  let image: FaultyDisk | undefined;
  disk.onCall = (call, name) => {
    if (call === 'create' && name.startsWith('snap')) clock.advance(10_001);
    // The power goes before the end of the keys is on disk.
    if (call === 'remove' && name === 'log-1') image ??= disk.copyOnDisk();
  };
  await writeMuch(store, token);
  await untilIdle(disk);
  if (!image) throw new Error('There was no snapshot');
  const again = await openJournalStore({ disk: image, clock });
  expect(given(await again.keyNames(expiring))).toEqual([]);
});

test('an old snapshot is replaced though the logs are short', async () => {
  const [disk, clock] = [new FaultyDisk(), new FakeClock()];
  const compaction = { minLogBytes: 10_000_000, maxAgeMs: 3_600_000 };
  const store = await openJournalStore({ disk, clock, compaction });
  const token = await newSession(store);
  const large = entriesOf({ large: `"${'x'.repeat(1_100_000)}"` });
  await store.setKeys(token, large, cause);
  clock.advance(3_500_000);
  await untilIdle(disk);
  expect(disk.names).toEqual(['FORMAT', 'log-1']);
  clock.advance(200_000);
  await untilIdle(disk);
  expect(disk.names).toEqual(['FORMAT', 'log-2', 'snap-2']);
});

test('a session with very many keys is read as it was written', async () => {
  const disk = new FaultyDisk();
  const store = await openJournalStore({ disk, compaction: bySize });
  const token = await newSession(store);
  const keys = Object.fromEntries(Array.from({ length: 3_001 }, (_, at) => [`key ${at}`, `${at}`]));
  await store.setKeys(token, entriesOf(keys), cause);
  await untilIdle(disk);
  expect(disk.names).toContain('snap-2');
  const before = await scanned(store);
  disk.crash();
  expect(await scanned(await openJournalStore({ disk }))).toEqual(before);
});

test('a snapshot that cannot be written leaves everything as it was, and changes are accepted', async () => {
  const disk = new FaultyDisk();
  const store = await openJournalStore({ disk, compaction: bySize });
  const token = await newSession(store);
  disk.onCall = (call, name) => {
    if (call === 'write' && name.startsWith('snap')) throw systemError('ENOSPC');
  };
  await writeMuch(store, token);
  await untilIdle(disk);
  expect(store.status()).toMatchObject({ state: 'ready' });
  expect(disk.names).toEqual(['FORMAT', 'log-1', 'log-2']);
  await store.setKeys(token, entriesOf({ later: '1' }), cause);
  const before = await scanned(store);
  disk.crash();
  expect(await scanned(await openJournalStore({ disk }))).toEqual(before);
});

/** A snapshot beside all logs, as right before the old ones are removed. */
async function withOldLogs(): Promise<{ disk: FaultyDisk; sessions: unknown }> {
  const disk = new FaultyDisk();
  const store = await openJournalStore({ disk, compaction: bySize });
  disk.onCall = (call, name) => {
    if (call === 'remove' && name.startsWith('log')) throw systemError('EACCES');
  };
  const token = await newSession(store);
  await writeMuch(store, token);
  await untilIdle(disk);
  await store.setKeys(token, entriesOf({ later: '1' }), cause);
  const sessions = await scanned(store);
  disk.crash();
  expect(disk.names).toEqual(['FORMAT', 'log-1', 'log-2', 'snap-2']);
  return { disk, sessions };
}

test('every flipped byte of a snapshot is found: the logs before it do, or the start is refused', async () => {
  const { disk, sessions } = await withOldLogs();
  const whole = disk.bytesOf('snap-2');
  for (let at = 0; at < whole.length; at += at < 200 ? 1 : 97) {
    const bytes = Buffer.from(whole);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 0x20, at);
    const flipped = disk.copy();
    flipped.put('snap-2', bytes);
    expect(await scanned(await openJournalStore({ disk: flipped }))).toEqual(sessions);
    const alone = flipped.copy();
    await alone.remove('log-1').catch(() => undefined);
    if (alone.names.includes('snap-2')) {
      alone.put('snap-2', bytes);
      await expect(createJournalStore({ disk: alone }).open()).rejects.toThrow(
        'data/snap-2 is damaged',
      );
    }
  }
});

test.each([
  ['log-2', 'data/log-2 is damaged at byte 0: the file is missing'],
  ['snap-2', 'data/snap-2 is damaged at byte 0: there is no good snapshot'],
])('without %s the start is refused', async (missing, line) => {
  const disk = new FaultyDisk();
  const store = await openJournalStore({ disk, compaction: bySize });
  await writeMuch(store, await newSession(store));
  await untilIdle(disk);
  await store.close();
  await disk.remove(missing);
  await expect(createJournalStore({ disk }).open()).rejects.toThrow(line);
});

test('a log that is not the newest must be whole', async () => {
  const { disk } = await withOldLogs();
  await disk.remove('snap-2');
  const whole = disk.bytesOf('log-1');
  disk.put('log-1', whole.subarray(0, whole.length - 1));
  await expect(createJournalStore({ disk }).open()).rejects.toThrow(/log-1 is damaged at byte \d+/);
});

test('what is left of a start that was killed is removed, and counts for nothing', async () => {
  const disk = new FaultyDisk();
  const store = await openJournalStore({ disk });
  await newSession(store);
  await store.close();
  disk.put('snap-2.tmp', Buffer.from('half'));
  const again = await openJournalStore({ disk });
  expect(given(await again.totals()).sessions).toBe(1);
  expect(disk.names).toEqual(['FORMAT', 'log-1']);
});

/** Stores keys one after the other. @returns How many were acknowledged when the power went, or all were. */
async function storeUntilCrash(disk: FaultyDisk, crashed: Promise<void>): Promise<number> {
  let acknowledged = 0;
  const work = async () => {
    const compaction = { minLogBytes: 3_000, maxAgeMs: Number.POSITIVE_INFINITY };
    const store = await openJournalStore({ disk, compaction });
    const { token } = given(await store.newSession({ name: 'shared', shared: true }, cause));
    for (let index = 0; index < 12; index += 1) {
      const value = `"${'x'.repeat(800)}"`;
      await store.setKeys(token, entriesOf({ [`a${index}`]: value, [`b${index}`]: value }), cause);
      acknowledged = index + 1;
    }
    for (let turn = 0; turn < 30; turn += 1) await setImmediate();
  };
  await Promise.race([work(), crashed]);
  return acknowledged;
}

test.each(['forgets', 'keeps'])(
  'a crash at any call of the disk loses nothing, if it %s what was not synced',
  async (how) => {
    let crashAt = 0;
    for (let isOver = false; !isOver; crashAt += 1) {
      const disk = new FaultyDisk();
      let calls = 0;
      const crashed = new Promise<void>((resolve) => {
        disk.onCall = () => {
          calls += 1;
          if (calls <= crashAt) return;
          disk.crash(how === 'keeps' ? ({ seen }) => seen : undefined);
          resolve();
        };
      });
      const acknowledged = await storeUntilCrash(disk, crashed);
      isOver = calls <= crashAt;
      disk.onCall = () => undefined;
      const again = await openJournalStore({ disk });
      const [session] = await scanned(again);
      const count = (session?.keys.length ?? 0) / 2;
      // Both keys of a command or none; all that were acknowledged, and perhaps the one after.
      expect([acknowledged, acknowledged + 1]).toContain(count);
    }
    expect(crashAt).toBeGreaterThan(60);
  },
);
