import { expect, test } from 'vitest';
import type { Steps } from '../protocol/steps.ts';
import { Burst, eachInTime, eachOf, inTurns, OneByOne } from './turns.ts';

/** Work of so many steps, which notes each. */
function* work(name: string, count: number, steps: string[]): Steps<string> {
  for (let step = 1; step <= count; step += 1) {
    if (step > 1) yield;
    steps.push(`${name}${step}`);
  }
  return name;
}

test('short work is done at once', () => {
  expect(inTurns(work('a', 1, []))).toBe('a');
  expect(new OneByOne().run(work('a', 1, []))).toBe('a');
});

test('long works do a step each by turns', async () => {
  const steps: string[] = [];
  const both = Promise.all([inTurns(work('a', 3, steps)), inTurns(work('b', 3, steps))]);
  expect(await both).toEqual(['a', 'b']);
  expect(steps).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'b3']);
});

test('a turn of the event loop has one step, whatever is under way', async () => {
  const steps: string[] = [];
  const perTurn: number[] = [];
  const works = ['a', 'b', 'c'].map(async (name) => inTurns(work(name, 4, steps)));
  const state = { isOver: false, before: steps.length };
  const count = () => {
    perTurn.push(steps.length - state.before);
    state.before = steps.length;
    if (!state.isOver) setImmediate(count);
  };
  setImmediate(count);
  await Promise.all(works);
  state.isOver = true;
  expect(Math.max(...perTurn)).toBe(1);
  expect(perTurn.length).toBeGreaterThanOrEqual(8);
});

test('one by one, each is done before the next one continues', async () => {
  const steps: string[] = [];
  const lane = new OneByOne();
  const both = Promise.all([lane.run(work('a', 3, steps)), lane.run(work('b', 3, steps))]);
  expect(await both).toEqual(['a', 'b']);
  expect(steps).toEqual(['a1', 'b1', 'a2', 'a3', 'b2', 'b3']);
});

test('one by one, what a work comes to later holds nobody up, and a failure neither', async () => {
  const lane = new OneByOne();
  function* failing(): Steps<string> {
    yield;
    throw new Error('a bug');
  }
  function* waiting(): Steps<Promise<string>> {
    yield;
    return new Promise<string>(() => {});
  }
  void lane.run(waiting());
  const failed = lane.run(failing());
  await expect(failed).rejects.toThrow('a bug');
  expect(await lane.run(work('c', 2, []))).toBe('c');
});

test('of many items, so many are taken in a step', () => {
  const taken: number[] = [];
  const steps = eachOf([1, 2, 3, 4, 5], { perStep: 2 }, (item) => taken.push(item));
  const counts: number[] = [];
  for (let step = steps.next(); !step.done; step = steps.next()) counts.push(taken.length);
  expect(counts).toEqual([2, 4]);
  expect(taken).toEqual([1, 2, 3, 4, 5]);
});

test('of items that take long, only some are taken in a step', () => {
  const items = Array.from({ length: 1_000 }, (_, at) => at);
  const taken: number[] = [];
  const steps = eachInTime(items, (item) => {
    const endMs = performance.now() + 0.05;
    while (performance.now() < endMs);
    taken.push(item);
  });
  steps.next();
  expect(taken.length).toBeLessThan(1_000);
  while (!steps.next().done);
  expect(taken).toEqual(items);
});

/** Takes a millisecond of processor time. */
function spin(): void {
  const endMs = performance.now() + 1;
  while (performance.now() < endMs);
}

test('of items that take long, fewer are taken in a step, but for the first one, which is only counted', async () => {
  const perTurn: number[] = [0];
  function* slow(): Steps<void> {
    yield* eachOf(Array.from({ length: 150 }), { perStep: 50 }, () => {
      spin();
      perTurn[perTurn.length - 1] = (perTurn.at(-1) ?? 0) + 1;
    });
  }
  const state = { isOver: false };
  const nextTurn = () => {
    if (state.isOver) return;
    perTurn.push(0);
    setImmediate(nextTurn);
  };
  setImmediate(nextTurn);
  await inTurns(slow());
  state.isOver = true;
  expect(perTurn[0]).toBe(50);
  expect(Math.max(...perTurn.slice(1))).toBeLessThan(50);
});

test('a burst waits for the next turns, keeps its order, and has a part of each', async () => {
  const burst = new Burst();
  const done: number[] = [];
  for (let index = 0; index < 40; index += 1) {
    burst.add(() => {
      spin();
      done.push(index);
    });
  }
  expect([done.length, burst.waiting]).toEqual([0, 40]);
  await new Promise<void>((resolve) => {
    burst.add(resolve);
  });
  expect(done).toEqual(Array.from({ length: 40 }, (_, index) => index));
});

test('others have their turn within a burst, and what is added during it is done last', async () => {
  const burst = new Burst();
  const done: string[] = [];
  for (let index = 0; index < 20; index += 1) {
    burst.add(() => {
      spin();
      done.push('work');
    });
  }
  setImmediate(() => setImmediate(() => done.push('other')));
  await new Promise<void>((resolve) => {
    burst.add(() => burst.add(() => resolve()));
  });
  expect(done.indexOf('other')).toBeGreaterThan(0);
  expect(done.indexOf('other')).toBeLessThan(20);
});
