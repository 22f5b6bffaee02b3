import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inspectedStores } from '../../../test/server/stores.ts';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import { idOf } from '../../../test/server/memoryStore.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import {
  startTestServer,
  type TestClient,
  type TestServer,
} from '../../../test/server/testServer.ts';
import { gatherMs } from '../hub.ts';
import { Inspector, type EventOf } from '../../../test/server/inspectorClient.ts';

let clock: FakeClock;
let server: TestServer;
let client: TestClient;

afterEach(async () => {
  for (const inspector of inspectors.splice(0)) inspector.terminate();
  await server.stop();
});

const inspectors: Inspector[] = [];

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
describe.each(inspectedStores)('with %s', (_name, deps) => {
  beforeEach(async () => {
    clock = new FakeClock();
    made.length = 0;
    server = await startTestServer([], { clock, ...deps });
    client = await server.connect();
  });

  describe('a window of the list', () => {
    const newest = {
      type: 'list',
      number: 7,
      sort: 'created',
      descending: true,
      find: '',
    } as const;

    async function rows(inspector: Inspector): Promise<EventOf<'rows'>> {
      await inspector.handled();
      clock.advance(0);
      return inspector.next('rows');
    }

    test('has the rows that were asked for, and how many there are', async () => {
      for (const name of ['a', 'b', 'c', 'd']) await newSession(`{"name":"${name}"}`);
      const { inspector } = await start();
      inspector.ask({ ...newest, from: 1, count: 2 });
      const { changed, nowMs, ...rest } = await rows(inspector);
      const ids = changed.map(({ id }) => id);
      const counts = { length: 4, matching: 4, all: 4, allKeys: 0 };
      expect(rest).toEqual({ type: 'rows', number: 7, from: 1, ids, ...counts });
      expect(nowMs).toBe(Math.round(clock.nowMs()));
      expect(ids).toHaveLength(2);
      inspector.ask({ ...newest, number: 8, find: 'D', from: 0, count: 9 });
      expect(await rows(inspector)).toMatchObject({ number: 8, matching: 1, all: 4 });
    });

    test('is kept up to date, and no more after unlist', async () => {
      const tkn = await newSession('{"name":"a"}');
      const { inspector } = await start();
      inspector.ask({ ...newest, from: 0, count: 9 });
      await rows(inspector);
      await set(tkn, '{"a":1}');
      clock.advance(gatherMs);
      await inspector.next('sessions');
      expect(await inspector.next('rows')).toMatchObject({
        ids: [idAt(1)],
        changed: [{ id: idAt(1), keyCount: 1 }],
      });
      inspector.ask({ type: 'unlist', number: 7 });
      await inspector.handled();
      await set(tkn, '{"b":1}');
      clock.advance(gatherMs);
      await inspector.next('sessions');
      await inspector.handled();
      expect(inspector.unread).toBe(0);
    });

    test('lists of other numbers stay beside it, at most eight of them', async () => {
      await newSession('{"name":"a"}');
      const { inspector } = await start();
      for (let number = 1; number <= 9; number += 1) {
        inspector.ask({ ...newest, number, from: 0, count: 1 });
        await rows(inspector);
      }
      await newSession('{"name":"b"}');
      clock.advance(gatherMs);
      await inspector.next('sessions');
      const numbers: number[] = [];
      for (let at = 0; at < 8; at += 1) numbers.push((await inspector.next('rows')).number);
      expect(numbers).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
      await inspector.handled();
      expect(inspector.unread).toBe(0);
    });

    test.each([
      '{"list":{"number":1,"sort":"token","descending":false,"find":"","from":0,"count":1}}',
      '{"list":{"number":1,"sort":"name","descending":false,"find":"","from":-1,"count":1}}',
      '{"list":{}}',
    ])('a question that is none ends the connection: %s', async (text) => {
      const { inspector } = await start();
      inspector.send(text);
      expect(await inspector.closed).toBe(1008);
    });

    test('has groups first, and opens one by its name', async () => {
      for (const name of ['shop:1', 'shop:2', 'user:1', 'other']) {
        await newSession(`{"name":"${name}"}`);
      }
      const { inspector } = await start();
      const grouped = { ...newest, sort: 'name', descending: false, separator: ':' } as const;
      inspector.ask({ ...grouped, from: 0, count: 9 });
      const { groups, ids, ...counts } = await rows(inspector);
      expect(groups?.map(({ name, sessions }) => [name, sessions])).toEqual([
        ['shop:', 2],
        ['user:', 1],
      ]);
      expect(ids).toEqual([idAt(4)]);
      expect(counts).toMatchObject({ length: 3, matching: 4, all: 4 });
      inspector.ask({ ...grouped, number: 8, prefix: 'shop:', from: 0, count: 9 });
      expect(await rows(inspector)).toMatchObject({ groups: [], ids: [idAt(1), idAt(2)] });
    });

    test('finds what values hold, and follows their changes', async () => {
      const tkn = await newSession('{"name":"a"}');
      await newSession('{"name":"b"}');
      await set(tkn, '{"cart":{"user":{"id":7}}}');
      const { inspector } = await start();
      const condition = { operator: '==', value: asJsonText('7') } as const;
      inspector.ask({ ...newest, content: { path: '$.user.id', condition }, from: 0, count: 9 });
      const found = async () => {
        for (;;) {
          const { ids, changed, looked } = await inspector.next('rows');
          if (looked === undefined) return [ids, changed.map(({ foundIn }) => foundIn)];
          clock.advance(0);
        }
      };
      await inspector.handled();
      clock.advance(0);
      expect(await found()).toEqual([[idAt(1)], ['cart']]);
      await set(tkn, '{"cart":{"user":{"id":8}}}');
      clock.advance(gatherMs);
      await inspector.next('sessions');
      for (let ids = [idAt(1)]; ids.length > 0; clock.advance(0)) {
        ({ ids } = await inspector.next('rows'));
      }
    });

    test('figures come with what they are made of', async () => {
      const tkn = await newSession(
        '{"name":"shop:1","expiry":{"duration":30,"deleteSession":true}}',
      );
      await set(tkn, '{"big":"0123456789"}');
      const { inspector } = await start();
      inspector.ask({ type: 'figures', number: 5, separator: ':', count: 3 });
      await inspector.handled();
      clock.advance(0);
      expect(await inspector.next('figures')).toMatchObject({
        number: 5,
        sessions: 1,
        keys: 1,
        biggestSessions: [{ id: idAt(1) }],
        biggestKeys: [{ session: { id: idAt(1) }, key: 'big' }],
        groups: [{ name: 'shop:', sessions: 1, keys: 1 }],
        groupCount: 1,
        ungrouped: { sessions: 0 },
        minute: { sessions: 1, first: [{ id: idAt(1) }] },
        hour: { sessions: 0, first: [] },
        never: 0,
      });
      inspector.ask({ type: 'unfigures' });
      await inspector.handled();
      clock.advance(1_000);
      await inspector.handled();
      expect(inspector.unread).toBe(0);
    });

    test('has at most 500 rows, whatever is asked for, and nothing beyond its end', async () => {
      await newSession();
      const { inspector } = await start();
      const most = Number.MAX_SAFE_INTEGER;
      inspector.ask({ ...newest, find: 'x'.repeat(10_000), from: 0, count: most });
      expect(await rows(inspector)).toMatchObject({ ids: [], matching: 0, all: 1 });
      inspector.ask({ ...newest, from: most, count: most });
      expect(await rows(inspector)).toMatchObject({ ids: [], matching: 1, all: 1 });
    });
  });
});
