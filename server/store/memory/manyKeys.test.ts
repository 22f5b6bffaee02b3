import { expect, test } from 'vitest';
import { asJsonText, jsonNull, type JsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import { cause, createMemoryStore, given, tokenOf } from '../../../test/server/memoryStore.ts';
import { manyKeys } from './manyKeys.ts';
import type { MemoryStore } from './memoryStore.ts';
import { bytesOfKeys, bytesOfTexts } from './keyMap.ts';
import { bytesOfSession } from './usage.ts';

const count = manyKeys + 1;
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `key ${from + index}`);
const entries = (from: number, to: number, value: string) =>
  new Map(numbers(from, to).map((key) => [key, asJsonText(value)]));
type Keys = Map<string, JsonText>;

const commands: [
  name: string,
  call: (store: MemoryStore, token: Token) => unknown,
  plain: (keys: Keys) => void,
][] = [
  [
    'setKeys',
    (store, token) => store.setKeys(token, entries(1_000, 1_000 + count, '"new"'), cause),
    (keys) => {
      for (const [key, value] of entries(1_000, 1_000 + count, '"new"')) keys.set(key, value);
    },
  ],
  [
    'addKeys',
    (store, token) => store.addKeys(token, entries(1_000, 1_000 + count, '"new"'), cause),
    (keys) => {
      for (const [key, value] of entries(1_000, 1_000 + count, '"new"')) {
        keys.set(key, keys.get(key) ?? value);
      }
    },
  ],
  [
    'replaceKeys',
    (store, token) => store.replaceKeys(token, entries(1_000, 1_000 + count, '"new"'), cause),
    (keys) => {
      keys.clear();
      for (const [key, value] of entries(1_000, 1_000 + count, '"new"')) keys.set(key, value);
    },
  ],
  [
    'removeKeys',
    (store, token) => store.removeKeys(token, numbers(1_000, 1_000 + count), cause),
    (keys) => {
      for (const key of numbers(1_000, 1_000 + count)) keys.delete(key);
    },
  ],
  [
    'takeKeys',
    (store, token) => store.takeKeys(token, numbers(1_000, 1_000 + count), cause),
    (keys) => {
      for (const key of numbers(1_000, 1_000 + count)) keys.delete(key);
    },
  ],
];

/** Sessions with no key, with some of them, with as many as are copied, and with one more. */
const sizes = [0, 2_000, 4 * count, 4 * count + 1];

test.each(
  commands.flatMap(([name, call, plain]) => sizes.map((size) => ({ name, call, plain, size }))),
)('$name of many keys in a session of $size', async ({ call, plain, size }) => {
  const store = createMemoryStore();
  tokenOf(store.newSession({ name: 'b', shared: false }, cause));
  const token = tokenOf(store.newSession({ name: 'a', shared: false }, cause));
  const keys = entries(0, size, '"a value of some length"');
  await store.setKeys(token, keys, cause);
  // What a scan began with does not change.
  const scan = store.scan()[Symbol.asyncIterator]();
  await scan.next();
  await call(store, token);
  const before = await scan.next();
  expect(before.value?.keys).toEqual([...keys.keys()]);
  plain(keys);
  expect(given(store.keyNames(token))).toEqual([...keys.keys()]);
  const found = given(await store.getKeys(token, [...keys.keys()], cause));
  expect([...found.values()]).toEqual([...keys.values()]);
  let bytes = bytesOfSession(1) + bytesOfSession(1);
  let textBytes = 0;
  for (const [key, value] of keys) textBytes += bytesOfTexts(key, value);
  bytes += bytesOfKeys(keys.size, textBytes);
  expect(given(store.totals())).toEqual({ sessions: 2, keys: keys.size, bytes });
});

test('what is stored after a planned command goes to the same session', async () => {
  const store = createMemoryStore();
  const token = tokenOf(store.newSession({ name: 'a', shared: false }, cause));
  const many = store.setKeys(token, entries(0, count, '1'), cause);
  const few = store.setKeys(token, new Map([['last', jsonNull]]), cause);
  await Promise.all([many, few]);
  expect(given(store.keyNames(token)).at(-1)).toBe('last');
  expect(given(store.totals()).keys).toBe(count + 1);
});
