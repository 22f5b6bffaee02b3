import { expect, test } from 'vitest';
import { readMessage } from '../../protocol/wire/namedMessage.ts';
import { writeReply as writeAtOnce } from '../../protocol/wire/reply.ts';
import { asJsonText } from '../../protocol/json/jsonText.ts';
import type { CommandName } from '../../protocol/commands/catalog.ts';
import { itemsPerSlice, lengthAtOnce, ReplyWriter, type Reply } from './writeReply.ts';

const writeReply = (name: CommandName, reply: Reply, maxLength: number) =>
  new ReplyWriter(name).write(reply, maxLength);

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
    const written = writeReply(name, reply, Infinity);
    expect(written).toBeInstanceOf(Promise);
    let turns = 0;
    setImmediate(() => (turns += 1));
    const text = (await written) ?? '';
    expect(turns).toBe(1);
    expect(text === writeAtOnce(name, reply)).toBe(true);
    expect(readMessage(text)?.name).toBe(`${name}_RSP`);
  },
);

test('one that is not larger is there at once', () => {
  const reply = { tkn: '7', st: 1, keys: texts(itemsPerSlice) };
  expect(writeReply('KV_KEYS', reply, Infinity)).toBe(writeAtOnce('KV_KEYS', reply));
});

test('long values are written a few at a time', async () => {
  const keys = Array.from({ length: 20 }, (_, index) => `${index}`);
  const long = asJsonText(`"${'a'.repeat(lengthAtOnce / 19)}"`);
  const reply = { tkn: '7', st: 1, keys: new Map(keys.map((key) => [key, long])) };
  const written = writeReply('KV_GET', reply, Infinity);
  let turns = 0;
  const count = () => {
    turns += 1;
    next = setImmediate(count);
  };
  let next = setImmediate(count);
  expect((await written) === writeAtOnce('KV_GET', reply)).toBe(true);
  clearImmediate(next);
  expect(turns).toBeGreaterThanOrEqual(4);
});

test('pairs of two lists are written as a map is', async () => {
  const map = mapOf(many);
  const pairs = { size: map.size, [Symbol.iterator]: () => map.entries() };
  const written = await writeReply('KV_FIND', { tkn: '7', st: 1, keys: pairs }, Infinity);
  expect(written === writeAtOnce('KV_FIND', { tkn: '7', st: 1, keys: map })).toBe(true);
});

test.each([
  ['KV_KEYS', { keys: ['ab', 'cd'] }, 4],
  ['KV_GET', { keys: new Map([['ab', asJsonText('12')]]) }, 4],
  ['KV_FIND', { paths: ['$', '$[1]'] }, 5],
  ['KV_KEYS', { keys: Array.from({ length: many }, () => 'ab') }, 2 * many],
] as const)(
  'the reply of %s is written up to its length and not beyond',
  async (name, members, length) => {
    const reply = { tkn: '7', st: 1, ...members };
    expect(await writeReply(name, reply, length)).toBe(writeAtOnce(name, reply));
    expect(await writeReply(name, reply, length - 1)).toBeUndefined();
  },
);
