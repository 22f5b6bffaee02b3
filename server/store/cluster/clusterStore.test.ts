import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import { createClusterStore } from '../../../test/server/clusterStore.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { cause, given } from '../../../test/server/memoryStore.ts';
import { startRedis, whyNoRedis, type RedisServer } from '../../../test/server/redisServer.ts';
import { storeContract } from '../../../test/server/storeContract/storeContract.ts';
import { count, entriesOf, newSession } from '../../../test/server/storeContract/storeUnderTest.ts';
import type { ClusterStore } from './clusterStore.ts';

describe.skipIf(whyNoRedis)(`the cluster store${whyNoRedis ? ` ${whyNoRedis}` : ''}`, () => {
  let redis: RedisServer;
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
    await redis.stop();
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
