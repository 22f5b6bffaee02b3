import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Redis } from 'ioredis';
import type { Token } from '../../../protocol/token.ts';
import { startLossyProxy, type LossyProxy } from '../../../test/server/cluster/lossyProxy.ts';
import { createClusterStore } from '../../../test/server/clusterStore.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { given, idOf } from '../../../test/server/memoryStore.ts';
import { startRedis, type TestRedis } from '../../../client/testing/startRedis.ts';
import { whyNoRedis } from '../../../test/server/whyNoRedis.ts';
import {
  endsAfter,
  entriesOf,
  newSession,
} from '../../../test/server/storeContract/storeUnderTest.ts';
import type { Cause, Change, Gap } from '../changes.ts';
import type { RememberedChange } from '../timeline.ts';
import type { ClusterStore } from './clusterStore.ts';

const by = (command: Cause['command'], connection = 3): Cause => ({ connection, command });

/** Time in which what is missing must be noticed, and listened to again, on a busy machine. */
const within = { timeout: 20_000, interval: 20 };

describe.skipIf(whyNoRedis)(
  `the changes of all servers${whyNoRedis ? ` ${whyNoRedis}` : ''}`,
  () => {
    let redis: TestRedis;
    let admin: Redis;
    let proxy: LossyProxy;
    /** Whose inspector is open, and whose clients change something. */
    let here: ClusterStore;
    let there: ClusterStore;
    let clock: FakeClock;
    let seen: (Change | Gap)[];

    beforeAll(async () => {
      redis = await startRedis();
      admin = new Redis(redis.port, '127.0.0.1');
      proxy = await startLossyProxy(redis.port);
    });
    afterAll(async () => {
      admin.disconnect();
      await proxy.stop();
      await redis.close();
    });
    beforeEach(async () => {
      await admin.flushall();
      clock = new FakeClock();
      here = createClusterStore({ clock, serverName: () => 'here' }, proxy);
      there = createClusterStore({ clock, serverName: () => 'there' }, redis);
      await Promise.all([here.open(), there.open()]);
      seen = [];
    });
    afterEach(async () => {
      proxy.lose(false);
      await Promise.all([here.close(), there.close()]);
    });

    async function follow(): Promise<() => void> {
      const leave = here.subscribe((change) => seen.push(change));
      await here.whenPublished();
      return leave;
    }

    const set = async (token: Token, values: Record<string, string>, connection = 3) =>
      there.setKeys(token, entriesOf(values), by('KV_SET', connection));

    const shown = (change: RememberedChange) => [
      change.kind,

      change.cause &&
        `${change.cause.command} by ${change.cause.connection} of ${change.cause.server}`,
      ...[...change.keys()].map(({ key, before, after }) => `${key}: ${before} → ${after}`),
    ];

    /** The oldest first. */
    const timeline = async (token: Token, store = here) =>
      given(
        await store.readTimeline(idOf(token), (read) => ({
          isEnded: read.isEnded,
          isFromBeginning: read.sinceMs === undefined,
          dropped: read.dropped,
          changes: [...read.newestFirst()].reverse().map(shown),
        })),
      );

    const writer = async (token: Token, key: string) => {
      const view = given(await here.viewKeys(idOf(token), [key]));
      const { cause } = view?.writers.get(key) ?? {};
      return [view?.entries.get(key), cause?.connection, cause?.command, cause?.server];
    };

    const gaps = () => seen.filter(({ kind }) => kind === 'gap').length;

    test('a timeline has what any server has changed, with the server, and what was before', async () => {
      await follow();
      const token = await newSession(there, endsAfter(100), 'demo');
      await set(token, { a: '1', b: '2' });
      await here.setKeys(token, entriesOf({ a: '10' }), by('KV_SET', 7));
      await there.removeKeys(token, ['b', 'nope'], by('KV_RMV'));
      await there.replaceKeys(token, entriesOf({ c: '[1]' }), by('KV_CLEAR_SET'));
      await there.clearKeys(token, by('KV_CLEAR'));
      await set(token, { last: '"word"' });
      expect(await timeline(token)).toEqual({
        isEnded: false,
        isFromBeginning: true,
        dropped: 0,
        changes: [
          ['created', 'undefined by 1 of there'],
          ['stored', 'KV_SET by 3 of there', 'a: undefined → 1', 'b: undefined → 2'],
          ['stored', 'KV_SET by 7 of here', 'a: 1 → 10'],
          ['removed', 'KV_RMV by 3 of there', 'b: 2 → undefined'],
          ['replaced', 'KV_CLEAR_SET by 3 of there', 'a: 10 → undefined', 'c: undefined → [1]'],
          ['cleared', 'KV_CLEAR by 3 of there', 'c: [1] → undefined'],
          ['stored', 'KV_SET by 3 of there', 'last: undefined → "word"'],
        ],
      });
      expect(await writer(token, 'last')).toEqual(['"word"', 3, 'KV_SET', 'there']);
      await there.endSession(token, by('SH_END'));
      await here.whenPublished();
      expect(given(await here.listEnded())).toMatchObject([
        { number: 1, token, name: 'demo', cause: by('SH_END') },
      ]);
      const { isEnded, changes } = (await timeline(token)) ?? {};
      expect([isEnded, changes?.at(-1)]).toEqual([
        true,
        ['ended', 'SH_END by 3 of there', 'last: "word" → undefined'],
      ]);
    });

    test('what was there before it was followed is known as it was, and no more', async () => {
      const token = await newSession(there);
      await set(token, { a: '1', b: '1' });
      await follow();
      expect(await writer(token, 'a')).toEqual(['1', undefined, undefined, undefined]);
      await set(token, { a: '2' });
      expect(await timeline(token)).toMatchObject({
        isFromBeginning: false,
        changes: [['stored', 'KV_SET by 3 of there', 'a: 1 → 2']],
      });
      expect(await writer(token, 'b')).toEqual(['1', undefined, undefined, undefined]);
    });

    test('while one server changes a session without end, the last change is what is there', async () => {
      await follow();
      const token = await newSession(there);
      const reading = new AbortController();
      const changing = (async () => {
        let count = 0;
        while (!reading.signal.aborted) await set(token, { n: String((count += 1)) });
      })();
      for (let times = 0; times < 30; times += 1) {
        await here.readTimeline(idOf(token), (read) => {
          const [newest] = read.newestFirst();
          const [step] = newest?.keys() ?? [];
          expect(step?.after).toBe(read.keys.get('n'));
          if (step?.after !== undefined && step.before !== undefined)
            expect(Number(step.after) - Number(step.before)).toBe(1);
        });
      }
      reading.abort();
      await changing;
    });

    test('a lost message shows with the next one: a gap, and nothing wrong after it', async () => {
      await follow();
      const token = await newSession(there);
      await set(token, { a: '1' });
      await here.whenPublished();
      proxy.lose(true);
      await set(token, { a: '2' });
      await vi.waitFor(() => expect(proxy.lost).toBeGreaterThan(0), within);
      proxy.lose(false);
      expect(gaps()).toBe(0);
      await set(token, { b: '3' });
      await here.whenPublished();
      expect(gaps()).toBe(1);
      // The change that is missing may have been of any key.
      expect(await writer(token, 'a')).toEqual(['2', undefined, undefined, undefined]);
      expect(await timeline(token)).toMatchObject({
        isFromBeginning: false,
        changes: [['stored', 'KV_SET by 3 of there', 'b: undefined → 3']],
      });
    });

    test('a lost message shows although no other comes', async () => {
      await follow();
      const token = await newSession(there);
      await here.whenPublished();
      const before = proxy.lost;
      proxy.lose(true);
      await set(token, { a: '2' });
      await vi.waitFor(() => expect(proxy.lost).toBeGreaterThan(before), within);
      await vi.waitFor(() => expect(gaps()).toBe(1), within);
    }, 30_000);

    test('totals that follow the changes are those that there are, also when a message got lost', async () => {
      const early = await newSession(there, endsAfter(100));
      await follow();
      const both = async () => [given(await here.liveTotals()), given(await there.totals())];
      for (const values of [{ a: '1' }, { a: '22', b: '[3]' }, { c: '4' }]) {
        const token = await newSession(there);
        await set(token, values);
        await here.setKeys(early, entriesOf(values), by('KV_SET'));
        await here.whenPublished();
        const [live, all] = await both();
        expect(live).toEqual(all);
      }
      const before = proxy.lost;
      proxy.lose(true);
      await there.endSession(early, by('SH_END'));
      await vi.waitFor(() => expect(proxy.lost).toBeGreaterThan(before), within);
      await vi.waitFor(async () => {
        const [live, all] = await both();
        expect(live).toEqual(all);
        expect(live?.sessions).toBe(3);
      }, within);
    }, 30_000);

    test('a reader does not wait for a lost message for ever', async () => {
      await follow();
      const token = await newSession(there);
      await here.whenPublished();
      proxy.lose(true);
      await set(token, { a: '2' });
      expect(await writer(token, 'a')).toEqual(['2', undefined, undefined, undefined]);
      expect(gaps()).toBe(1);
    });

    test('a lost connection comes back, with a gap for what was missed', async () => {
      await follow();
      const token = await newSession(there);
      await here.whenPublished();
      proxy.cut();
      await set(token, { a: '1' });
      await vi.waitFor(() => expect(gaps()).toBeGreaterThan(0), within);
      seen.length = 0;
      await vi.waitFor(async () => {
        await set(token, { a: '2' });
        await here.whenPublished();
        expect(seen.at(-1)).toMatchObject({ kind: 'stored', cause: { server: 'there' } });
      }, within);
    }, 30_000);

    test('nothing is published while nobody follows, and what was followed once is forgotten', async () => {
      const token = await newSession(there);
      await set(token, { a: '1' });
      const kept = async () => (await admin.hkeys(`{sd${Number(token.slice(-10)) % 4}}:c`)).sort();
      expect(await kept()).toEqual(['b', 'k']);
      await follow();
      expect(await kept()).toEqual(['b', 'k', 'w']);
      await set(token, { a: '2' });
      expect(await kept()).toEqual(['b', 'k', 's', 'w']);
    });
  },
);
