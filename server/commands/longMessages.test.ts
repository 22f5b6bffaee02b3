import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { catalog, commandNames } from '../../protocol/commands/catalog.ts';
import { readParams, readParamsInSteps } from '../../protocol/commands/defineCommand.ts';
import { asJsonText, jsonNull } from '../../protocol/json/jsonText.ts';
import { longTextLength, type Steps } from '../../protocol/steps.ts';
import { readRequest, readRequestInSteps } from '../../protocol/wire/request.ts';
import { sections } from '../../test/server/conformance/sections.ts';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { cause, createMemoryStore, given, tokenOf } from '../../test/server/memoryStore.ts';
import { noDataSets } from '../../test/server/noDataSets.ts';
import type { Expiry } from '../store/newSession.ts';
import { createDispatch } from './dispatch.ts';

function inOneGo<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const requests = sections
  .flatMap(({ rows }) => rows)
  .flatMap(({ send }) => (typeof send === 'string' ? [send] : []));

/** The request of a text, and its parameters. */
function readAtOnce(text: string) {
  const request = readRequest(text);
  if (!request.ok) return request;
  const { name, body } = request.value;
  return { name, body, params: withOrder(readParams(catalog[name], body)) };
}

function readLong(text: string) {
  const request = inOneGo(readRequestInSteps(text));
  if (!request.ok) return request;
  const { name, body } = request.value;
  const params = withOrder(inOneGo(readParamsInSteps(catalog[name], body)));
  return { name, body: body.json, params };
}

/** Maps as lists: `toEqual` does not see their order. */
function withOrder(params: ReturnType<typeof readParams>): unknown {
  if (!params.ok) return params;
  return Object.entries(params.value).map(([name, value]) => {
    return [name, value instanceof Map ? [...value] : value];
  });
}

test('every request of the conformance rows is read alike in steps', () => {
  for (const text of requests) {
    expect(readLong(text)).toEqual(readAtOnce(text));
  }
});

const items = ['"a"', '7', '"7"', '{"a":[1,"\\u00e9"]}', '[[]]', '"\\u0061"', 'null', '"b"'];
const long = (text: string) => asJsonText(text.replace('*', 'x'.repeat(longTextLength)));
const texts = [
  ...items,
  `[${items.join(',')},"*"]`,
  `{"*":1,"__proto__":2,"\\u0061":[],"b":"}"}`,
  `"*"`,
  `{"a":"*"}`,
].map(long);

test.each(commandNames)('parameters of %s are read alike in steps', (command) => {
  for (const name of Object.keys(catalog[command].params)) {
    for (const text of texts) {
      const request = `{"${command}":{"tkn":"7","name":"n","key":"k","${name}":${text}}}`;
      expect(readLong(request)).toEqual(readAtOnce(request));
    }
  }
});

const count = 30_000;
const keys = Array.from({ length: count }, (_, index) => `"k${index}"`);
const membersOf = (names: readonly string[], value: string) =>
  names.map((key) => `${key}:${value}`).join(',');
const members = (value: string) => membersOf(keys, value);

/** A dispatch with a session, and a look at each turn that others have while a request is answered. */
function start() {
  const store = createMemoryStore();
  const facts = { serverVersion: '0', persistEnabled: false };
  const dispatch = createDispatch({ store, facts, dataSets: noDataSets });
  const tkn = tokenOf(store.newSession({ name: 'a', shared: false }, cause));
  const body = (name: string, rest?: string) =>
    `{"${name}":{"tkn":"${tkn}"${rest === undefined ? '' : `,${rest}`}}}`;
  const duringEachTurn = async (request: string, look: () => void) => {
    const state = { isOver: false, turns: 0 };
    const next = () => {
      if (state.isOver) return;
      state.turns += 1;
      look();
      setImmediate(next);
    };
    setImmediate(next);
    const reply = await dispatch(request, 1);
    state.isOver = true;
    return { reply: reply ?? '', turns: state.turns };
  };
  return { store, dispatch, body, duringEachTurn };
}

test.each([
  ['KV_SET', `"keys":{${members('1')}}`, `{${members('20')}}`],
  ['KV_ADD', `"keys":{${members('1')}}`, `{${members('20')}}`],
  ['KV_CLEAR_SET', `"keys":{${members('1')}}`, `{${members('20')}}`],
])(
  'all keys of one %s are seen at once, and others have many turns',
  async (name, rest, wanted) => {
    const { store, body, duringEachTurn } = start();
    const seen = new Set<number>();
    const { reply, turns } = await duringEachTurn(body(name, rest), () => {
      seen.add(given(store.totals()).keys);
    });
    expect(turns).toBeGreaterThan(10);
    expect([...seen].filter((each) => each !== 0 && each !== count)).toEqual([]);
    expect(given(store.totals()).keys).toBe(count);
    expect(reply.includes(`"keys":${wanted}`)).toBe(true);
  },
);

test.each([
  ['KV_GET', `{${members('1')}}`, count],
  ['KV_CONTAINS', `{${members('true')}}`, count],
  ['KV_TAKE', `{${members('1')}}`, 0],
  ['KV_RMV', members('24'), 0],
])('a %s of many keys is answered in turns, as of one moment', async (name, wanted, left) => {
  const { store, dispatch, body, duringEachTurn } = start();
  await dispatch(body('KV_SET', `"keys":{${members('1')}}`), 1);
  const seen = new Set<number>();
  const { reply, turns } = await duringEachTurn(body(name, `"keys":[${keys.join(',')}]`), () => {
    seen.add(given(store.totals()).keys);
  });
  expect(turns).toBeGreaterThan(10);
  expect([...seen].filter((each) => each !== left && each !== count)).toEqual([]);
  expect(given(store.totals()).keys).toBe(left);
  expect(reply.includes(wanted)).toBe(true);
});

/** A store with a session, and a command of it that is being planned. */
function startPlanned(expiry?: Expiry) {
  const clock = new FakeClock();
  const store = createMemoryStore({ clock });
  const token = tokenOf(store.newSession({ name: 'a', shared: false, expiry }, cause));
  const entries = new Map(keys.map((key) => [key, jsonNull]));
  const set = () => store.setKeys(token, entries, cause);
  return { clock, store, token, set };
}

const nextTurn = promisify(setImmediate);

test('a call for the same session waits for one that is planned, and sees all of it', async () => {
  const { store, token, set } = startPlanned();
  void set();
  const counted = store.countKeys(token);
  expect(counted).toBeInstanceOf(Promise);
  expect(await counted).toEqual({ ok: true, value: count });
});

test('keys that expire while a command is planned count as gone', async () => {
  const { clock, store, token, set } = startPlanned({ durationSec: 60, deleteSession: false });
  await set();
  const again = set();
  await nextTurn();
  clock.advanceWithoutTimers(61_000);
  const result = await again;
  expect(result.ok && new Set(result.value.values())).toEqual(new Set(['KeySet']));
  expect(await store.countKeys(token)).toEqual({ ok: true, value: count });
});

test('a session that ends while a command is planned stays ended', async () => {
  const { store, set } = startPlanned();
  const result = set();
  await nextTurn();
  given(store.endAllSessions(cause));
  expect(await result).toMatchObject({ ok: false, refusal: { status: 'SessionNotExist' } });
  expect(given(store.totals())).toEqual({ sessions: 0, keys: 0, bytes: 0 });
});

test('what the store counts is the same as for the keys one by one', async () => {
  const names = keys.slice(0, 6_000);
  const [many, single] = [start(), start()];
  for (const [name, value] of [
    ['KV_SET', '"a long value 中"'],
    ['KV_ADD', '1'],
    ['KV_CLEAR_SET', '[1]'],
    ['KV_SET', '"7"'],
  ] as const) {
    await many.dispatch(many.body(name, `"keys":{${membersOf(names, value)}}`), 1);
  }
  for (const key of names) void single.dispatch(single.body('KV_SET', `"keys":{${key}:"7"}`), 1);
  expect(given(many.store.totals())).toEqual(given(single.store.totals()));
  await many.dispatch(many.body('KV_RMV', `"keys":[${names.slice(1).join(',')}]`), 1);
  const rest = start();
  await rest.dispatch(rest.body('KV_SET', `"keys":{${names[0]}:"7"}`), 1);
  expect(given(many.store.totals())).toEqual(given(rest.store.totals()));
});
