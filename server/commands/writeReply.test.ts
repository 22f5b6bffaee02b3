import { expect, test } from 'vitest';
import { readMessage } from '../../protocol/wire/namedMessage.ts';
import { writeReply as writeAtOnce } from '../../protocol/wire/reply.ts';
import { asJsonText } from '../../protocol/json/jsonText.ts';
import type { CommandName } from '../../protocol/commands/catalog.ts';
import { isTooLong, itemsPerSlice, writeReply } from './writeReply.ts';

/** Texts that could be taken for something else. */
const odd = ['', '"keys":', '{}', ']', '\\', '"paths":[', '中'];
const texts = (count: number) =>
  Array.from({ length: count }, (_, index) => `${odd[index % odd.length] ?? ''}${index}`);
const mapOf = (count: number) => new Map(texts(count).map((key) => [key, asJsonText('[{}]')]));

const many = itemsPerSlice * 2 + 1;

test.each<[name: CommandName, reply: Record<string, unknown>]>([
  ['KV_KEYS', { tkn: '7', st: 1, keys: texts(many) }],
  ['KV_GET', { tkn: '7', keys: mapOf(many) }],
  ['KV_FIND', { tkn: '7', st: 1, keys: mapOf(many) }],
  ['KV_FIND', { tkn: '7', st: 1, paths: texts(many) }],
  ['KV_SET', { tkn: '7', keys: new Map(texts(many).map((key) => [key, 'KeySet'])) }],
  [
    'KV_RMV',
    { tkn: '7', keys: new Map(['tkn', ...texts(many)].map((key) => [key, 'KeyRemoved'])) },
  ],
  ['SH_EXISTS', { st: 1, exist: Array.from({ length: many }, (_, index) => String(index + 1)) }],
])(
  'a large reply of %s comes later, others have their turn, and its text is the same',
  async (name, reply) => {
    const written = writeReply(name, reply);
    expect(written).toBeInstanceOf(Promise);
    let turns = 0;
    setImmediate(() => (turns += 1));
    const text = await written;
    expect(turns).toBe(1);
    expect(text === writeAtOnce(name, reply)).toBe(true);
    expect(readMessage(text)?.name).toBe(`${name}_RSP`);
  },
);

test('one that is not larger is there at once', () => {
  const reply = { tkn: '7', st: 1, keys: texts(itemsPerSlice) };
  expect(writeReply('KV_KEYS', reply)).toBe(writeAtOnce('KV_KEYS', reply));
});

test.each([
  [{ keys: ['ab', 'cd'] }, 4],
  [{ keys: new Map([['ab', asJsonText('12')]]) }, 4],
  [{ paths: ['$', '$[1]'] }, 5],
  [{ st: 1 }, 0],
])('the length of %j is %i', (reply, length) => {
  expect(isTooLong(reply, length)).toBe(false);
  expect(isTooLong(reply, length - 1)).toBe(true);
});
