import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LoneClusterStore } from '../../../test/server/clusterStore.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { Inspector } from '../../../test/server/inspectorClient.ts';
import { whyNoRedis } from '../../../test/server/whyNoRedis.ts';
import { startTestServer, type TestServer } from '../../../test/server/testServer.ts';

describe.skipIf(whyNoRedis)(
  `figures of a store in Redis${whyNoRedis ? ` ${whyNoRedis}` : ''}`,
  () => {
    let server: TestServer;
    let clock: FakeClock;
    let inspector: Inspector;

    beforeEach(async () => {
      clock = new FakeClock();
      const createStore = (parts: { clock: FakeClock }) => new LoneClusterStore(parts);
      server = await startTestServer([], {
        clock,
        createStore: (parts) => createStore({ ...parts, clock }),
      });
    });
    afterEach(async () => {
      inspector.terminate();
      await server.stop();
    });

    test('the biggest keys are found although nothing changes, with when they were looked for', async () => {
      const client = await server.connect();
      const value = (length: number) => JSON.stringify('x'.repeat(length));
      for (const [name, length] of [
        ['a', 1_000],
        ['b', 50_000],
        ['c', 10],
      ] as const) {
        const tkn = await client.newSession(`{"name":"${name}"}`);
        const keys = `{"small":1,"large":${value(length)}}`;
        await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":${keys}}}`);
      }
      ({ inspector } = await Inspector.start(server, clock));
      inspector.ask({ type: 'figures', number: 1, separator: ':', count: 3 });
      await inspector.handled();
      clock.advance(0);
      const { biggestKeys, keysOf } = await inspector.next('figures');
      expect(biggestKeys.map(({ session, key, bytes }) => [session.name, key, bytes])).toEqual([
        ['b', 'large', 50_107],
        ['a', 'large', 1_107],
        ['c', 'large', 117],
      ]);
      expect(keysOf).toEqual({ sessions: 3, atMs: Math.round(clock.nowMs()) });
    });

    test('a big key is found although many sessions with more keys are bigger', async () => {
      const client = await server.connect();
      const value = (length: number) => JSON.stringify('x'.repeat(length));
      const small = Array.from({ length: 10 }, (_, at) => `"${at}":${value(100)}`).join();
      for (let at = 0; at <= 200; at += 1) {
        const tkn = await client.newSession();
        const keys = at === 0 ? `"big":${value(1_500)}` : small;
        await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{${keys}}}}`);
      }
      ({ inspector } = await Inspector.start(server, clock));
      inspector.ask({ type: 'figures', number: 1, separator: ':', count: 1 });
      await inspector.handled();
      clock.advance(0);
      const { biggestSessions, biggestKeys, keysOf } = await inspector.next('figures');
      expect(biggestKeys.map(({ key }) => key)).toEqual(['big']);
      expect(biggestSessions[0]?.id).not.toBe(biggestKeys[0]?.session.id);
      expect(keysOf).toMatchObject({ sessions: 201 });
    });

    test('sessions that have no keys do not end the search', async () => {
      const client = await server.connect();
      for (let at = 0; at <= 200; at += 1) {
        await client.newSession(`{"name":"${'long name '.repeat(20)}"}`);
      }
      const tkn = await client.newSession();
      await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"only":1}}}`);
      ({ inspector } = await Inspector.start(server, clock));
      inspector.ask({ type: 'figures', number: 1, separator: ':', count: 1 });
      await inspector.handled();
      clock.advance(0);
      const { biggestKeys } = await inspector.next('figures');
      expect(biggestKeys.map(({ key }) => key)).toEqual(['only']);
    });
  },
);
