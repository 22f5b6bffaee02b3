import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import {
  atOnce,
  cause,
  createMemoryStore,
  given,
  tokenOf,
} from '../../../test/server/memoryStore.ts';
import { entriesOf } from '../../../test/server/storeContract/storeUnderTest.ts';
import type { RestoredSession, StoreOutcome } from '../sessionStore.ts';
import type { LimitName, StoreLimits } from '../storeLimits.ts';
import type { MemoryStore } from './memoryStore.ts';
import { bytesOfKeys, bytesOfTexts } from './keyMap.ts';
import { bytesOfText } from '../detachText.ts';
import { bytesOfSession } from './usage.ts';

const unlimited: StoreLimits = {
  maxSessions: Infinity,
  maxKeys: Infinity,
  maxMemoryBytes: Infinity,
  maxKeysPerSession: Infinity,
  maxReplyLength: Infinity,
  maxHistoryBytes: 0,
};

function storeWith(limits: Partial<StoreLimits>, clock = new FakeClock()): MemoryStore {
  return createMemoryStore({ clock, limits: { ...unlimited, ...limits } });
}

function newSession(store: MemoryStore, name = 'a'): Token {
  return tokenOf(store.newSession({ name, shared: false }, cause));
}

const restored = (token: string, keys: Record<string, string> = {}): RestoredSession => ({
  token: token as Token,
  name: 'a',
  shared: false,
  keys: new Map(entriesOf(keys)),
});

type Call = (store: MemoryStore, token: Token) => StoreOutcome<unknown>;

/** A session with one key: an object with an array. */
const before = { list: `{"a":"${'a'.repeat(30)}","items":[1]}` };
const longer = before.list.replace('[1]', '[1,2,3,4,5,6,7,8,9]');
const bytesBefore = memoryOf(before);
const sizeBefore = bytesOfSession(1) + bytesBefore;
const textGrowth = memoryOf({ list: longer }) - bytesBefore;
const keyGrowth = memoryOf({ ...before, b: '"a text"' }) - bytesBefore;

/** Memory that keys with these values take in a session. */
function memoryOf(values: Record<string, string>): number {
  let textBytes = 0;
  const entries = entriesOf(values);
  for (const [key, value] of entries) textBytes += bytesOfTexts(key, value);
  return bytesOfKeys(entries.size, textBytes);
}

/** Every way to add, with what it adds. */
const adding: [
  name: string,
  call: Call,
  growth: { sessions?: number; keys?: number; bytes: number },
][] = [
  [
    'newSession',
    (store) => store.newSession({ name: 'a', shared: false }, cause),
    { sessions: 1, bytes: bytesOfSession(1) },
  ],
  [
    'newSession, shared',
    (store) => store.newSession({ name: 'a', shared: true }, cause),
    { sessions: 1, bytes: bytesOfSession(1) },
  ],
  [
    'setKeys',
    (store, token) => store.setKeys(token, entriesOf({ b: '"a text"' }), cause),
    { keys: 1, bytes: keyGrowth },
  ],
  [
    'addKeys',
    (store, token) =>
      store.addKeys(token, entriesOf({ list: '"a long text"', b: '"a text"' }), cause),
    { keys: 1, bytes: keyGrowth },
  ],
  [
    'replaceKeys',
    (store, token) => store.replaceKeys(token, entriesOf({ ...before, b: '"a text"' }), cause),
    { keys: 1, bytes: keyGrowth },
  ],
  [
    'setKeys of a key that is there',
    (store, token) => store.setKeys(token, entriesOf({ list: longer }), cause),
    { bytes: textGrowth },
  ],
  [
    'appendItems',
    (store, token) =>
      store.appendItems(
        token,
        {
          key: 'list',
          name: 'items',
          items: ['2', '3', '4', '5', '6', '7', '8', '9'].map(asJsonText),
        },
        cause,
      ),
    { bytes: textGrowth },
  ],
  [
    'updateNodes',
    (store, token) =>
      store.updateNodes(
        token,
        { key: 'list', path: '$.items', value: asJsonText('[1,2,3,4,5,6,7,8,9]') },
        cause,
      ),
    { bytes: textGrowth },
  ],
  [
    'restoreSessions',
    (store) => store.restoreSessions([restored('7', { b: '"a text"' })], cause),
    { sessions: 1, keys: 1, bytes: bytesOfSession(1) + memoryOf({ b: '"a text"' }) },
  ],
];

describe('at a limit, and one past it', () => {
  const limitsAt = adding.flatMap(([name, call, { sessions = 0, keys = 0, bytes }]) => {
    const row = (
      limit: LimitName,
      enough: Partial<StoreLimits>,
      tooLittle: Partial<StoreLimits>,
    ) => ({
      name,
      call,
      limit,
      enough,
      tooLittle,
    });
    const maxMemoryBytes = sizeBefore + bytes;
    return [
      row('max-memory', { maxMemoryBytes }, { maxMemoryBytes: maxMemoryBytes - 1 }),
      ...(keys > 0 ? [row('max-keys', { maxKeys: 1 + keys }, { maxKeys: keys })] : []),
      ...(sessions > 0
        ? [row('max-sessions', { maxSessions: 1 + sessions }, { maxSessions: sessions })]
        : []),
    ];
  });

  test.each(limitsAt)('$name keeps to $limit', ({ call, limit, enough, tooLittle }) => {
    const roomy = storeWith(enough);
    const token = newSession(roomy);
    given(roomy.setKeys(token, entriesOf(before), cause));
    expect(atOnce(call(roomy, token)).ok).toBe(true);

    const full = storeWith(tooLittle);
    const kept = newSession(full);
    given(full.setKeys(kept, entriesOf(before), cause));
    const changes: unknown[] = [];
    full.subscribe((change) => changes.push(change));
    expect(atOnce(call(full, kept))).toEqual({
      ok: false,
      refusal: { status: 'LimitReached', param: limit },
    });
    expect(given(full.totals())).toEqual({ sessions: 1, keys: 1, bytes: sizeBefore });
    expect(given(full.getKeys(kept, ['list'], cause)).get('list')).toBe(before.list);
    expect(changes).toEqual([]);
  });

  test('what makes a full store no larger works', () => {
    const store = storeWith({ maxSessions: 1, maxKeys: 1, maxMemoryBytes: sizeBefore });
    const token = newSession(store);
    given(store.setKeys(token, entriesOf(before), cause));
    given(store.setKeys(token, entriesOf({ list: '{"items":[9]}' }), cause));
    given(store.addKeys(token, entriesOf({ list: '"much longer than what is there"' }), cause));
    given(store.replaceKeys(token, entriesOf({ l: '[]' }), cause));
    given(store.removeKeys(token, ['l'], cause));
    given(store.setKeys(token, entriesOf(before), cause));
    given(store.clearKeys(token, cause));
    given(store.endSession(token, cause));
    given(store.setKeys(newSession(store), entriesOf(before), cause));
    expect(given(store.totals())).toEqual({ sessions: 1, keys: 1, bytes: sizeBefore });
  });

  test('a refused setKeys extends no session', () => {
    const clock = new FakeClock();
    const store = storeWith({ maxKeys: 1 }, clock);
    const expiry = { durationSec: 10, deleteSession: true };
    const extension = { onSetAdd: true, onGet: false };
    const token = tokenOf(store.newSession({ name: 'a', shared: false, expiry, extension }, cause));
    clock.advance(5_000);
    expect(atOnce(store.setKeys(token, entriesOf({ a: '1', b: '"a text"' }), cause)).ok).toBe(
      false,
    );
    expect(given(store.sessionFacts(token))?.expiry?.remainingSec).toBe(5);
  });

  test('what is due and was not yet removed takes no room', () => {
    const clock = new FakeClock();
    const store = storeWith({ maxSessions: 2 }, clock);
    const expiry = { durationSec: 10, deleteSession: true };
    for (let count = 0; count < 2; count += 1) {
      given(store.newSession({ name: 'a', shared: false, expiry }, cause));
    }
    clock.advanceWithoutTimers(10_000);
    newSession(store);
    expect(given(store.totals()).sessions).toBe(1);
  });
});

describe('the count of bytes', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.constantFrom('a'.repeat(63), 'a'.repeat(64), `${'a'.repeat(70)}中`, '中'.repeat(40)),
  );
  const value = text.map((each) => asJsonText(JSON.stringify(each)));
  const entries = fc
    .array(fc.tuple(fc.constantFrom('a', 'b', 'c', '中'.repeat(20)), value))
    .map((pairs) => new Map(pairs));
  const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd'));
  const expiry = fc.option(
    fc.record({ durationSec: fc.constantFrom(1, 2), deleteSession: fc.boolean() }),
    { nil: undefined },
  );
  type Move = (store: MemoryStore, token: Token, clock: FakeClock) => unknown;
  const move = fc.oneof(
    fc.tuple(text, expiry).map(
      ([name, each]): Move =>
        (store) =>
          store.newSession({ name, shared: false, expiry: each }, cause),
    ),
    entries.map(
      (each): Move =>
        (store, token) =>
          store.setKeys(token, each, cause),
    ),
    entries.map(
      (each): Move =>
        (store, token) =>
          store.addKeys(token, each, cause),
    ),
    entries.map(
      (each): Move =>
        (store, token) =>
          store.replaceKeys(token, each, cause),
    ),
    value.map(
      (each): Move =>
        (store, token) =>
          store.updateNodes(token, { key: 'a', path: '$', value: each }, cause),
    ),
    names.map(
      (each): Move =>
        (store, token) =>
          store.removeKeys(token, each, cause),
    ),
    fc.constant<Move>((store, token) => store.clearKeys(token, cause)),
    fc.constant<Move>((store, token) => store.endSession(token, cause)),
    fc.constant<Move>((store) => store.endAllSessions(cause)),
    fc.integer({ min: 1, max: 2000 }).map(
      (ms): Move =>
        (_store, _token, clock) =>
          clock.advance(ms),
    ),
    entries.map(
      (keys): Move =>
        (store) =>
          store.restoreSessions([{ ...restored('77'), keys }], cause),
    ),
  );

  test('is that of a new count, after any commands and deadlines, and never beyond the limit', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(move, fc.nat({ max: 3 })), { maxLength: 40 }),
        async (moves) => {
          const clock = new FakeClock();
          const limits = { maxSessions: 4, maxKeys: 8, maxMemoryBytes: 4_000 };
          const store = storeWith(limits, clock);
          await store.open();
          for (const [make, at] of moves) {
            make(store, (await tokensIn(store))[at] ?? ('5' as Token), clock);
            const { sessions, keys, bytes } = given(store.totals());
            expect(bytes).toBe(await recount(store));
            expect(
              sessions <= limits.maxSessions &&
                keys <= limits.maxKeys &&
                bytes <= limits.maxMemoryBytes,
            ).toBe(true);
          }
          given(store.endAllSessions(cause));
          expect(given(store.totals())).toEqual({ sessions: 0, keys: 0, bytes: 0 });
          await store.close();
        },
      ),
    );
  });
});

async function tokensIn(store: MemoryStore): Promise<Token[]> {
  const tokens: Token[] = [];
  for await (const { token } of store.scan()) tokens.push(token);
  return tokens;
}

async function recount(store: MemoryStore): Promise<number> {
  let bytes = 0;
  for await (const { name, keys, values } of store.scan()) {
    bytes += bytesOfSession(bytesOfText(name));
    bytes += memoryOf(Object.fromEntries(keys.map((key, index) => [key, values[index] ?? ''])));
  }
  return bytes;
}

test('a session takes no more keys than a map can have, however much room the store has', async () => {
  const store = storeWith({ maxKeysPerSession: 3 });
  const [token, other] = [newSession(store), newSession(store, 'b')];
  const set = (into: Token, keys: Record<string, string>) =>
    atOnce(store.setKeys(into, new Map(entriesOf(keys)), cause));
  const full = { ok: false, refusal: { status: 'LimitReached', param: 'max-keys' } };
  expect(set(token, { a: '1', b: '2', c: '3' }).ok).toBe(true);
  expect(set(token, { d: '4' })).toMatchObject(full);
  expect(set(token, { a: '5', c: '6' }).ok).toBe(true);
  expect(set(other, { d: '4' }).ok).toBe(true);
  const replaced = store.replaceKeys(token, new Map(entriesOf({ x: '1', y: '2', z: '3' })), cause);
  expect(atOnce(replaced).ok).toBe(true);
});

test.each([
  ['a read', 0],
  ['a read of so many keys that it is done in steps', 6_000],
])('%s that is refused as the reply would be too long extends no session', async (_name, more) => {
  const clock = new FakeClock();
  const store = storeWith({ maxReplyLength: 300_000 }, clock);
  const expiry = { durationSec: 100, deleteSession: true };
  const extension = { onSetAdd: false, onGet: true };
  const token = tokenOf(
    store.newSession({ name: 'demo', shared: false, expiry, extension }, cause),
  );
  given(store.setKeys(token, new Map(entriesOf({ a: `"${'v'.repeat(150_000)}"`, b: '1' })), cause));
  const names = Array.from({ length: more }, (_, index) => `key ${index}`);
  const remaining = () => given(store.sessionFacts(token))?.expiry?.remainingSec;
  clock.advance(10_000);
  const tooMany = [...names, 'a', 'x'.repeat(150_000)];
  const refused = await store.getKeys(token, tooMany, cause);
  expect(refused).toMatchObject({ ok: false, refusal: { param: 'max-reply' } });
  expect(remaining()).toBe(90);
  expect((await store.getKeys(token, [...names, 'a'], cause)).ok).toBe(true);
  expect(remaining()).toBe(100);
});

test('what is taken is not removed when the reply would be too long', () => {
  const store = storeWith({ maxReplyLength: 10 });
  const token = newSession(store);
  given(store.setKeys(token, new Map(entriesOf({ a: '"1234"', bc: '1' })), cause));
  const taken = store.takeKeys(token, ['a', 'bc', 'd'], cause);
  expect(atOnce(taken)).toMatchObject({ ok: false, refusal: { param: 'max-reply' } });
  expect(given(store.countKeys(token))).toBe(2);
  expect([...given(store.takeKeys(token, ['a', 'bc'], cause))]).toEqual([
    ['a', '"1234"'],
    ['bc', '1'],
  ]);
});
