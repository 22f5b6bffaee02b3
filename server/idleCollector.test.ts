import { expect, test } from 'vitest';
import { ok } from '../protocol/result.ts';
import { FakeClock } from '../test/server/fakeClock.ts';
import { IdleCollector } from './idleCollector.ts';

const megabyte = 1e6;

function start({ heapMb = 300, dataMb = 1 }) {
  const clock = new FakeClock();
  const state = { requests: 0, collections: 0 };
  const collector = new IdleCollector({
    clock,
    store: { totals: () => ok({ sessions: 0, keys: 0, bytes: dataMb * megabyte }) },
    requests: () => state.requests,
    collect: () => {
      state.collections += 1;
    },
    heapBytes: () => heapMb * megabyte,
  });
  collector.start();
  /** A second at a time: each look at the store needs a turn. */
  const pass = async (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 1) {
      clock.advance(1_000);
      await Promise.resolve();
    }
  };
  return { state, collector, clock, pass };
}

test('a heap much larger than its data is collected five times once the server is idle', async () => {
  const { state, pass, collector } = start({});
  await pass(9);
  expect(state.collections).toBe(0);
  await pass(2);
  expect(state.collections).toBe(2);
  state.requests += 1;
  await pass(10);
  expect(state.collections).toBe(2);
  await pass(60);
  expect(state.collections).toBe(7);
  const [family] = collector.families();
  expect(family?.samples).toContainEqual({ suffix: '_count', value: 7 });
});

test('nothing is collected while requests come', async () => {
  const { state, pass } = start({});
  for (let count = 0; count < 30; count += 1) {
    state.requests += 1;
    await pass(5);
  }
  expect(state.collections).toBe(0);
});

test.each([
  ['a heap that holds little but data', { heapMb: 60, dataMb: 20 }],
  ['a heap that is small', { heapMb: 33, dataMb: 0 }],
  ['so much data that others would wait', { heapMb: 900, dataMb: 34 }],
])('%s is not collected', async (_what, sizes) => {
  const { state, pass } = start(sizes);
  await pass(60);
  expect(state.collections).toBe(0);
});

test('one that is stopped has no timer left', () => {
  const { collector, clock } = start({});
  collector.stop();
  expect(clock.waitsMs).toEqual([]);
});
