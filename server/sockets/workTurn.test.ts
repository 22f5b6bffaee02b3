import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { WorkTurn } from './workTurn.ts';

/** A turn of 20 ms in which a request of so many bytes takes a millisecond. */
function start(bytes = 100) {
  let nowMs = 0;
  const turn = new WorkTurn(() => nowMs);
  const work = (most: number) => {
    let worked = 0;
    for (; worked < most && !turn.isOver; worked += 1) {
      nowMs += 1;
      turn.spend(bytes);
    }
    return worked;
  };
  return { turn, work };
}

const nextTurn = promisify(setImmediate);

test('requests of one turn end after 20 ms, and the next turn continues', async () => {
  const { turn, work } = start();
  expect(work(1000)).toBe(64);
  expect(turn.isOver).toBe(true);
  await nextTurn();
  expect(turn.isOver).toBe(false);
  expect(work(10)).toBe(10);
});

test('few large requests fill a turn as well', () => {
  expect(start(64 * 1024).work(1000)).toBe(21);
});

test('those who had no turn come before those that continue', async () => {
  const { turn, work } = start();
  work(1000);
  const order: string[] = [];
  const waitAs = (name: string) =>
    turn.next(() => {
      order.push(name);
      if (work(1000) > 0 && turn.isOver) waitAs(name);
    });
  for (const name of ['a', 'b', 'c']) waitAs(name);
  for (let count = 0; count < 6; count += 1) await nextTurn();
  expect(order).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
});
