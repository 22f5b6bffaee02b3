import { describe, expect, test } from 'vitest';
import { NaiveModel, type Plain } from '../naiveModel.ts';
import type { CommandMove } from '../naiveReplies.ts';
import { explain } from './explain.ts';
import type { Operation } from './history.ts';

const token = '5';

function session(): NaiveModel {
  const model = new NaiveModel(0);
  const made = { move: 'SH_NEW' as const, name: 's', shared: false, expiry: undefined };
  model.create(made, token);
  return model;
}

const set = (value: Plain): CommandMove => ({
  move: 'KV_SET',
  at: 0,
  entries: [
    ['x', value],
    ['y', value],
  ],
});
const get: CommandMove = { move: 'KV_GET', at: 0, keys: ['x', 'y'] };
const add: CommandMove = { move: 'KV_INCR', at: 0, key: 'n', by: 1 };

/** A command that was sent and answered at these moments; without a reply: with status 901. */
function did(move: CommandMove, [sentAt, answeredAt]: [number, number], body?: object): Operation {
  const reply = body && JSON.stringify({ [`${move.move}_RSP`]: body });
  return { move, sentAt, answeredAt: reply === undefined ? Infinity : answeredAt, reply };
}

const stored = (x: number, at: [number, number], status = 21) =>
  did(set(x), at, { tkn: token, keys: { x: status, y: status } });
const seen = (x: number, at: [number, number], y = x) =>
  did(get, at, { tkn: token, keys: { x, y } });
const counted = (value: number, at: [number, number]) =>
  did(add, at, { tkn: token, st: 1, key: 'n', value });
const count = (n: number, at: [number, number]) =>
  did({ move: 'KV_GET', at: 0, keys: ['n'] }, at, { tkn: token, keys: { n } });

/** The last command is one that was sent when all was at rest. */
const explained = (...clients: Operation[][]) => {
  const settledAt = Math.max(...clients.flat().map(({ sentAt }) => sentAt));
  return explain({ clients, settledAt }, session());
};

describe('a history', () => {
  test('of one client in its order is sound', () => {
    expect(explained([stored(1, [1, 4], 20), stored(2, [2, 5]), seen(2, [3, 6])])).toEqual({
      kind: 'sound',
    });
  });

  test.each([1, 2])('of two at the same time is sound, either may be first (%i)', (last) => {
    const [one, other] = last === 1 ? [21, 20] : [20, 21];
    const begun = [stored(1, [1, 5], one), seen(last, [6, 7])];
    expect(explained(begun, [stored(2, [2, 4], other)])).toEqual({ kind: 'sound' });
  });

  test.each([1, 2])('is sound whether what nobody knows was carried out or not (%i)', (value) => {
    expect(explained([stored(1, [1, 2], 20), did(set(2), [3, 4]), seen(value, [5, 6])])).toEqual({
      kind: 'sound',
    });
  });

  test('in which a confirmed change is gone has lost it', () => {
    expect(explained([stored(1, [1, 2], 20), stored(2, [3, 4]), seen(1, [5, 6])])).toEqual({
      kind: 'lost',
      writes: 1,
      reads: 0,
    });
  });

  test('in which a counter falls back has lost what is missing', () => {
    const before = [counted(1, [1, 2]), counted(2, [3, 4]), counted(3, [5, 6])];
    expect(explained([...before, counted(2, [7, 8])])).toMatchObject({ kind: 'lost', writes: 2 });
  });

  test('has lost replies to readers, however many, rather than one change', () => {
    const refused = did(add, [3, 4]);
    const shown = [count(2, [5, 6]), count(2, [7, 8]), count(2, [9, 10])];
    const replaced = [counted(2, [11, 12]), count(2, [13, 14])];
    expect(explained([counted(1, [1, 2]), refused, ...shown, ...replaced])).toEqual({
      kind: 'lost',
      writes: 0,
      reads: 3,
    });
  });

  test('has lost no change between two replies that are gone', () => {
    const refused = [did(add, [3, 4]), count(2, [5, 6])];
    const replaced = [stored(1, [7, 8], 20), count(2, [9, 10]), seen(1, [11, 12])];
    expect(explained([counted(1, [1, 2]), ...refused, ...replaced, count(1, [13, 14])])).toEqual({
      kind: 'lost',
      writes: 0,
      reads: 2,
    });
  });

  test('with too many changes that may be late is explained by what was lost', () => {
    const moments = Array.from({ length: 15 }, (_, at) => 3 + at);
    const refused = moments.map((at) => did(set(at + 100), [at, at + 1]));
    const clients = [[stored(1, [1, 2], 20), ...refused, seen(2, [30, 31]), seen(1, [32, 33])]];
    const steps = 1_000;
    expect(explain({ clients, settledAt: 32 }, session(), steps)).toEqual({
      kind: 'lost',
      writes: 0,
      reads: 1,
    });
  });

  test('is not sound if somebody sees less than was confirmed before', () => {
    const other = [seen(1, [5, 6])];
    expect(explained([stored(1, [1, 2], 20), stored(2, [3, 4])], other)).toMatchObject({
      kind: 'lost',
    });
  });

  test('in which a refused change comes after a later one is late', () => {
    const changes = [stored(1, [1, 2], 20), did(set(2), [3, 4]), stored(3, [5, 6])];
    expect(explained([...changes, seen(3, [7, 8]), seen(2, [9, 10])])).toEqual({ kind: 'late' });
  });

  test('in which a reply shows half a change is wrong', () => {
    const clients = [stored(1, [1, 2], 20), stored(2, [3, 4]), seen(1, [5, 6], 2)];
    expect(explained(clients)).toEqual({ kind: 'wrong' });
  });

  test('in which a change was carried out twice is wrong', () => {
    expect(explained([counted(1, [1, 2]), counted(3, [3, 4])])).toEqual({ kind: 'wrong' });
  });
});
