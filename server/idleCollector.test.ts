import { expect, test } from 'vitest';
import { FakeClock } from '../test/server/fakeClock.ts';
import { IdleCollector } from './idleCollector.ts';

const megabyte = 1e6;

function start({ heapMb = 300, liveMb = 30 }) {
  const clock = new FakeClock();
  const state = { requests: 0, collections: 0, heapMb };
  const collector = new IdleCollector({
    clock,
    requests: () => state.requests,
    collect: () => {
      state.collections += 1;
      state.heapMb = liveMb;
    },
    heapBytes: () => state.heapMb * megabyte,
  });
  collector.start();
  const pass = (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 1) clock.advance(1_000);
  };
  return { state, collector, clock, pass };
}

test('a heap that has grown is collected three times once the server is idle', () => {
  const { state, pass, collector } = start({});
  pass(9);
  expect(state.collections).toBe(0);
  pass(2);
  expect(state.collections).toBe(2);
  state.requests += 1;
  state.heapMb = 300;
  pass(10);
  expect(state.collections).toBe(2);
  pass(60);
  expect(state.collections).toBe(5);
  const [family] = collector.families();
  expect(family?.samples).toContainEqual({ suffix: '_count', value: 5 });
});

test('after a few requests more, there is nothing to collect', () => {
  const { state, pass } = start({ liveMb: 200 });
  pass(60);
  expect(state.collections).toBe(3);
  state.requests += 1;
  state.heapMb = 215;
  pass(60);
  expect(state.collections).toBe(3);
  state.requests += 1;
  state.heapMb = 217;
  pass(60);
  expect(state.collections).toBe(6);
});

test('nothing is collected while requests come', () => {
  const { state, pass } = start({});
  for (let count = 0; count < 30; count += 1) {
    state.requests += 1;
    pass(5);
  }
  expect(state.collections).toBe(0);
});

test('a heap that is small is not collected', () => {
  const { state, pass } = start({ heapMb: 33 });
  pass(60);
  expect(state.collections).toBe(0);
});

test('one that is stopped has no timer left', () => {
  const { collector, clock } = start({});
  collector.stop();
  expect(clock.waitsMs).toEqual([]);
});
