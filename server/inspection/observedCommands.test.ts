import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ObservedCommands, type AnsweredMessage } from './observedCommands.ts';

const answered: AnsweredMessage = {
  connection: 1,
  isConsole: false,
  command: 'KV_GET',
  status: 1,
  durationMs: 0.25,
  text: '',
  reply: '',
};

function watched(commands: ObservedCommands) {
  const batches: number[][] = [];
  const observer = {
    noteAll: (all: readonly AnsweredMessage[]) =>
      batches.push(all.map(({ connection }) => connection)),
  };
  return { batches, stop: commands.watch(observer) };
}

const from = (connection: number) => ({ ...answered, connection });

test('commands of a turn are handed on together, in order, at its end', async () => {
  const commands = new ObservedCommands();
  const { batches } = watched(commands);
  for (const connection of [3, 1, 2]) commands.note(from(connection));
  expect(batches).toEqual([]);
  await setImmediate();
  expect(batches).toEqual([[3, 1, 2]]);
  await setImmediate();
  expect(batches).toHaveLength(1);
});

test('very many do not wait for the end of the turn, and none is lost', async () => {
  const commands = new ObservedCommands();
  const { batches } = watched(commands);
  const all = Array.from({ length: 1_000 }, (_, index) => index);
  for (const connection of all) commands.note(from(connection));
  expect(batches.length).toBeGreaterThan(2);
  await setImmediate();
  expect(batches.flat()).toEqual(all);
});

test('an observer gets nothing that was answered before it began, or that comes after it has left', async () => {
  const commands = new ObservedCommands();
  const first = watched(commands);
  commands.note(from(1));
  const second = watched(commands);
  commands.note(from(2));
  first.stop();
  await setImmediate();
  second.stop();
  expect([first.batches, second.batches, commands.isWatched]).toEqual([[[1]], [[2]], false]);
});
