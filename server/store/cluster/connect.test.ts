import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Line } from '../../../test/server/cluster/line.ts';
import { ask } from '../../../client/testing/redisNodes.ts';
import { idOf } from '../../../test/server/memoryStore.ts';
import { startRedis, type TestRedis } from '../../../client/testing/startRedis.ts';
import { whyNoRedis } from '../../../test/server/whyNoRedis.ts';
import { newSession } from '../../../test/server/storeContract/storeUnderTest.ts';
import { systemClock } from '../../clock.ts';
import { silentLog } from '../../log.ts';
import { createTokenSource } from '../tokenSource.ts';
import { ClusterStore } from './clusterStore.ts';

const why = whyNoRedis ? ` ${whyNoRedis}` : '';

let redis: TestRedis;
let line: Line;
let store: ClusterStore;

/** One node that has no slots at first. */
async function startNode(): Promise<void> {
  line = await Line.start();
  const announced = ['--cluster-announce-ip', '127.0.0.1', '--cluster-announce-port'];
  redis = await startRedis({
    flags: ['--cluster-enabled', 'yes', ...announced, String(line.port)],
  });
  line.leadTo(redis.port);
}

async function stopNode(): Promise<void> {
  await line.close();
  await redis.close();
}

const giveSlots = async () => ask(redis.port, 'CLUSTER', 'ADDSLOTSRANGE', '0', '16383');

function storeWithin(waitMs: number): ClusterStore {
  store = new ClusterStore({
    access: {
      nodes: [{ host: '127.0.0.1', port: line.port }],
      cluster: 'auto',
      isTls: false,
      waitMs,
      ack: 'master',
    },
    clock: systemClock,
    tokens: createTokenSource(),
    idOf,
    log: silentLog,
  });
  return store;
}

describe.skipIf(whyNoRedis)(`a start while the cluster is down${why}`, () => {
  beforeEach(startNode);
  afterEach(async () => {
    await store.close();
    await stopNode();
  });

  test('waits for it', async () => {
    const opened = storeWithin(5_000).open();
    // It looks at the cluster more than once.
    await vi.waitUntil(() => line.opened > 5, { timeout: 20_000 });
    await giveSlots();
    await opened;
    expect(await newSession(store)).toMatch(/^\d+$/);
  });

  test('says after a bounded time what is missing', async () => {
    await expect(storeWithin(100).open()).rejects.toThrow(
      /^The cluster of Redis at 127\.0\.0\.1:\d+ was not ready within 1 s$/,
    );
  });
});

describe.skipIf(whyNoRedis)(`a start while the network fails${why}`, () => {
  beforeAll(async () => {
    await startNode();
    await giveSlots();
    const isUp = async () => (await ask(redis.port, 'CLUSTER', 'INFO')).includes('state:ok');
    await vi.waitUntil(isUp, { timeout: 20_000 });
  });
  afterEach(async () => store.close());
  afterAll(stopNode);

  test('says after a bounded time that no node answers', async () => {
    line.set('silent');
    const opened = storeWithin(200).open();
    await expect(opened).rejects.toThrow(/^Redis at 127\.0\.0\.1:\d+ cannot be used: /);
    line.set('open');
  });

  const places = [1, 2, 3, 4, 5];

  test.each(places)('succeeds although it was silent at connection %i', async (place) => {
    const opened = storeWithin(5_000).open();
    await faultAt(place, 'silent', opened);
    await opened;
    expect(await newSession(store)).toMatch(/^\d+$/);
  });

  test.each(places)('succeeds or says why when connection %i and others break', async (place) => {
    const outcome = storeWithin(5_000)
      .open()
      .then(
        () => 'open',
        (error: Error) => error.message,
      );
    await faultAt(place, 'cut', outcome);
    expect(await outcome).toMatch(/^(open|Redis at \S+ cannot be used: .+)$/);
  });

  /** Faults the network for a moment when the start has come to its connection of this number, if it makes so many. */
  async function faultAt(place: number, fault: 'silent' | 'cut', opened: Promise<unknown>) {
    const from = line.opened;
    let isOver = false;
    void opened.catch(() => undefined).then(() => (isOver = true));
    await vi.waitUntil(() => isOver || line.opened >= from + place, {
      interval: 1,
      timeout: 20_000,
    });
    line.set(fault);
    await wait(50);
    line.set('open');
  }
});
