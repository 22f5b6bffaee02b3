import { Redis } from 'ioredis';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createClusterStore } from '../../test/server/clusterStore.ts';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { openJournalStore } from '../../test/server/journalStore.ts';
import { cause, given } from '../../test/server/memoryStore.ts';
import { startRedis, type TestRedis } from '../../client/testing/startRedis.ts';
import { whyNoRedis } from '../../test/server/whyNoRedis.ts';
import {
  entriesOf,
  newSession,
  newShared,
} from '../../test/server/storeContract/storeUnderTest.ts';
import { savingTo, startTestServer } from '../../test/server/testServer.ts';
import type { DataSetName } from '../../protocol/dataSetName.ts';
import type { Token } from '../../protocol/token.ts';
import { readConfig } from '../config/readConfig.mjs';
import { listSaves } from '../dataSets/saveDirectory.ts';
import type { SessionRecord } from '../store/changes.ts';
import type { ClusterStore } from '../store/cluster/clusterStore.ts';
import { diskFiles, makeDirectory } from '../store/journal/files.ts';
import type { JournalStore } from '../store/journal/journalStore.ts';
import { runTool } from './runTool.ts';

const clock = new FakeClock();
clock.advanceWithoutTimers(Date.now() - clock.nowMs());

describe.skipIf(whyNoRedis)(`seshdeck copy${whyNoRedis ? ` ${whyNoRedis}` : ''}`, () => {
  const root = mkdtempSync(path.join(tmpdir(), 'seshdeck-copy-test-'));
  let redis: TestRedis;
  let admin: Redis;
  let directory: string;
  let url: string;

  beforeAll(async () => {
    redis = await startRedis();
    admin = new Redis(redis.port, '127.0.0.1');
    url = `redis://127.0.0.1:${redis.port}`;
  });
  beforeEach(async () => {
    await admin.flushall();
    directory = mkdtempSync(path.join(root, 'case-'));
  });
  afterAll(async () => {
    admin.disconnect();
    await redis.close();
    rmSync(root, { recursive: true });
  });

  const at = (name: string) => path.join(directory, name);

  /** As from the command line. */
  async function copy(from: string, to: string): Promise<string[]> {
    const read = readConfig({
      args: ['copy', from, to],
      env: { SESHDECK_STORE_WAIT: '2000' },
      readFile: () => '',
      tryDirectory: () => undefined,
    });
    if (!read.ok || read.value.kind !== 'tool') throw new Error('This is no use of the tool');
    return runTool(read.value.tool);
  }

  async function open(name: string): Promise<JournalStore> {
    const files = path.join(directory, name, '@journal');
    await makeDirectory(files);
    return openJournalStore({ files: diskFiles(files), clock });
  }

  /** Sessions of all kinds, in a data directory. */
  async function fill(name: string): Promise<SessionRecord[]> {
    const store = await open(name);
    const expiry = { durationSec: 5_000, deleteSession: true };
    const extension = { onSetAdd: true, onGet: false };
    const cart = given(
      await store.newSession({ name: 'cart ü', shared: false, expiry, extension }, cause),
    );
    clock.advance(1_500);
    await store.setKeys(cart.token, entriesOf({ b: '1.50', a: '14247375118774737462' }), cause);
    await store.removeKeys(cart.token, ['b'], cause);
    await store.setKeys(cart.token, entriesOf({ b: '[ 1 ]' }), cause);
    const { token } = await newShared(store, 'defaults');
    const many = Object.fromEntries(Array.from({ length: 1_200 }, (_, key) => [`k${key}`, '"ü"']));
    await store.setKeys(token, entriesOf(many), cause);
    for (let count = 0; count < 300; count += 1) await newSession(store);
    const records = await recordsOf(store);
    await store.close();
    return records;
  }

  async function recordsOf(store: {
    readonly records: () => AsyncIterable<SessionRecord>;
  }): Promise<SessionRecord[]> {
    const records: SessionRecord[] = [];
    for await (const record of store.records()) {
      const { token, name, shared, createdAtMs, term, extension, keys, values } = record;
      records.push({ token, name, shared, createdAtMs, term, extension, keys, values });
    }
    return records.sort((one, other) => (one.token < other.token ? -1 : 1));
  }

  async function inRedis<T>(work: (store: ClusterStore) => Promise<T>): Promise<T> {
    // As servers have it, and the tool.
    const store = createClusterStore({ clock, buckets: 1024 }, redis);
    await store.open();
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  test('brings a data directory to Redis and back, with all times and in all order', async () => {
    const before = await fill('data');
    const counts = /sessions 302, keys 1202, checksum [0-9a-f]{16}$/;
    const [to] = await copy(at('data'), url);
    expect(to).toMatch(counts);
    expect(await inRedis(recordsOf)).toEqual(before);
    const [back] = await copy(url, at('new'));
    expect(back?.replace(at('new'), 'Redis')).toBe(to);
    const restored = await open('new');
    expect(await recordsOf(restored)).toEqual(before);
    await restored.close();
  });

  test('may be repeated: what is there is compared, what is missing is brought', async () => {
    const before = await fill('data');
    await inRedis(async (store) => store.bring(before.slice(0, 150)));
    const [line] = await copy(at('data'), url);
    expect(line).toContain('sessions 302, keys 1202');
    expect(await copy(at('data'), url)).toEqual([line]);
    expect(await inRedis(async (store) => given(await store.totals()))).toMatchObject({
      sessions: 302,
      keys: 1202,
    });
  });

  test('leaves a session as it is that is another there, and says so', async () => {
    const [first] = await fill('data');
    if (!first) throw new Error('There is no session');
    await inRedis(async (store) => store.bring([{ ...first, name: 'another' }]));
    await expect(copy(at('data'), url)).rejects.toThrow(
      /^1 sessions in Redis differ .* As they were: sessions 301,/,
    );
    const found = (await inRedis(recordsOf)).find(({ token }) => token === first.token);
    expect(found?.name).toBe('another');
  });

  test('takes the sessions of a running server, and of a save', async () => {
    const server = await startTestServer([], {}, savingTo(directory));
    const client = await server.connect();
    const token = await client.newSession();
    await client.ask(`{"KV_SET":{"tkn":"${token}","keys":{"n":14247375118774737462}}}`);
    await client.ask('{"SH_SAVE":{"name":"carts"}}');
    expect(await copy(server.url, url)).toEqual([expect.stringContaining('sessions 1, keys 1,')]);
    await server.stop();
    await admin.flushall();
    const [save = ''] = await listSaves(directory, 'carts' as DataSetName);
    expect(await copy(save, url)).toEqual([expect.stringContaining('sessions 1, keys 1,')]);
    const keys = await inRedis(async (store) =>
      given(await store.getKeys(token as Token, ['n'], cause)),
    );
    expect([...keys]).toEqual([['n', '14247375118774737462']]);
  });
});
