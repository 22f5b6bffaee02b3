import { createHash } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { fullRights, type Rights } from '../../../protocol/inspection/rights.ts';
import { startLossyProxy, type LossyProxy } from '../../../test/server/cluster/lossyProxy.ts';
import { createClusterStore } from '../../../test/server/clusterStore.ts';
import { Inspector, type EventOf } from '../../../test/server/inspectorClient.ts';
import { startRedis, type TestRedis } from '../../../client/testing/startRedis.ts';
import { whyNoRedis } from '../../../test/server/whyNoRedis.ts';
import { startTestServer, type TestServer } from '../../../test/server/testServer.ts';

const within = { timeout: 20_000, interval: 20 };

const secret = 'the key of everybody here';

/** What an inspector has seen of servers, by their names. */
class Seen {
  readonly inspector: Inspector;
  readonly clients = new Map<string, readonly number[]>();
  readonly rows = new Map<string, EventOf<'clients'>['changed'][number]>();
  readonly commands: string[] = [];
  readonly texts: string[] = [];
  readonly counts = new Map<string, EventOf<'streamed'>>();
  readonly others: EventOf<'cut' | 'refused'>[] = [];

  constructor(inspector: Inspector) {
    this.inspector = inspector;
    void this.#read().catch(() => undefined);
  }

  async #read(): Promise<void> {
    for (;;) {
      const event = await this.inspector.nextOfAny();
      if (event.type === 'clients') this.#takeClients(event);
      if (event.type === 'streamed') this.#takeCommands(event);
      if (event.type === 'cut' || event.type === 'refused') this.others.push(event);
    }
  }

  #takeClients({ server = '', connections, changed }: EventOf<'clients'>): void {
    this.clients.set(server, connections);
    for (const row of changed) this.rows.set(`${server} ${row.connection}`, row);
  }

  #takeCommands(event: EventOf<'streamed'>): void {
    const { server = '', entries } = event;
    this.counts.set(server, event);
    for (const { command, session, request = '', reply = '' } of entries) {
      this.texts.push(request, reply);
      this.commands.push(`${server} ${command} ${session ? 'of a session' : ''}`.trim());
    }
  }
}

describe.skipIf(whyNoRedis)(
  `servers that share a Redis${whyNoRedis ? ` ${whyNoRedis}` : ''}`,
  () => {
    let redis: TestRedis;
    let admin: Redis;
    let proxy: LossyProxy;
    let here: TestServer;
    let there: TestServer;
    const lines: string[] = [];

    const started = async (name: string, through: { readonly port: number }) => {
      const note = (line: string) => lines.push(`${name}: ${line}`);
      const log = { debug: note, info: note, warn: note, error: note };
      const server = await startTestServer(['--inspect-keys', 'keys.json'], {
        log,
        createStore: (parts) => createClusterStore({ ...parts, serverName: () => name }, through),
      });
      allow(server, fullRights);
      return server;
    };

    const allow = ({ server }: TestServer, rights: Rights) => {
      const sha256 = createHash('sha256').update(secret).digest('hex');
      server.renewInspectionKeys([{ name: 'all', sha256, rights }]);
    };

    const followed = async () => (await admin.pubsub('SHARDCHANNELS', '{sdp}*')) as string[];

    beforeAll(async () => {
      redis = await startRedis();
      admin = new Redis(redis.port, '127.0.0.1');
      proxy = await startLossyProxy(redis.port);
      here = await started('here', proxy);
      there = await started('there', redis);
    });
    afterAll(async () => {
      await Promise.all([here.stop(), there.stop()]);
      admin.disconnect();
      await proxy.stop();
      await redis.close();
    });

    const inspect = async (server = here) => new Seen(await Inspector.openWithKey(server, secret));

    test('follow nothing of each other before an inspector is open', async () => {
      await vi.waitFor(async () => expect(await admin.hlen('{sdp}:servers')).toBe(2), within);
      expect(await followed()).toEqual([]);
    });

    test('the clients of both are shown, with their servers', async () => {
      const seen = await inspect();
      await here.connect();
      const client = await there.connect();
      seen.inspector.ask({ type: 'clients', number: 1 });
      await vi.waitFor(() => {
        expect([seen.clients.get('here')?.length, seen.clients.get('there')?.length]).toEqual([
          1, 1,
        ]);
      }, within);
      const [connection = 0] = seen.clients.get('there') ?? [];
      await client.ask('{"SV_INFO":{}}');
      await vi.waitFor(() => {
        const row = seen.rows.get(`there ${connection}`);
        expect(row).toMatchObject({ commands: 1, command: 'SV_INFO', address: '127.0.0.1' });
      }, within);
      seen.inspector.terminate();
    }, 30_000);

    test('a client of another server is cut off, with the reason, and both say so in their logs', async () => {
      const seen = await inspect();
      const client = await there.connect();
      const reason = new Promise((resolve) => {
        client.socket.on('close', (code, text) => resolve([code, text.toString()]));
      });
      seen.inspector.ask({ type: 'clients', number: 1 });
      await vi.waitFor(() => expect(seen.clients.get('there')).toBeDefined(), within);
      const connection = seen.clients.get('there')?.at(-1) ?? 0;
      seen.inspector.ask({ type: 'cut', connection, server: 'there', reason: 'maintenance' });
      expect(await reason).toEqual([1008, 'maintenance']);
      await vi.waitFor(() => {
        expect(seen.others).toEqual([{ type: 'cut', connection, server: 'there', wasOpen: true }]);
        expect(seen.clients.get('there')).not.toContain(connection);
      }, within);
      expect(lines.join('\n')).toMatch(
        new RegExp(`here: Audit: all .* closed connection ${connection} of there`),
      );
      expect(lines.join('\n')).toMatch(
        new RegExp(`there: .* closed connection ${connection}: mai`),
      );
      seen.inspector.ask({ type: 'cut', connection, server: 'there', reason: '' });
      await vi.waitFor(() => expect(seen.others.at(-1)).toMatchObject({ wasOpen: false }), within);
      seen.inspector.ask({ type: 'cut', connection, server: 'nowhere', reason: '' });
      await vi.waitFor(() => {
        expect(seen.others.at(-1)).toEqual({ type: 'cut', connection, server: 'nowhere' });
      }, within);
      seen.inspector.terminate();
    }, 30_000);

    test('commands of both come with their servers and exact counts, or of one that is asked for', async () => {
      const seen = await inspect();
      const [one, other] = [await here.connect(), await there.connect()];
      seen.inspector.ask({ type: 'stream', number: 1 });
      await vi.waitFor(async () => {
        await other.ask('{"SV_INFO":{}}');
        expect(seen.commands).toContain('there SV_INFO');
      }, within);
      await one.newSession();
      for (let count = 0; count < 100; count += 1) await other.newSession();
      await vi.waitFor(() => {
        expect(seen.commands).toContain('here SH_NEW of a session');
        expect(seen.commands).toContain('there SH_NEW of a session');
        const { counted = 0, leftOut } = seen.counts.get('there') ?? {};
        const shown = seen.commands.filter((each) => each.startsWith('there')).length;
        expect(counted).toBeGreaterThan(100);
        expect(shown + (leftOut ?? 0)).toBe(counted);
      }, within);
      seen.inspector.ask({ type: 'stream', number: 2, server: 'there' });
      await vi.waitFor(async () => {
        await other.newSession();
        expect(seen.counts.get('there')?.number).toBe(2);
      }, within);
      seen.commands.length = 0;
      await one.newSession();
      await vi.waitFor(async () => {
        await other.newSession();
        expect(seen.commands).toContain('there SH_NEW of a session');
      }, within);
      expect(seen.commands.filter((each) => each.startsWith('here'))).toEqual([]);
      seen.inspector.terminate();
    }, 30_000);

    test('lost messages make no count and no table wrong', async () => {
      const seen = await inspect();
      const client = await there.connect();
      seen.inspector.ask({ type: 'clients', number: 1 });
      seen.inspector.ask({ type: 'stream', number: 1 });
      await vi.waitFor(async () => {
        await client.ask('{"SV_INFO":{}}');
        expect(seen.commands).toContain('there SV_INFO');
      }, within);
      const before = proxy.lost;
      proxy.lose(true);
      const late = await there.connect();
      for (let count = 0; count < 23; count += 1) await late.ask('{"SV_INFO":{}}');
      // Ten frames of commands a second at most: after these, one of the clients has got lost as well.
      await vi.waitFor(async () => {
        await client.ask('{"SV_INFO":{}}');
        expect(proxy.lost).toBeGreaterThan(before + 15);
      }, within);
      proxy.lose(false);
      await client.ask('{"SH_INFO_ALL":{}}');
      await vi.waitFor(() => {
        // It was in a frame that got lost, and came with the whole table.
        const ofLate = [...seen.rows.values()].filter(({ commands }) => commands === 23);
        expect(ofLate).toHaveLength(1);
        expect(seen.commands).toContain('there SH_INFO_ALL');
        const { counted = 0, leftOut } = seen.counts.get('there') ?? {};
        const shown = seen.commands.filter((each) => each.startsWith('there')).length;
        expect(counted).toBeGreaterThan(21);
        expect([shown + (leftOut ?? 0), leftOut === 0]).toEqual([counted, false]);
      }, within);
      seen.inspector.terminate();
    }, 30_000);

    test('a key sees no more of other servers than of its own', async () => {
      const own = await there.connect();
      const [shop, other] = [
        await own.newSession('{"name":"shop-1"}'),
        await own.newSession('{"name":"other"}'),
      ];
      allow(here, { may: ['look'], prefix: 'shop-' });
      const seen = await inspect();
      seen.inspector.ask({ type: 'clients', number: 1 });
      seen.inspector.ask({ type: 'cut', connection: 1, server: 'there', reason: '' });
      seen.inspector.ask({ type: 'stream', number: 1 });
      await vi.waitFor(async () => {
        await own.ask(`{"KV_COUNT":{"tkn":"${other}"}}`);
        await own.ask(`{"KV_SET":{"tkn":"${shop}","keys":{"k":"secret"}}}`);
        expect(seen.commands).toContain('there KV_SET of a session');
      }, within);
      expect(new Set(seen.commands)).toEqual(new Set(['there KV_SET of a session']));
      expect(seen.texts.filter(Boolean)).toEqual([]);
      expect(seen.others).toMatchObject([
        { type: 'refused', request: 'clients' },
        { type: 'refused', request: 'cut', right: 'end' },
      ]);
      expect(seen.clients.size).toBe(0);
      seen.inspector.terminate();
      allow(here, fullRights);
    }, 30_000);

    test('what strangers send changes nothing', async () => {
      const seen = await inspect();
      await vi.waitFor(async () => expect(await followed()).toHaveLength(2), within);
      const { length } = lines;
      const act = { type: 'act', number: 1, message: '{"SH_END_ALL":{}}' };
      const asked = { from: 'x', number: 1, within: '', request: JSON.stringify({ act }) };
      const texts = ['', '{', '{"ask":{}}', JSON.stringify({ ask: asked }), '{"answer":[]}'];
      const answer = {
        from: 'x',
        number: 1,
        sequence: 1,
        event: '{"rights":{"may":[],"prefix":""}}',
      };
      for (const channel of await followed()) {
        for (const text of [...texts, JSON.stringify({ answer })])
          await admin.spublish(channel, text);
      }
      seen.inspector.ask({ type: 'clients', number: 1 });
      await vi.waitFor(() => expect(seen.clients.size).toBe(2), within);
      expect(lines.slice(length).filter((line) => line.includes('failed'))).toEqual([]);
      seen.inspector.terminate();
    }, 30_000);

    test('the clients of a server that ends go with it, and nothing is followed when nobody looks', async () => {
      const third = await started('third', redis);
      const seen = await inspect();
      await third.connect();
      seen.inspector.ask({ type: 'clients', number: 1 });
      await vi.waitFor(() => expect(seen.clients.get('third')).toHaveLength(1), within);
      await third.stop();
      await vi.waitFor(() => expect(seen.clients.get('third')).toEqual([]), within);
      seen.inspector.terminate();
      await vi.waitFor(async () => expect(await followed()).toEqual([]), within);
    }, 60_000);
  },
);
