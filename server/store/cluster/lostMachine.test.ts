import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import { startRedis } from '../../../client/testing/startRedis.ts';
import { Line } from '../../../test/server/cluster/line.ts';
import { startRedisCluster } from '../../../test/server/cluster/redisCluster.ts';
import { cause, given, idOf } from '../../../test/server/memoryStore.ts';
import { newSession } from '../../../test/server/storeContract/storeUnderTest.ts';
import { whyNoRedis } from '../../../test/server/whyNoRedis.ts';
import { systemClock } from '../../clock.ts';
import { createTokenSource } from '../tokenSource.ts';
import { ClusterStore } from './clusterStore.ts';

const by = asJsonText('1');

interface Site {
  /** Of its nodes. */
  readonly lines: readonly Line[];
  readonly stop: () => Promise<void>;
}

async function oneNode(): Promise<Site> {
  const [redis, line] = [await startRedis(), await Line.start()];
  line.leadTo(redis.port);
  const stop = async () => {
    await line.close();
    await redis.close();
  };
  return { lines: [line], stop };
}

async function cluster(): Promise<Site> {
  const { servers, stop } = await startRedisCluster({ hasLines: true });
  return { lines: servers.flatMap(({ line }) => line ?? []), stop };
}

const sites = [
  ['one node', oneNode],
  ['a cluster', cluster],
] as const;

describe.skipIf(whyNoRedis).each(sites)(
  `%s is lost${whyNoRedis ? ` ${whyNoRedis}` : ''}`,
  (_, start) => {
    let site: Site;
    let store: ClusterStore;
    let said: string[];

    beforeAll(async () => {
      site = await start();
    }, 60_000);
    afterEach(async () => store.close());
    afterAll(async () => site.stop());

    beforeEach(async () => {
      said = [];
      const say = (text: string) => void said.push(text);
      store = new ClusterStore({
        access: {
          nodes: site.lines.map(({ port }) => ({ host: '127.0.0.1', port })),
          cluster: 'auto',
          isTls: false,
          waitMs: 500,
          ack: 'master',
        },
        clock: systemClock,
        tokens: createTokenSource(),
        idOf,
        log: { debug: say, info: say, warn: say, error: say },
      });
      await store.open();
    });

    test('with its machine, and another is in its place: changes are carried out again', async () => {
      const token = await newSession(store);
      const add = async () => store.addToNumber(token, { key: 'n', by }, cause);
      expect((await add()).ok).toBe(true);
      for (const line of site.lines) line.loseConnections();
      expect((await add()).ok).toBe(false);
      await vi.waitFor(async () => expect((await add()).ok).toBe(true), { timeout: 20_000 });
      expect(given(await store.getKeys(token, ['n'], cause)).get('n')).toBe('2');
    });

    test('and says nothing for a while: the status says so', async () => {
      const token = await newSession(store);
      for (const line of site.lines) line.set('silent');
      const isDown = () =>
        expect(store.status()).toMatchObject({ reason: 'Redis cannot be reached' });
      await vi.waitFor(
        async () => {
          await store.countKeys(token);
          isDown();
        },
        { timeout: 20_000 },
      );
      for (const line of site.lines) line.set('open');
      await vi.waitFor(
        async () => {
          expect((await store.countKeys(token)).ok).toBe(true);
          expect(store.status()).toMatchObject({ state: 'ready' });
        },
        { timeout: 20_000 },
      );
      const aboutRedis = new Set(said.filter((text) => text.startsWith('Redis can')));
      expect(aboutRedis).toEqual(
        new Set(['Redis cannot be reached.', 'Redis can be reached again.']),
      );
    });
  },
);
