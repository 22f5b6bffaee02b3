import { expect, test } from 'vitest';
import type { Codec } from '../codec/codec.ts';
import { object, optional } from '../codec/codec.ts';
import { EntryList } from '../json/entryList.ts';
import { asJsonText } from '../json/jsonText.ts';
import { catalog, type CommandName } from './catalog.ts';
import { neverExpires } from './sessions.ts';

/** Writes each member by its name, in the order of the reference. */
function generalOf({ members = [] }: Codec<unknown>): Codec<unknown> {
  const shape = members.map(({ name, codec, isOptional }) => {
    const general = codec.members ? generalOf(codec) : codec;
    return [name, isOptional ? optional(general) : general] as const;
  });
  return object(Object.fromEntries(shape));
}

const tkn = '"\\\u2028';
const names = ['a', '__proto__', '"', '\ud800', '中'];
const plain = ['a', '', 'é', 'b'];
const texts = names.map((name) => asJsonText(JSON.stringify(name)));
const expiring = { expires: true, duration: 9, time: 17, deleteSession: true, remaining: 8 };
const extending = { extendOnSetAdd: true, extendOnGet: false };

test.each<[name: CommandName, reply: Record<string, unknown>]>([
  ['KV_SET', { tkn, keys: new Map() }],
  ['KV_SET', { tkn, keys: new Map(names.map((name) => [name, 'KeySet'])) }],
  ['KV_SET', { tkn, keys: new EntryList(names, [...names].fill('KeyUpdated')) }],
  [
    'KV_SET',
    { tkn, keys: new EntryList(plain, ['KeySet', 'KeySet', 'KeyUpdated', 'KeySet'], true) },
  ],
  ['KV_SET', { tkn, keys: new EntryList([], [], true) }],
  ['KV_GET', { tkn, keys: new EntryList([], []) }],
  ['KV_GET', { tkn, keys: new EntryList(names, texts) }],
  ['SH_INFO', { st: 100, tkn, shared: null, keyCnt: null }],
  ['SH_INFO', { st: 1, tkn, shared: false, keyCnt: 0, expiry: neverExpires }],
  ['SH_INFO', { st: 1, tkn, shared: true, keyCnt: 3, expiry: { ...neverExpires, ...extending } }],
  ['SH_INFO', { st: 1, tkn, shared: false, keyCnt: 3, expiry: expiring }],
  ['SH_INFO', { st: 1, tkn, shared: false, keyCnt: 3, expiry: { ...expiring, ...extending } }],
])('%s writes the reply %j as its members are', (name, reply) => {
  const codec: Codec<unknown> = catalog[name].reply;
  expect(codec.write(reply)).toBe(generalOf(codec).write(reply));
});
