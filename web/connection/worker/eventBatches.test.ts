import { expect, test } from 'vitest';
import { EventBatches, maxBacklogBytes, maxBatch } from './eventBatches.ts';
import type { SocketEvent } from '../socketPort.ts';

/** Batches whose window ends, and whose page is through with one, when the test says so. */
function startBatches({ isPrompt = true } = {}) {
  const delivered: SocketEvent[][] = [];
  const timers: (() => void)[] = [];
  let overflows = 0;
  const batches: EventBatches = new EventBatches({
    deliver: (events) => {
      delivered.push([...events]);
      if (isPrompt) queueMicrotask(() => batches.taken());
    },
    setTimer: (run) => {
      timers.push(run);
      return () => {};
    },
    onOverflow: () => (overflows += 1),
  });
  let count = 0;
  const arrive = (bytes = 1) => {
    count += 1;
    batches.add({
      type: 'arrived',
      atMs: count,
      text: '',
      bytes,
      binary: undefined,
      reading: { name: '', statuses: [], session: undefined },
      answers: undefined,
      latencyMs: undefined,
      silent: [],
    });
  };
  const endWindow = async () => {
    timers.splice(0).forEach((run) => run());
    await Promise.resolve();
  };
  const sizes = () => delivered.map((events) => events.length);
  const order = () => delivered.flat().map((event) => (event.type === 'arrived' ? event.atMs : 0));
  return { batches, arrive, endWindow, sizes, order, timers, overflows: () => overflows };
}

test('the first message of a quiet time is passed on at once', async () => {
  const { arrive, endWindow, sizes, timers } = startBatches();
  arrive();
  expect(sizes()).toEqual([1]);
  await endWindow();
  expect(timers).toEqual([]);
  arrive();
  expect(sizes()).toEqual([1, 1]);
});

test('a conversation, one message after another, is never held up', async () => {
  const { arrive, sizes } = startBatches();
  for (let count = 0; count < 5; count += 1) {
    arrive();
    await Promise.resolve();
  }
  expect(sizes()).toEqual([1, 1, 1, 1, 1]);
});

test('a flood comes as one batch a window, whole and in order', async () => {
  const { arrive, endWindow, sizes, order } = startBatches();
  for (let window = 0; window < 4; window += 1) {
    for (let count = 0; count < 300; count += 1) arrive();
    await endWindow();
  }
  expect(sizes().slice(-3)).toEqual([300, 300, 300]);
  expect(order()).toEqual(Array.from({ length: 1200 }, (_, index) => index + 1));
});

test('after a flood a single message is passed on at once again', async () => {
  const { arrive, endWindow, sizes } = startBatches();
  for (let count = 0; count < 300; count += 1) arrive();
  await endWindow();
  await endWindow();
  await endWindow();
  const before = sizes().length;
  arrive();
  expect(sizes()).toHaveLength(before + 1);
});

test('a page that is not through with a batch gets no second one', async () => {
  const { batches, arrive, endWindow, sizes } = startBatches({ isPrompt: false });
  arrive();
  for (let window = 0; window < 5; window += 1) {
    arrive();
    await endWindow();
  }
  expect(sizes()).toEqual([1]);
  batches.taken();
  expect(sizes()).toEqual([1, 5]);
});

test('a page far behind gets what waits in parts, so that it can draw between them', async () => {
  const { batches, arrive, endWindow, sizes, order } = startBatches({ isPrompt: false });
  for (let count = 0; count < 2 * maxBatch + 2; count += 1) arrive();
  await endWindow();
  for (let count = 0; count < 3; count += 1) batches.taken();
  await endWindow();
  expect(sizes()).toEqual([1, maxBatch, maxBatch, 1]);
  expect(order()).toHaveLength(2 * maxBatch + 2);
});

test('more than may wait is reported once, and what came before it is kept', () => {
  const { batches, arrive, sizes, order, overflows } = startBatches({ isPrompt: false });
  arrive();
  arrive(maxBacklogBytes);
  expect(overflows()).toBe(0);
  arrive();
  arrive();
  expect(overflows()).toBe(1);
  batches.add({ type: 'closed', code: 4008, reason: '' });
  batches.taken();
  expect(sizes()).toEqual([1, 2]);
  expect(order()).toEqual([1, 2, 0]);
});
