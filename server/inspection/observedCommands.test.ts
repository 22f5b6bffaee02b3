import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { noteAnswered, partsOf } from '../../test/server/noteAnswered.ts';
import { AnsweredMessages, ObservedCommands, type AnsweredMessage } from './observedCommands.ts';

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
    textsAboveUs: Infinity,
    noteAll: ({ connections, length }: AnsweredMessages) =>
      batches.push([...connections.subarray(0, length)]),
  };
  return { batches, stop: commands.watch(observer) };
}

const from = (connection: number) => ({ ...answered, connection });

test('commands of a turn are handed on together, in order, at its end', async () => {
  const commands = new ObservedCommands();
  const { batches } = watched(commands);
  for (const connection of [3, 1, 2]) noteAnswered(commands, from(connection));
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
  for (const connection of all) noteAnswered(commands, from(connection));
  expect(batches.length).toBeGreaterThan(2);
  await setImmediate();
  expect(batches.flat()).toEqual(all);
});

test('an observer gets nothing that was answered before it began, or that comes after it has left', async () => {
  const commands = new ObservedCommands();
  const first = watched(commands);
  noteAnswered(commands, from(1));
  const second = watched(commands);
  noteAnswered(commands, from(2));
  first.stop();
  await setImmediate();
  second.stop();
  expect([first.batches, second.batches, commands.isWatched]).toEqual([[[1]], [[2]], false]);
});

test('all that is known of a message comes back, and is forgotten when it is cleared', () => {
  const messages = new AnsweredMessages();
  const refused: AnsweredMessage = {
    connection: 2 ** 40,
    isConsole: true,
    command: undefined,
    status: 1000,
    durationMs: 1.5,
    text: null,
    reply: '{}',
  };
  for (const each of [answered, refused]) {
    const [answer, asked, durationMs] = partsOf(each);
    messages.push(answer, asked, durationMs);
    messages.keepTexts(answer, asked);
  }
  expect([messages.at(0), messages.at(1), messages.length]).toEqual([answered, refused, 2]);
  messages.clear();
  expect([messages.length, messages.at(1).reply]).toEqual([0, null]);
});

test('texts are kept of what is slow enough for one of the observers', () => {
  const commands = new ObservedCommands();
  const texts: (string | null)[] = [];
  const noteAll = (all: AnsweredMessages) => {
    for (let at = 0; at < all.length; at += 1) texts.push(all.at(at).text);
  };
  commands.watch({ textsAboveUs: 2_000, noteAll });
  const note = () => {
    texts.length = 0;
    for (const durationMs of [3, 2, 1])
      noteAnswered(commands, { ...answered, text: 'text', durationMs });
    commands.handOn();
    return texts;
  };
  expect(note()).toEqual(['text', null, null]);
  const stop = commands.watch({ textsAboveUs: 1_500, noteAll: () => undefined });
  expect(note()).toEqual(['text', 'text', null]);
  stop();
  expect(note()).toEqual(['text', null, null]);
});
