import { describe, expect, test } from 'vitest';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { FaultyDisk } from '../../../test/server/faultyDisk.ts';
import { createJournalStore, openJournalStore } from '../../../test/server/journalStore.ts';
import { cause, given, tokenOf } from '../../../test/server/memoryStore.ts';
import { scanned } from '../../../test/server/storeContract/scanContract.ts';
import {
  count,
  endsAfter,
  entriesOf,
  newSession,
  newShared,
  restartsAfter,
  totalsOf,
} from '../../../test/server/storeContract/storeUnderTest.ts';
import { createLog } from '../../log.ts';
import type { SessionStore } from '../sessionStore.ts';
import { asJsonText } from '../../../protocol/json/jsonText.ts';

/** All that a store shows of its sessions, in order. */
async function contents(store: SessionStore): Promise<unknown> {
  const views = given(await store.viewSessions(given(await store.listSessions(1_000))));
  return { views, sessions: await scanned(store) };
}

/** A store with something of everything in it. */
async function fill(store: SessionStore, clock: FakeClock): Promise<void> {
  const extension = { onSetAdd: true, onGet: true };
  const cart = { name: 'cart', shared: false, expiry: restartsAfter(90), extension };
  const token = tokenOf(await store.newSession(cart, cause));
  await store.setKeys(
    token,
    entriesOf({ b: '1.50', a: '14247375118774737462', ü: '"ü🎉"' }),
    cause,
  );
  await store.addKeys(token, entriesOf({ list: '[1]', __proto__x: '{}' }), cause);
  await store.appendItems(token, { key: 'list', items: [asJsonText('2e400')] }, cause);
  await store.updateNodes(token, { key: 'list', path: '$[0]', value: asJsonText('-0') }, cause);
  clock.advance(5_000);
  await store.getKeys(token, ['a'], cause);
  await store.removeKeys(token, ['a'], cause);
  await store.setKeys(token, entriesOf({ a: '"again, at the end"' }), cause);
  const { token: shared } = await newShared(store, 'defaults');
  await store.replaceKeys(shared, entriesOf({ z: '0', y: '1' }), cause);
  const ended = await newSession(store);
  await store.endSession(ended, cause);
  const touched = await newSession(store);
  await store.touchSession(touched, { durationSec: 500 }, cause);
  const endless = await newSession(store, endsAfter(20));
  await store.touchSession(endless, { durationSec: 0 }, cause);
  await store.addToNumber(token, { key: 'hits', by: asJsonText('9007199254740993') }, cause);
  await store.swapValue(token, { key: 'otp', value: asJsonText('"381022"') }, cause);
  clock.advance(1_000);
  await store.takeKeys(token, ['otp', 'ü'], cause);
  const cleared = await newSession(store, endsAfter(1_000));
  await store.setKeys(cleared, entriesOf({ a: '1' }), cause);
  await store.clearKeys(cleared, cause);
}

describe('a store that is opened again', () => {
  test.each(['closed', 'killed'])(
    'after it was %s shows the same, in the same order',
    async (how) => {
      const [disk, clock] = [new FaultyDisk(), new FakeClock()];
      const first = await openJournalStore({ disk, clock });
      await fill(first, clock);
      const before = await contents(first);
      if (how === 'closed') await first.close();
      else disk.crash();
      const second = await openJournalStore({ disk, clock });
      expect(await contents(second)).toEqual(before);
      expect(given(await second.openShared('defaults'))).toBeDefined();
      // and more is added.
      await newSession(second);
      const after = await contents(second);
      disk.crash();
      expect(await contents(await openJournalStore({ disk, clock }))).toEqual(after);
    },
  );

  test('what expired meanwhile is gone, or emptied and in the term that runs now', async () => {
    const [disk, clock] = [new FaultyDisk(), new FakeClock()];
    const first = await openJournalStore({ disk, clock });
    const ended = await newSession(first, endsAfter(10));
    const restarted = await newSession(first, restartsAfter(10));
    await first.setKeys(restarted, entriesOf({ a: '1' }), cause);
    disk.crash();
    // It never ends, as its disk is gone; its deadlines do.
    void first.close();
    clock.advance(34_000);
    const second = await openJournalStore({ disk, clock });
    expect(await count(second, ended)).toBe('SessionNotExist');
    expect(await count(second, restarted)).toBe(0);
    const facts = given(await second.sessionFacts(restarted));
    expect(facts?.expiry?.remainingSec).toBe(6);
    expect(await totalsOf(second)).toEqual({ sessions: 1, keys: 0 });
  });

  test('a deadline that was not on disk when the power went comes about again', async () => {
    const [disk, clock] = [new FaultyDisk(), new FakeClock()];
    const first = await openJournalStore({ disk, clock });
    const token = await newSession(first, endsAfter(10));
    clock.advanceWithoutTimers(10_001);
    // Answered in the same turn: this change is not waited for.
    expect(first.countKeys(token)).toMatchObject({ refusal: { status: 'SessionNotExist' } });
    disk.crash();
    const second = await openJournalStore({ disk, clock });
    expect(await count(second, token)).toBe('SessionNotExist');
  });

  test('a directory that is not one of ours yet may hold saves', async () => {
    const disk = new FaultyDisk();
    disk.put('notes.txt', Buffer.from('mine'));
    const store = await openJournalStore({ disk });
    await newSession(store);
    await store.close();
    expect(disk.names).toEqual(['FORMAT', 'log-1', 'notes.txt']);
  });

  test.each([
    ['seshdeck journal 2\n', 'newer version of Seshdeck (format 2, this one knows 1)'],
    ['something', 'data/FORMAT cannot be understood'],
  ])('with a FORMAT of %j is refused', async (text, line) => {
    const disk = new FaultyDisk();
    disk.put('FORMAT', Buffer.from(text));
    await expect(createJournalStore({ disk }).open()).rejects.toThrow(line);
    expect(disk.names).toEqual(['FORMAT']);
  });
});

test('data without a FORMAT is refused, and nothing is changed', async () => {
  const disk = new FaultyDisk();
  await (await openJournalStore({ disk })).close();
  await disk.remove('FORMAT');
  const before = disk.bytesOf('log-1');
  await expect(createJournalStore({ disk }).open()).rejects.toThrow('data, but no file FORMAT');
  expect([disk.names, disk.bytesOf('log-1')]).toEqual([['log-1'], before]);
});

/** Five sessions, each acknowledged in its own frame. @returns Where the frames end. */
async function fiveFrames(disk: FaultyDisk): Promise<number[]> {
  const ends: number[] = [];
  const store = await openJournalStore({ disk });
  for (let index = 0; index < 5; index += 1) {
    await newSession(store, undefined, `session ${index}`);
    ends.push(disk.bytesOf('log-1').length);
  }
  return ends;
}

async function sessionsOn(disk: FaultyDisk): Promise<number | string> {
  const store = createJournalStore({ disk });
  try {
    await store.open();
    const { sessions } = given(await store.totals());
    // What is added now must be found behind what was cut off.
    await newSession(store);
    disk.crash();
    const again = await openJournalStore({ disk });
    expect(given(await again.totals()).sessions).toBe(sessions + 1);
    return sessions;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('a log with a fault', { timeout: 60_000 }, () => {
  test('that ends anywhere gives all changes that are whole, and takes more behind them', async () => {
    const disk = new FaultyDisk();
    const ends = await fiveFrames(disk);
    const whole = disk.bytesOf('log-1');
    for (let length = 0; length <= whole.length; length += 1) {
      const cut = disk.copy();
      cut.put('log-1', Buffer.from(whole.subarray(0, length)));
      expect(await sessionsOn(cut)).toBe(ends.filter((end) => end <= length).length);
    }
  });

  test('a flipped byte before later changes is damage; the last write looks like half a write', async () => {
    const disk = new FaultyDisk();
    const ends = await fiveFrames(disk);
    const whole = disk.bytesOf('log-1');
    const lastStart = ends[3] ?? 0;
    for (let at = 0; at < whole.length; at += 1) {
      const flipped = disk.copy();
      const bytes = Buffer.from(whole);
      bytes.writeUInt8(bytes.readUInt8(at) ^ 0x10, at);
      flipped.put('log-1', bytes);
      const found = await sessionsOn(flipped);
      if (at >= lastStart) expect(found).toBe(4);
      else {
        expect(found).toMatch(
          /^data\/log-1 is damaged at byte \d+: .*seshdeck repair data NEWDIR$/,
        );
        expect(flipped.bytesOf('log-1')).toEqual(bytes);
      }
    }
  });

  test('that was closed has no last write: every flipped byte is damage', async () => {
    const disk = new FaultyDisk();
    const store = await openJournalStore({ disk });
    await newSession(store);
    const before = disk.bytesOf('log-1').length;
    await store.close();
    const whole = disk.bytesOf('log-1');
    for (let at = 0; at < before; at += 1) {
      const bytes = Buffer.from(whole);
      bytes.writeUInt8(bytes.readUInt8(at) ^ 0x01, at);
      const flipped = disk.copy();
      flipped.put('log-1', bytes);
      expect(await sessionsOn(flipped)).toMatch(/is damaged at byte/);
    }
  });

  test('what is cut off is logged, with the place', async () => {
    const disk = new FaultyDisk();
    const ends = await fiveFrames(disk);
    const whole = disk.bytesOf('log-1');
    disk.put('log-1', Buffer.from(whole.subarray(0, whole.length - 3)));
    const lines: string[] = [];
    const write = (line: string) => lines.push(line);
    await openJournalStore({
      disk,
      log: createLog({ level: 'info', write, nowMs: () => 0 }),
    });
    expect(lines.join('\n')).toMatch(
      new RegExp(`data/log-1 ended in half a write.*: \\d+ bytes at byte ${ends[3]} were cut off`),
    );
  });
});

describe('a start that takes long', () => {
  async function largeDisk(): Promise<{ disk: FaultyDisk; clock: FakeClock }> {
    const [disk, clock] = [new FaultyDisk(), new FakeClock()];
    const store = await openJournalStore({ disk, clock });
    const token = await newSession(store);
    for (let index = 0; index < 4; index += 1) {
      const large = entriesOf({ [`k${index}`]: `"${'x'.repeat(1_000_000)}"` });
      await store.setKeys(token, large, cause);
    }
    disk.crash();
    // Each look at the disk takes 0.6 s.
    disk.onCall = (call) => void (call === 'read' && clock.advanceWithoutTimers(600));
    return { disk, clock };
  }

  test('says once a second how far it is', async () => {
    const { disk, clock } = await largeDisk();
    const lines: string[] = [];
    const log = createLog({ level: 'info', write: (line) => lines.push(line), nowMs: () => 0 });
    await openJournalStore({ disk, clock, log });
    expect(lines.join('\n')).toMatch(
      /Reading data: \d+ % of 4\.0 MB\n.*data was read in \d\.\d s$/s,
    );
  });

  test('ends when the server is asked to stop', async () => {
    const { disk, clock } = await largeDisk();
    const store = createJournalStore({ disk, clock });
    const opening = store.open();
    const ended = opening.catch(String);
    await store.close();
    expect(await ended).toContain('asked to stop');
  });
});
