import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import { clusterParts, createClusterStore } from '../../../test/server/clusterStore.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { cause, given } from '../../../test/server/memoryStore.ts';
import { startSlowLine } from '../../../test/server/cluster/slowLine.ts';
import { startRedis, type TestRedis } from '../../../client/testing/startRedis.ts';
import { whyNoRedis } from '../../../test/server/whyNoRedis.ts';
import { storeContract } from '../../../test/server/storeContract/storeContract.ts';
import {
  count,
  endsAfter,
  entriesOf,
  newSession,
} from '../../../test/server/storeContract/storeUnderTest.ts';
import { ClusterStore } from './clusterStore.ts';

describe.skipIf(whyNoRedis)(`the cluster store${whyNoRedis ? ` ${whyNoRedis}` : ''}`, () => {
  let redis: TestRedis;
  let admin: Redis;
  let open: ClusterStore[] = [];

  beforeAll(async () => {
    redis = await startRedis();
    admin = new Redis(redis.port, '127.0.0.1');
  });
  afterEach(async () => {
    await Promise.all(open.map(async (store) => store.close()));
    open = [];
  });
  afterAll(async () => {
    admin.disconnect();
    await redis.close();
  });

  storeContract(
    async () => {
      await admin.flushall();
      const clock = new FakeClock();
      const store = createClusterStore({ clock }, redis);
      open.push(store);
      await store.open();
      return { store, clock, settle: async () => store.whenPublished() };
    },
    { isOneMoment: false },
  );

  test('a node that has lost the functions gets them again, and no call is lost or carried out twice', async () => {
    await admin.flushall();
    const store = createClusterStore({ clock: new FakeClock() }, redis);
    open.push(store);
    await store.open();
    const token = await newSession(store);
    await admin.function('FLUSH');
    const by = asJsonText('1');
    const sums = Array.from({ length: 20 }, async () =>
      store.addToNumber(token, { key: 'n', by }, cause),
    );
    const set = Array.from({ length: 20 }, async (_, at) =>
      store.setKeys(token, entriesOf({ last: String(at) }), cause),
    );
    const outcomes = await Promise.all([...sums, ...set]);
    expect(outcomes.map(({ ok }) => ok)).toEqual(outcomes.map(() => true));
    const found = given(await store.getKeys(token, ['n', 'last'], cause));
    expect([...found.values()]).toEqual(['20', '19']);
  });

  test('a value may take longer on its way than a node may be silent', async () => {
    // Far quicker than what counts as lost, as a busy machine slows it down.
    const line = await startSlowLine(redis.port, 20_000);
    const store = createClusterStore({ clock: new FakeClock(), waitMs: 500 }, line);
    open.push(store);
    await store.open();
    const token = await newSession(store);
    const entries = entriesOf({ long: JSON.stringify('x'.repeat(16_000_000)) });
    const [stored, small] = await Promise.all([
      store.setKeys(token, entries, cause),
      store.setKeys(token, entriesOf({ small: '1' }), cause),
    ]);
    expect([stored.ok, small.ok]).toEqual([true, true]);
    expect(given(await store.getKeys(token, ['long'], cause))).toEqual(entries);
    await line.stop();
  });

  test('a deadline goes by the clock of the node', async () => {
    const { nowMs: _, ...parts } = clusterParts({ clock: new FakeClock() }, redis);
    const store = new ClusterStore(parts);
    open.push(store);
    await store.open();
    const nodeSec = async () => Number((await admin.time())[0]);
    const beforeSec = await nodeSec();
    const token = await newSession(store, endsAfter(100));
    const afterSec = await nodeSec();
    const { expiry } = given(await store.sessionFacts(token)) ?? {};
    expect(expiry?.deadlineSec).toBeGreaterThanOrEqual(beforeSec + 100);
    expect(expiry?.deadlineSec).toBeLessThanOrEqual(afterSec + 100);
  });

  test('what is kept in Redis takes no field of a key, whatever its name', async () => {
    const store = createClusterStore({ clock: new FakeClock() }, redis);
    open.push(store);
    await store.open();
    const token = await newSession(store);
    const keys = ['\u00ff', 'k', 'm', ''];
    await store.setKeys(token, entriesOf(Object.fromEntries(keys.map((key) => [key, '1']))), cause);
    expect(given(await store.keyNames(token))).toEqual(keys);
    expect(await count(store, token)).toBe(4);
  });
});
