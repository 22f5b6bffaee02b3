import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { maxTurnMs, weightOf, WorkTurn } from './workTurn.ts';

/** A turn in which a request of so many bytes takes a millisecond. */
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

test('requests of one turn end after some time, and the next turn continues', async () => {
  const { turn, work } = start();
  // The clock is looked at with every 32nd.
  expect(work(1000)).toBe(64);
  expect(turn.isOver).toBe(true);
  await nextTurn();
  expect(turn.isOver).toBe(false);
  expect(work(10)).toBe(10);
});

test('a turn after a busy one begins before its first piece of work, however long that is', async () => {
  let nowMs = 0;
  const turn = new WorkTurn(() => nowMs);
  const read = (ms: number) => {
    nowMs += ms;
    turn.spend(64 * 1024);
    return turn.isOver;
  };
  expect([read(30), read(maxTurnMs / 2)]).toEqual([false, false]);
  await nextTurn();
  expect(read(30)).toBe(true);
  for (let count = 0; count < 3; count += 1) await nextTurn();
  // Nobody knows how long ago this one began.
  expect(read(30)).toBe(false);
});

test('few large requests fill a turn as well', () => {
  expect(start(64 * 1024).work(1000)).toBe(maxTurnMs + 1);
});

test('those who had no turn come before those that continue', async () => {
  const { turn, work } = start();
  work(1000);
  const order: string[] = [];
  const waitAs = (name: string) =>
    turn.next(() => {
      order.push(name);
      if (work(1000) > 0 && turn.isOver) waitAs(name);
    }, 'light');
  for (const name of ['a', 'b', 'c']) waitAs(name);
  for (let count = 0; count < 6; count += 1) await nextTurn();
  expect(order).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
});

test('everybody is read before somebody is read again, in whichever order the system has them', async () => {
  const { turn, work } = start(64 * 1024);
  const readers = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => ({
    name,
    reads: 0,
    lastRound: 0,
    isPaused: false,
  }));
  for (let turns = 0; turns < 40; turns += 1) {
    // All have something to be read, and are found in the same order each time.
    for (const each of readers.filter(({ isPaused }) => !isPaused)) {
      if (turn.isOver) break;
      work(4);
      each.reads += 1;
      each.lastRound = turn.round;
    }
    for (const each of readers) {
      if (!turn.isOver || each.isPaused) continue;
      each.isPaused = true;
      const run = () => {
        each.isPaused = false;
      };
      turn.next(run, weightOf(each.lastRound === turn.round ? 64 * 1024 : 0));
    }
    await nextTurn();
  }
  const reads = readers.map((each) => each.reads);
  expect(Math.min(...reads)).toBeGreaterThan(0.8 * Math.max(...reads));
});

test('who has little to do comes before all that have much, and those have a turn each', async () => {
  const { turn, work } = start();
  work(1000);
  const order: string[] = [];
  for (const name of ['flood a', 'flood b', 'flood c']) {
    turn.next(() => {
      order.push(name);
      work(1000);
    }, 'heavy');
  }
  turn.next(() => order.push('small'), 'light');
  await nextTurn();
  // What it reads comes now, before anybody else has filled this turn.
  expect([order, turn.isOver]).toEqual([['small'], false]);
  await nextTurn();
  expect([order, turn.isOver]).toEqual([['small', 'flood a'], true]);
  turn.next(() => order.push('small'), 'light');
  for (let count = 0; count < 4; count += 1) await nextTurn();
  expect(order).toEqual(['small', 'flood a', 'small', 'flood b', 'flood c']);
});

test('those who have much to do but need little of a turn share it', async () => {
  const { turn, work } = start(64 * 1024);
  const order: string[] = [];
  const flood = (name: string, count: number) =>
    turn.next(() => {
      order.push(name);
      work(count);
    }, 'heavy');
  flood('a', 2);
  flood('b', 2);
  flood('c', 1_000);
  flood('d', 1);
  turn.next(() => order.push('small'), 'light');
  await nextTurn();
  expect(order).toEqual(['small']);
  await nextTurn();
  expect(order).toEqual(['small', 'a', 'b', 'c']);
  expect(turn.hasWaiting).toBe(true);
  for (let count = 0; count < 2; count += 1) await nextTurn();
  expect(order).toEqual(['small', 'a', 'b', 'c', 'd']);
  expect(turn.hasWaiting).toBe(false);
});

test('who has much to do has a turn also while others fill all turns with little', async () => {
  const { turn, work } = start();
  work(1000);
  const order: string[] = [];
  const crowd = () => {
    order.push('crowd');
    work(1000);
    turn.next(crowd, 'light');
  };
  turn.next(crowd, 'light');
  turn.next(() => order.push('flood'), 'heavy');
  for (let count = 0; count < 4; count += 1) await nextTurn();
  expect(order).toEqual(['crowd', 'flood', 'crowd', 'crowd']);
});
