import { expect, test } from 'vitest';
import type { Work, WorkBudget } from '../../jsonPath/workBudget.ts';
import { SlowQueryQueue } from './slowQueryQueue.ts';

test('connections take turns: one search waits for one of each other, however many those have', async () => {
  const queue = new SlowQueryQueue();
  const done: string[] = [];
  /** Is never done within its first slice. */
  const work = (name: string, slices: number) =>
    function* search(_budget: WorkBudget): Work<void> {
      for (let slice = 0; slice < slices; slice += 1) yield;
      done.push(name);
    };
  const ask = (connection: number, name: string, slices: number) =>
    queue.carryOut(connection, work(name, slices), () => undefined);
  const many = Array.from({ length: 40 }, (_, index) => ask(1, `many ${index}`, 50));
  const few = [ask(2, 'few 0', 3), ask(2, 'few 1', 3), ask(3, 'one', 2)];
  await Promise.all([...many, ...few]);
  expect(done.slice(0, 6)).toEqual(['many 0', 'few 0', 'one', 'many 1', 'few 1', 'many 2']);
  expect(done).toHaveLength(43);
  expect(done.filter((name) => name.startsWith('many'))).toEqual(
    many.map((_, index) => `many ${index}`),
  );
});
