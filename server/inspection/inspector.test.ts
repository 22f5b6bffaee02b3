import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inspectedStores, stores } from '../../test/server/stores.ts';
import type { Token } from '../../protocol/token.ts';
import { idOf } from '../../test/server/memoryStore.ts';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { startTestServer, type TestClient, type TestServer } from '../../test/server/testServer.ts';
import type { ServerDeps } from '../createServer.ts';
import { gatherMs } from './hub.ts';
import { Inspector, type EventOf } from '../../test/server/inspectorClient.ts';

let clock: FakeClock;
let server: TestServer;
let client: TestClient;

afterEach(async () => {
  for (const inspector of inspectors.splice(0)) inspector.terminate();
  await server.stop();
});

const inspectors: Inspector[] = [];

async function open(): Promise<Inspector> {
  const inspector = await Inspector.open(server);
  inspectors.push(inspector);
  return inspector;
}

/** Opened, greeted, and sent the list. */
async function start(): Promise<{ inspector: Inspector; list: EventOf<'sessions'> }> {
  const started = await Inspector.start(server, clock);
  inspectors.push(started.inspector);
  return started;
}

/** Tokens of the sessions in the order of their creation. */
const made: string[] = [];

async function newSession(body?: string): Promise<string> {
  const tkn = await client.newSession(body);
  made.push(tkn);
  return tkn;
}

/** Id of the first session, the second … */
const idAt = (at: number) => idOf((made[at - 1] ?? '') as Token);

const set = (tkn: string, keys: string) => client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":${keys}}}`);
const remove = (tkn: string, keys: string) =>
  client.ask(`{"KV_RMV":{"tkn":"${tkn}","keys":${keys}}}`);

async function begin(deps: Partial<ServerDeps>): Promise<void> {
  clock = new FakeClock();
  made.length = 0;
  server = await startTestServer([], { clock, ...deps });
  client = await server.connect();
}

describe.each(inspectedStores)('with %s', (_name, deps) => {
  beforeEach(() => begin(deps));

  describe('the list of sessions', () => {
    test('begins with a greeting and the whole list, tokens masked', async () => {
      const tkn = await newSession('{"name":"first"}');
      clock.advance(1);
      await newSession('{"name":"second","expiry":{"duration":60,"deleteSession":true}}');
      await set(tkn, '{"a":1}');
      const inspector = await open();
      const nowMs = Math.round(clock.nowMs());
      expect(await inspector.next('hello')).toEqual({
        type: 'hello',
        serverVersion: '0.0.0-test',
        maxPayloadBytes: 2_097_152,
        nowMs,
        store: expect.objectContaining({ state: 'ready' }),
        rights: { may: ['look', 'values', 'change', 'end', 'audit'], prefix: '' },
      });
      clock.advance(0);
      const { changed, ...rest } = await inspector.next('sessions');
      expect(rest).toEqual({
        type: 'sessions',
        isReset: true,
        nowMs,
        totalSessions: 2,
        totalKeys: 1,
        removed: [],
      });
      expect(changed).toEqual([
        {
          id: idAt(1),
          name: 'first',
          maskedToken: `··${tkn.slice(-4)}`,
          shared: false,
          keyCount: 1,
          bytes: expect.any(Number),
          createdAtMs: nowMs - 1,
          expiry: null,
        },
        expect.objectContaining({
          id: idAt(2),
          expiry: { durationSec: 60, deleteSession: true, deadlineMs: nowMs + 60_000 },
        }),
      ]);
      expect(JSON.stringify(changed)).not.toContain(tkn);
    });

    test('an empty store comes as an empty list', async () => {
      const { list } = await start();
      expect(list).toMatchObject({ isReset: true, changed: [], totalSessions: 0 });
    });

    test('changes come together, once, within the time of gathering', async () => {
      const { inspector } = await start();
      const tkn = await newSession();
      for (let index = 0; index < 50; index += 1) await set(tkn, `{"k${index}":1}`);
      clock.advance(gatherMs - 1);
      await inspector.handled();
      clock.advance(1);
      const event = await inspector.next('sessions');
      expect(event).toMatchObject({ isReset: false, removed: [], totalSessions: 1, totalKeys: 50 });
      expect(event.changed).toMatchObject([{ id: idAt(1), keyCount: 50 }]);
      clock.advance(1000);
      await inspector.handled();
      expect(inspector.unread).toBe(0);
    });

    test('a touched session shows the expiry that it has now, or that it has none', async () => {
      const tkn = await newSession();
      const { inspector } = await start();
      const touch = async (members: string) => {
        await client.ask(`{"SH_TOUCH":{"tkn":"${tkn}",${members}}}`);
        clock.advance(gatherMs);
        return (await inspector.next('sessions')).changed[0]?.expiry;
      };
      const running = { durationSec: 60, deleteSession: false };
      expect(await touch('"duration":60,"deleteSession":false')).toMatchObject(running);
      expect(await touch('"duration":0')).toBeNull();
    });

    test('a session that came and went unseen is not sent, but the totals are', async () => {
      const { inspector } = await start();
      const tkn = await newSession();
      await client.ask(`{"SH_END":{"tkn":"${tkn}"}}`);
      clock.advance(gatherMs);
      expect(await inspector.next('sessions')).toMatchObject({ changed: [], removed: [] });
    });
  });

  describe('the keys of one session', () => {
    test('are sent to every inspector that watches', async () => {
      const tkn = await newSession();
      await set(tkn, '{"kept":1,"changed":1,"removed":1}');
      const all = [await start(), await start(), await start()];
      for (const { inspector } of all) await inspector.watch(idAt(1), clock);
      await set(tkn, '{"changed":2,"new":1}');
      await client.ask(`{"KV_ADD":{"tkn":"${tkn}","keys":{"kept":9,"added":1}}}`);
      await remove(tkn, '["removed","nope"]');
      clock.advance(gatherMs);
      for (const { inspector } of all) {
        await inspector.next('sessions');
        await inspector.next('session');
        expect(await inspector.next('keys')).toMatchObject({
          isReset: false,
          totalKeys: 4,
          changed: [
            { key: 'changed', value: '2' },
            { key: 'new', value: '1' },
            { key: 'added', value: '1' },
          ],
          removed: ['removed'],
        });
      }
    });

    test('all removed at once come as a new, empty list', async () => {
      const tkn = await newSession();
      await set(tkn, '{"a":1}');
      const { inspector } = await start();
      await inspector.watch(idAt(1), clock);
      await client.ask(`{"KV_CLEAR":{"tkn":"${tkn}"}}`);
      clock.advance(gatherMs);
      await inspector.next('sessions');
      await inspector.next('session');
      expect(await inspector.next('keys')).toMatchObject({
        isReset: true,
        totalKeys: 0,
        changed: [],
      });
    });

    test('come with what the session is, whenever that has changed', async () => {
      const tkn = await newSession('{"name":"a"}');
      const { inspector } = await start();
      await inspector.watch(idAt(1), clock);
      await set(tkn, '{"a":1}');
      clock.advance(gatherMs);
      await inspector.next('sessions');
      expect(await inspector.next('session')).toMatchObject({
        id: idAt(1),
        name: 'a',
        keyCount: 1,
      });
      await inspector.next('keys');
      await newSession('{"name":"b"}');
      clock.advance(gatherMs);
      await inspector.next('sessions');
      await inspector.handled();
      expect(inspector.unread).toBe(0);
    });

    test('end with the session', async () => {
      const tkn = await newSession();
      const { inspector } = await start();
      await inspector.watch(idAt(1), clock);
      await client.ask(`{"SH_END":{"tkn":"${tkn}"}}`);
      clock.advance(gatherMs);
      expect(await inspector.next('sessions')).toMatchObject({ removed: [idAt(1)] });
      expect(await inspector.next('gone')).toEqual({ type: 'gone', id: idAt(1) });
      inspector.ask({ type: 'watch', id: idAt(1) });
      await inspector.handled();
      clock.advance(0);
      await inspector.next('gone');
    });

    test('of a session that is no longer watched are not sent', async () => {
      const tkn = await newSession();
      const { inspector } = await start();
      await inspector.watch(idAt(1), clock);
      inspector.ask({ type: 'unwatch' });
      await inspector.handled();
      await set(tkn, '{"a":1}');
      clock.advance(gatherMs);
      await inspector.next('sessions');
      await inspector.handled();
      expect(inspector.unread).toBe(0);
    });

    test('a long value is listed by its length and sent when asked for', async () => {
      const tkn = await newSession();
      const long = `"${'x'.repeat(70_000)}"`;
      await set(tkn, `{"long":${long}}`);
      const { inspector } = await start();
      const { changed } = await inspector.watch(idAt(1), clock);
      expect(changed).toMatchObject([{ key: 'long', length: long.length }]);
      expect(changed[0]).not.toHaveProperty('value');
      inspector.ask({ type: 'value', id: idAt(1), key: 'long' });
      expect(await inspector.next('value')).toEqual({
        type: 'value',
        id: idAt(1),
        key: 'long',
        value: long,
      });
      inspector.ask({ type: 'value', id: idAt(1), key: 'nope' });
      expect(await inspector.next('value')).toEqual({ type: 'value', id: idAt(1), key: 'nope' });
    });

    test('that are many or large come in several frames', async () => {
      const tkn = await newSession();
      const large = `"${'x'.repeat(60_000)}"`;
      for (let index = 0; index < 12; index += 1) await set(tkn, `{"k${index}":${large}}`);
      const { inspector } = await start();
      const first = await inspector.watch(idAt(1), clock);
      expect(first.changed.length).toBe(5);
      clock.advance(1);
      const second = await inspector.next('keys');
      clock.advance(1);
      const third = await inspector.next('keys');
      const all = [first, second, third].flatMap(({ changed }) => changed.map(({ key }) => key));
      expect(all).toEqual(Array.from({ length: 12 }, (_, index) => `k${index}`));
    });
  });

  test('the whole token is sent when it is asked for, and only then', async () => {
    const tkn = await newSession();
    const { inspector } = await start();
    inspector.ask({ type: 'reveal', id: idAt(1) });
    expect(await inspector.next('token')).toEqual({ type: 'token', id: idAt(1), token: tkn });
    inspector.ask({ type: 'reveal', id: 'nope' });
    expect(await inspector.next('token')).toMatchObject({ token: null });
  });

  test('viewing moves no deadline', async () => {
    const tkn = await newSession('{"name":"a","expiry":{"duration":10,"deleteSession":true}}');
    const info = `{"SH_INFO":{"tkn":"${tkn}"}}`;
    await set(tkn, '{"a":1}');
    const { inspector } = await start();
    clock.advance(4000);
    await inspector.watch(idAt(1), clock);
    inspector.ask({ type: 'value', id: idAt(1), key: 'a' });
    await inspector.next('value');
    expect(await client.ask(info)).toContain('"remaining":6');
  });

  test.each(['nonsense', '{"sessions":{}}', '{"watch":{}}', '{}'])(
    'what is no request (%s) closes the inspection socket with 1008',
    async (text) => {
      const { inspector } = await start();
      inspector.send(text);
      expect(await inspector.closed).toBe(1008);
    },
  );

  test('a request longer than any command closes the inspection socket with 1009', async () => {
    const { inspector } = await start();
    inspector.send(`{"watch":{"id":"${'s'.repeat(8_500_000)}"}}`);
    expect(await inspector.closed).toBe(1009);
  });

  test('an inspector that has left costs nothing', async () => {
    const before = clock.waitsMs.length;
    const { inspector } = await start();
    inspector.terminate();
    const health = `${server.url}/healthz`;
    await expect.poll(async () => (await fetch(health)).text()).toContain('"connections":1,');
    await newSession();
    expect(clock.waitsMs.length).toBe(before);
  });
});

// One in Redis looks for what is due every 2.5 s, and knows writers since an inspector was open: docs/cluster.md.
describe.each(stores)('with %s, at the moment', (_name, deps) => {
  beforeEach(() => begin(deps));

  test('what ends or expires is removed, what restarts shows its new deadline', async () => {
    const tkn = await newSession();
    await newSession('{"name":"b","expiry":{"duration":1,"deleteSession":true}}');
    await newSession('{"name":"c","expiry":{"duration":1,"deleteSession":false}}');
    const { inspector, list } = await start();
    const deadlineMs = list.changed[2]?.expiry?.deadlineMs ?? 0;
    await client.ask(`{"SH_END":{"tkn":"${tkn}"}}`);
    clock.advance(gatherMs);
    expect(await inspector.next('sessions')).toMatchObject({ removed: [idAt(1)], changed: [] });
    clock.advance(1000);
    expect(await inspector.next('sessions')).toMatchObject({
      removed: [idAt(2)],
      changed: [{ id: idAt(3), expiry: { deadlineMs: deadlineMs + 1000 } }],
      totalSessions: 1,
    });
  });

  test('keys come in the order of the session, then as they change', async () => {
    const tkn = await newSession();
    await set(tkn, '{"b":1.50,"a":[1,2]}');
    const atMs = Math.round(clock.nowMs());
    const writer = { by: 'client', connection: 1, command: 'KV_SET', atMs };
    const { inspector } = await start();
    expect(await inspector.watch(idAt(1), clock)).toEqual({
      type: 'keys',
      id: idAt(1),
      isReset: true,
      totalKeys: 2,
      changed: [
        { key: 'b', length: 4, value: '1.50', writer },
        { key: 'a', length: 5, value: '[1,2]', writer },
      ],
      removed: [],
    });
    await set(tkn, '{"c":9007199254740993}');
    await remove(tkn, '["a","b"]');
    await set(tkn, '{"b":2}');
    clock.advance(gatherMs);
    await inspector.next('sessions');
    await inspector.next('session');
    expect(await inspector.next('keys')).toMatchObject({
      isReset: false,
      totalKeys: 2,
      changed: [
        { key: 'c', value: '9007199254740993' },
        { key: 'b', value: '2' },
      ],
      removed: ['a', 'b'],
    });
  });

  test('an expiry that restarts takes the keys away', async () => {
    const tkn = await newSession('{"name":"a","expiry":{"duration":1,"deleteSession":false}}');
    await set(tkn, '{"a":1}');
    const { inspector } = await start();
    await inspector.watch(idAt(1), clock);
    clock.advance(1000 + gatherMs);
    await inspector.next('sessions');
    await inspector.next('session');
    expect(await inspector.next('keys')).toMatchObject({ isReset: true, totalKeys: 0 });
  });
});
