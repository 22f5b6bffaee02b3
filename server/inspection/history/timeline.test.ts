import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Token } from '../../../protocol/token.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { Inspector, type EventOf } from '../../../test/server/inspectorClient.ts';
import { createMemoryStore, given, idOf } from '../../../test/server/memoryStore.ts';
import { entriesOf, restartsAfter } from '../../../test/server/storeContract/storeUnderTest.ts';
import {
  startTestServer,
  type TestClient,
  type TestServer,
} from '../../../test/server/testServer.ts';
import { defaultStoreLimits } from '../../store/storeLimits.ts';
import type { Timeline } from '../../store/timeline.ts';
import { gatherMs } from '../hub.ts';
import { differencesOf, endOf, firstMomentOf, keysAt, manyKeysAt } from './timelineReading.ts';

const cause = { connection: 1 } as const;

describe('the keys at a moment', () => {
  const keys = fc.constantFrom('a', 'b', 'c', 'long name of a key');
  // Short, middle and long ones are copied in different ways.
  const long = [90, 300].map((length) => `"${'v'.repeat(length)}"`);
  const values = fc.constantFrom('1', '2', '"some longer text"', '"ünï — 中"', ...long);
  const entries = fc.dictionary(keys, values, { maxKeys: 3, noNullPrototype: true });
  const is = fc.constant;
  const moves = fc.oneof(
    fc.record({ move: is('set' as const), entries }),
    fc.record({ move: is('add' as const), entries }),
    fc.record({ move: is('replace' as const), entries }),
    fc.record({ move: is('remove' as const), names: fc.array(keys, { maxLength: 3 }) }),
    fc.record({ move: is('take' as const), names: fc.array(keys, { maxLength: 3 }) }),
    fc.record({ move: is('clear' as const) }),
    fc.record({ move: is('touch' as const) }),
    fc.record({ move: is('wait' as const), ms: fc.constantFrom(10, 400, 1000) }),
  );
  type Move = typeof moves extends fc.Arbitrary<infer M> ? M : never;

  function makeMove(
    store: ReturnType<typeof createMemoryStore>,
    token: Token,
    [move, clock]: [Move, FakeClock],
  ): void {
    switch (move.move) {
      case 'set':
        given(store.setKeys(token, entriesOf(move.entries), cause));
        break;
      case 'add':
        given(store.addKeys(token, entriesOf(move.entries), cause));
        break;
      case 'replace':
        given(store.replaceKeys(token, entriesOf(move.entries), cause));
        break;
      case 'remove':
        given(store.removeKeys(token, move.names, cause));
        break;
      case 'take':
        given(store.takeKeys(token, move.names, cause));
        break;
      case 'clear':
        given(store.clearKeys(token, cause));
        break;
      case 'touch':
        given(store.touchSession(token, {}, cause));
        break;
      case 'wait':
        clock.advance(move.ms);
        break;
    }
  }

  const plain = (map: ReadonlyMap<string, string>) => [...map];
  const byName = (map: ReadonlyMap<string, string>) =>
    plain(map).sort(([one], [other]) => (one < other ? -1 : 1));

  test.each([1_000_000, 6_000])(
    'are those that a plain model wrote down, with %i bytes for all',
    async (maxHistoryBytes) => {
      await fc.assert(
        fc.asyncProperty(fc.array(moves, { minLength: 1, maxLength: 60 }), async (made) => {
          const clock = new FakeClock();
          const limits = { ...defaultStoreLimits, maxHistoryBytes };
          const store = createMemoryStore({ clock, limits });
          await store.open();
          const wanted = { name: 'demo', shared: false, expiry: restartsAfter(2) };
          const { token } = given(store.newSession(wanted, cause));
          const read = <T>(look: (timeline: Timeline) => T) =>
            given(store.readTimeline(idOf(token), look));
          /** By the moment after each change. */
          const model = new Map<number, ReadonlyMap<string, string>>();
          const note = () => read((each) => model.set(endOf(each), new Map(each.keys)));
          note();
          for (const move of made) {
            makeMove(store, token, [move, clock]);
            note();
          }
          read((timeline) => {
            const isComplete = timeline.dropped === 0;
            const order = isComplete ? plain : byName;
            const first = Math.max(firstMomentOf(timeline), 1);
            for (let at = first; at <= endOf(timeline); at += 1) {
              const there = keysAt(timeline, at);
              expect(order(there)).toEqual(order(model.get(at) ?? new Map()));
              const many = manyKeysAt(timeline, at);
              expect([byName(new Map(many)), many.size]).toEqual([byName(there), there.size]);
              const differing = differencesOf(timeline, at, endOf(timeline));
              const patched = new Map<string, string>(there);
              for (const { key, after } of differing) {
                if (after === undefined) patched.delete(key);
                else patched.set(key, after);
              }
              expect(byName(patched)).toEqual(byName(timeline.keys));
            }
          });
        }),
        { numRuns: 60 },
      );
    },
  );
});

describe('an inspector', () => {
  let clock: FakeClock;
  let server: TestServer;
  let client: TestClient;
  let inspector: Inspector;
  let tkn: string;
  let id: string;

  beforeEach(async () => {
    clock = new FakeClock();
    server = await startTestServer([], { clock });
    client = await server.connect();
    ({ inspector } = await Inspector.start(server, clock));
    tkn = await client.newSession();
    id = idOf(tkn as Token);
    clock.advance(gatherMs);
    await inspector.next('sessions');
  });
  afterEach(async () => {
    inspector.terminate();
    await server.stop();
  });

  const set = (keys: string) => client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":${keys}}}`);

  async function openTimeline(from?: number, count = 50): Promise<EventOf<'timeline'>> {
    inspector.ask({ type: 'timeline', number: 7, id, from, count });
    await inspector.handled();
    clock.advance(0);
    return inspector.next('timeline');
  }

  const changed = ({ changes }: EventOf<'timeline'>) =>
    changes.map(({ index, kind, author, keys }) => [
      index,
      kind,
      author.command,
      ...keys.map(({ key, before, after }) => `${key}: ${before?.text} → ${after?.text}`),
    ]);

  test('sees what changed, then what changes', async () => {
    await set('{"a":1}');
    clock.advance(gatherMs);
    await inspector.next('sessions');
    const first = await openTimeline();
    expect(first).toMatchObject({ isKnown: true, isEnded: false, dropped: 0, end: 2, number: 7 });
    expect(changed(first)).toEqual([
      [0, 'created', 'SH_NEW'],
      [1, 'stored', 'KV_SET', 'a: undefined → 1'],
    ]);
    expect(first.changes[1]?.author).toMatchObject({ by: 'client', connection: 1 });
    await set('{"a":2}');
    await client.ask(`{"SH_END":{"tkn":"${tkn}"}}`);
    clock.advance(gatherMs);
    await inspector.next('sessions');
    const second = await inspector.next('timeline');
    expect(second).toMatchObject({ isEnded: true, end: 4 });
    expect(changed(second)).toEqual([
      [2, 'stored', 'KV_SET', 'a: 1 → 2'],
      [3, 'ended', 'SH_END', 'a: 2 → undefined'],
    ]);
  });

  test('gets the part that it asks for, and no other', async () => {
    for (let count = 0; count < 20; count += 1) await set(`{"a":${count}}`);
    clock.advance(gatherMs);
    await inspector.next('sessions');
    const part = await openTimeline(5, 3);
    expect(part).toMatchObject({ from: 5, end: 21 });
    expect(part.changes.map(({ index }) => index)).toEqual([5, 6, 7]);
    await set('{"a":"new"}');
    clock.advance(gatherMs);
    await inspector.next('sessions');
    expect(await inspector.next('timeline')).toMatchObject({ end: 22, changes: [] });
  });

  test('gets the keys of a moment, and what differs between two', async () => {
    await set('{"a":1,"b":1}');
    await set('{"b":2,"c":3}');
    const ask = async (at: number, against?: number) => {
      inspector.ask({ type: 'moment', number: 1, id, at, against, from: 0, count: 50 });
      const { total, keys } = await inspector.next('moment');
      return [total, ...keys.map(({ key, value, other }) => `${key} ${value} ${other}`)];
    };
    expect(await ask(2)).toEqual([2, 'a 1 undefined', 'b 1 undefined']);
    expect(await ask(2, 3)).toEqual([2, 'b 1 2', 'c undefined 3']);
    expect(await ask(3, 2)).toEqual([2, 'b 2 1', 'c 3 undefined']);
    expect(await ask(4)).toEqual([undefined]);
  });

  test('gets whole changes, but not beyond a limit', async () => {
    await set(`{"a":"${'x'.repeat(5_000)}"}`);
    inspector.ask({ type: 'changes', number: 1, id, from: 1, end: 2 });
    const { changes } = await inspector.next('changes');
    expect(changes?.[0]?.keys[0]?.after).toHaveLength(5_002);
    for (let count = 0; count < 3; count += 1) await set(`{"a":"${'y'.repeat(400_000)}${count}"}`);
    inspector.ask({ type: 'changes', number: 2, id, from: 1, end: 5 });
    expect((await inspector.next('changes')).changes).toBeUndefined();
  });

  test('moves no deadline', async () => {
    const expiry = '{"duration":60,"deleteSession":true,"extendOnGet":true,"extendOnSetAdd":true}';
    const made = await client.ask(`{"SH_NEW":{"name":"expires","expiry":${expiry}}}`);
    tkn = /"tkn":"(\d+)"/.exec(made)?.[1] ?? '';
    id = idOf(tkn as Token);
    clock.advance(30_000);
    await inspector.next('sessions');
    await openTimeline();
    inspector.ask({ type: 'moment', number: 1, id, at: 1, from: 0, count: 50 });
    await inspector.next('moment');
    inspector.ask({ type: 'changes', number: 1, id, from: 0, end: 1 });
    await inspector.next('changes');
    expect(await client.ask(`{"SH_INFO":{"tkn":"${tkn}"}}`)).toContain('"remaining":30');
  });

  test('is answered for a session that there has never been', async () => {
    id = 'nope';
    expect(await openTimeline()).toMatchObject({ isKnown: false, changes: [] });
  });
});

test('how many changes are not remembered any more is said, and from when on they are', async () => {
  const clock = new FakeClock();
  const server = await startTestServer(['--history', '8000'], { clock });
  const client = await server.connect();
  const { inspector } = await Inspector.start(server, clock);
  const tkn = await client.newSession();
  const value = '"a value of some length"';
  for (let at = 0; at < 200; at += 1) {
    await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"a":${value},"n":${at}}}}`);
  }
  inspector.ask({ type: 'timeline', number: 1, id: idOf(tkn as Token), count: 200 });
  inspector.ask({ type: 'value', id: 's0', key: '' });
  let event = await inspector.nextOfAny();
  while (event.type !== 'value') event = await inspector.nextOfAny();
  clock.advance(gatherMs);
  while (event.type !== 'timeline') event = await inspector.nextOfAny();
  const { dropped, end, from, changes, sinceMs } = event;
  expect(end).toBe(201);
  expect(dropped).toBeGreaterThan(100);
  expect(from).toBe(dropped);
  expect([changes[0]?.index, changes.length]).toEqual([dropped, end - dropped]);
  expect(sinceMs).toBeDefined();
  inspector.terminate();
  await server.stop();
});
