import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { createJournalStore, openJournalStore } from '../../test/server/journalStore.ts';
import { cause, given } from '../../test/server/memoryStore.ts';
import { scanned } from '../../test/server/storeContract/scanContract.ts';
import {
  entriesOf,
  newSession,
  newShared,
} from '../../test/server/storeContract/storeUnderTest.ts';
import { diskFiles, makeDirectory } from '../store/journal/files.ts';
import { frameHeadBytes } from '../store/journal/frame.ts';
import type { JournalStore } from '../store/journal/journalStore.ts';
import { runTool } from './runTool.ts';

const root = mkdtempSync(path.join(tmpdir(), 'seshdeck-tools-'));
afterAll(() => rmSync(root, { recursive: true }));

let directory: string;
let count = 0;

beforeEach(() => {
  count += 1;
  directory = path.join(root, `case-${count}`);
});

const at = (name: string) => path.join(directory, name);
const journalOf = (name: string) => path.join(directory, name, '@journal');

/** Times are real ones here, as the tools have them. */
const clock = new FakeClock();
clock.advanceWithoutTimers(Date.now() - clock.nowMs());

async function open(name: string): Promise<JournalStore> {
  await makeDirectory(journalOf(name));
  return openJournalStore({ files: diskFiles(journalOf(name)), clock });
}

const sessionCount = 5;

/** Data with some of everything. @returns The store, which is running. */
async function fill(name: string): Promise<JournalStore> {
  const store = await open(name);
  for (let index = 0; index < sessionCount; index += 1) {
    const token = await newSession(store, undefined, `session ${index}`);
    await store.setKeys(token, entriesOf({ b: '1.50', a: '14247375118774737462' }), cause);
    await store.removeKeys(token, ['b'], cause);
  }
  const { token } = await newShared(store, 'defaults');
  const many = Object.fromEntries(Array.from({ length: 1_200 }, (_, key) => [`k${key}`, '"ü"']));
  await store.setKeys(token, entriesOf(many), cause);
  const ended = await newSession(store);
  await store.endSession(ended, cause);
  return store;
}

async function contents(store: JournalStore): Promise<unknown> {
  const views = given(await store.viewSessions(given(await store.listSessions(1_000))));
  return { views, sessions: await scanned(store) };
}

const check = (name: string) => runTool({ name: 'check', directory: at(name) });
const repair = () => runTool({ name: 'repair', directory: at('data'), newDirectory: at('new') });
const backup = () => runTool({ name: 'backup', directory: at('data'), file: at('backup') });
const restore = () => runTool({ name: 'restore', file: at('backup'), newDirectory: at('new') });

describe('backup and restore', () => {
  test('give the same sessions, in the same order, and a server continues with them', async () => {
    const store = await fill('data');
    const before = await contents(store);
    // The server is running.
    expect(await backup()).toEqual([`Written to ${at('backup')}: sessions 6, keys 1205`]);
    await store.close();
    expect(await restore()).toEqual([`Written to ${at('new')}: sessions 6, keys 1205`]);
    const restored = await open('new');
    expect(await contents(restored)).toEqual(before);
    await newSession(restored);
    await restored.close();
    expect(await check('new')).toEqual([`${journalOf('new')} is whole: sessions 7, keys 1205`]);
  });

  test('leave files that only the owner can read', async () => {
    await (await fill('data')).close();
    await backup();
    await restore();
    const modes = ['FORMAT', 'log-1', 'snap-1'].map((name) => path.join(journalOf('new'), name));
    for (const file of [at('backup'), ...modes]) expect(statSync(file).mode & 0o777).toBe(0o600);
    for (const each of [at('new'), journalOf('new')])
      expect(statSync(each).mode & 0o777).toBe(0o700);
    expect(readdirSync(journalOf('new')).sort()).toEqual(['FORMAT', 'log-1', 'snap-1']);
  });

  test('never touch what is there already', async () => {
    await (await fill('data')).close();
    writeFileSync(at('backup'), 'mine');
    await expect(backup()).rejects.toThrow(`${at('backup')} is there already`);
    expect(readFileSync(at('backup'), 'utf8')).toBe('mine');
    rmSync(at('backup'));
    await backup();
    await (await open('new')).close();
    const there = readdirSync(journalOf('new'));
    await expect(restore()).rejects.toThrow(`${at('new')} has data already`);
    await expect(repair()).rejects.toThrow(`${at('new')} has data already`);
    expect(readdirSync(journalOf('new'))).toEqual(there);
  });

  test('a backup that ends anywhere is refused, and nothing is written', async () => {
    await (await fill('data')).close();
    await backup();
    const whole = readFileSync(at('backup'));
    for (let length = 0; length < whole.length; length += length < 120 ? 3 : 1_997) {
      writeFileSync(at('backup'), whole.subarray(0, length));
      await expect(restore()).rejects.toThrow(/is no backup|is damaged at byte \d+: /);
    }
    expect(readdirSync(directory).sort()).toEqual(['backup', 'data']);
  });

  test('a backup with a flipped byte anywhere is refused', async () => {
    await (await fill('data')).close();
    await backup();
    const whole = readFileSync(at('backup'));
    for (let place = 0; place < whole.length; place += place < 120 ? 3 : 1_997) {
      const bytes = Buffer.from(whole);
      bytes.writeUInt8(bytes.readUInt8(place) ^ 0x04, place);
      writeFileSync(at('backup'), bytes);
      await expect(restore()).rejects.toThrow(/is no backup|is damaged at byte \d+: /);
    }
    writeFileSync(at('backup'), Buffer.concat([whole, Buffer.from('more')]));
    await expect(restore()).rejects.toThrow('is damaged at byte');
  });

  test('a backup of a newer version is refused as such', async () => {
    await (await fill('data')).close();
    await backup();
    const bytes = readFileSync(at('backup'));
    // The version is the first byte behind the head of the first frame; the checksum covers it.
    bytes.writeUInt8(2, frameHeadBytes);
    const end = frameHeadBytes + bytes.readUInt32LE(8);
    bytes.writeUInt32LE(crc32(bytes.subarray(8, end)), 4);
    writeFileSync(at('backup'), bytes);
    await expect(restore()).rejects.toThrow(
      'was written by a newer version of Seshdeck (format 2, this one knows 1)',
    );
  });

  test('a backup that cannot be written leaves nothing behind', async () => {
    await (await fill('data')).close();
    const file = path.join(at('data'), 'no', 'such\0place');
    await expect(runTool({ name: 'backup', directory: at('data'), file })).rejects.toThrow('null');
    expect(readdirSync(at('data')).filter((name) => name !== 'no')).toEqual(['@journal']);
  });
});

describe('check', () => {
  test('says what is there, and of half a write that it will be cut off', async () => {
    await (await fill('data')).close();
    const whole = `${journalOf('data')} is whole: sessions 6, keys 1205`;
    expect(await check('data')).toEqual([whole]);
    expect(await runTool({ name: 'check', directory: journalOf('data') })).toEqual([whole]);
    const log = path.join(journalOf('data'), 'log-1');
    const bytes = readFileSync(log);
    writeFileSync(log, Buffer.concat([bytes, bytes.subarray(0, 30)]));
    const torn =
      /^log-1 ends in 30 bytes of half a write, left by a crash; the next start cuts them off$/;
    expect(await check('data')).toEqual([expect.stringMatching(torn), whole]);
    // Nothing was cut off yet.
    expect(readFileSync(log).length).toBe(bytes.length + 30);
  });

  test('names the damaged file, the place and what to run', async () => {
    await (await fill('data')).close();
    flip('log-1', 300);
    await expect(check('data')).rejects.toThrow(
      /@journal\/log-1 is damaged at byte \d+: .*\. Run: seshdeck repair .*@journal NEWDIR$/,
    );
  });

  test('says that there is no data', async () => {
    await makeDirectory(at('empty'));
    await expect(check('empty')).rejects.toThrow('has no data');
    await expect(check('nowhere')).rejects.toThrow(/nowhere cannot be read: ENOENT/);
  });
});

/** Damages one byte of a file of the data. */
function flip(name: string, place: number): void {
  const file = path.join(journalOf('data'), name);
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(place) ^ 0x04, place);
  writeFileSync(file, bytes);
}

async function repaired(): Promise<{ lines: string[]; sessions: number; store: JournalStore }> {
  const lines = await repair();
  const store = createJournalStore({ files: diskFiles(journalOf('new')), clock });
  await store.open();
  return { lines, sessions: given(await store.totals()).sessions, store };
}

describe('repair', () => {
  test('writes all of what is not damaged', async () => {
    const first = await fill('data');
    const before = await contents(first);
    await first.close();
    const { lines, store } = await repaired();
    expect(lines).toEqual(['Nothing is lost', `Written to ${at('new')}: sessions 6, keys 1205`]);
    expect(await contents(store)).toEqual(before);
    await store.close();
  });

  // Many syncs, which a busy disk makes long.
  const isLong = { timeout: 60_000 };
  test(
    'wherever a byte is damaged, loses that change and says so, and changes nothing in place',
    isLong,
    async () => {
      await (await fill('data')).close();
      const log = path.join(journalOf('data'), 'log-1');
      const whole = readFileSync(log);
      for (let place = 0; place < 1_500; place += 83) {
        writeFileSync(log, whole);
        flip('log-1', place);
        const damaged = readFileSync(log);
        const { lines, sessions, store } = await repaired();
        expect(lines.join('\n')).toMatch(/log-1: bytes \d+ to \d+ cannot be read/);
        expect(sessions).toBeGreaterThanOrEqual(sessionCount);
        await store.close();
        await check('new');
        expect(readFileSync(log)).toEqual(damaged);
        rmSync(at('new'), { recursive: true });
      }
    },
  );

  test('counts the changes of a session whose beginning is lost', async () => {
    await (await fill('data')).close();
    // The first session's frame begins behind the head of the file.
    flip('log-1', 60);
    const { lines, sessions, store } = await repaired();
    await store.close();
    expect(lines).toContain('changes 1 to 1 are lost');
    expect(lines).toContain('2 later changes were for sessions that are lost');
    expect(sessions).toBe(sessionCount);
  });

  test('reads what is left of a snapshot when there is nothing else', async () => {
    await (await fill('data')).close();
    await backup();
    await restore();
    const [from, to] = [at('new'), at('data')];
    rmSync(to, { recursive: true });
    await makeDirectory(journalOf('data'));
    for (const name of readdirSync(path.join(from, '@journal'))) {
      writeFileSync(
        path.join(journalOf('data'), name),
        readFileSync(path.join(from, '@journal', name)),
      );
    }
    rmSync(from, { recursive: true });
    flip('snap-1', statSync(path.join(journalOf('data'), 'snap-1')).size - 3);
    await expect(check('data')).rejects.toThrow('the data before ends with 0');
    const { lines, sessions, store } = await repaired();
    await store.close();
    expect(lines[0]).toBe('snap-1 is damaged');
    expect(sessions).toBe(sessionCount + 1);
  });

  test('works without a FORMAT that can be read, and refuses a newer one', async () => {
    await (await fill('data')).close();
    writeFileSync(path.join(journalOf('data'), 'FORMAT'), 'what?');
    const { sessions, store } = await repaired();
    await store.close();
    expect(sessions).toBe(sessionCount + 1);
    writeFileSync(path.join(journalOf('data'), 'FORMAT'), 'seshdeck journal 7\n');
    rmSync(at('new'), { recursive: true });
    await expect(repair()).rejects.toThrow(
      'newer version of Seshdeck (format 7, this one knows 1)',
    );
  });
});
