import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { createLog } from '../log.ts';
import { startTestServer, TestClient, type TestServer } from '../../test/server/testServer.ts';

const counting = (tkn: string) => `{"KV_COUNT":{"tkn":"${tkn}"}}`;

/** A request of exactly so many bytes, in two-byte characters as far as possible. */
function requestOf(bytes: number): string {
  const [head, tail] = ['{"SH_NEW":{"name":"', '"}}'];
  const left = bytes - head.length - tail.length;
  return head + 'é'.repeat(Math.floor(left / 2)) + 'e'.repeat(left % 2) + tail;
}

describe('one connection', () => {
  let server: TestServer;
  let client: TestClient;

  beforeAll(async () => {
    server = await startTestServer(['--max-payload', '1000']);
    client = await server.connect();
  });
  afterAll(() => server.stop());

  test('20,000 requests in flight are answered in their order', async () => {
    const requests = 20_000;
    const own = await server.connect();
    const tkn = await own.newSession();
    for (let index = 0; index < requests; index += 1) {
      const isSet = index % 2 === 0;
      const set = `{"KV_SET":{"tkn":"${tkn}","keys":{"at":${index}}}}`;
      own.socket.send(isSet ? set : `{"KV_GET":{"tkn":"${tkn}","keys":["at"]}}`);
    }
    for (let index = 0; index < requests; index += 2) {
      expect(await own.next()).toContain('KV_SET_RSP');
      expect(await own.next()).toContain(`"at":${index}}`);
    }
    expect(own.unread).toBe(0);
  });

  test('20,000 requests in flight, quiet and loud, are answered in their order', async () => {
    const rounds = 5_000;
    const own = await server.connect();
    const tkn = await own.newSession();
    const send = (name: string, keys: string) =>
      own.socket.send(`{"${name}":{"tkn":"${tkn}","keys":${keys}}}`);
    for (let index = 0; index < rounds; index += 1) {
      send('KV_SETQ', `{"at":${index}}`);
      send('KV_ADDQ', `{"k${index}":1}`); // New: silent.
      send('KV_ADDQ', `{"at":0,"k${index}":0}`); // There: loud.
      send('KV_GET', '["at"]');
    }
    for (let index = 0; index < rounds; index += 1) {
      expect(await own.next()).toBe(
        `{"KV_ADDQ_RSP":{"tkn":"${tkn}","keys":{"at":23,"k${index}":23}}}`,
      );
      expect(await own.next()).toContain(`"at":${index}}`);
    }
    expect(own.unread).toBe(0);
  });

  test('a message of exactly the limit is fine, counted in bytes', async () => {
    expect(await client.ask(requestOf(1000))).toContain('"st":1,');
  });

  test('one byte more closes that connection with 1009, and no other', async () => {
    const large = await server.connect();
    large.socket.send(requestOf(1001));
    expect(await large.closed).toBe(1009);
    expect(large.unread).toBe(0);
    expect(await client.ask('{"SH_INFO_ALL":{}}')).toContain('totalSessions');
  });

  test('fragments are put together, and their sum is what counts', async () => {
    const fragmented = await server.connect();
    for (const part of ['{"SH_', 'INFO_ALL"', ':{}']) fragmented.socket.send(part, { fin: false });
    expect(await fragmented.ask('}')).toContain('SH_INFO_ALL_RSP');
    fragmented.socket.send(requestOf(600), { fin: false });
    fragmented.socket.send(requestOf(600));
    expect(await fragmented.closed).toBe(1009);
  });

  test('text that is not UTF-8 closes the connection with 1007', async () => {
    const garbled = await server.connect();
    garbled.socket.send(Buffer.from([0x7b, 0xff, 0x7d]), { binary: false });
    expect(await garbled.closed).toBe(1007);
  });

  test('what was asked before a closing frame is answered before it', async () => {
    const hasty = await server.connect();
    for (let index = 0; index < 100; index += 1) hasty.socket.send('{"SH_INFO_ALL":{}}');
    hasty.socket.close(1000);
    expect(await hasty.closed).toBe(1000);
    expect(hasty.unread).toBe(100);
  });

  test('what was asked before a fault is answered before the connection is closed', async () => {
    const clumsy = await server.connect();
    clumsy.socket.send('{"SH_INFO_ALL":{}}');
    clumsy.socket.send(requestOf(1001));
    expect(await clumsy.closed).toBe(1009);
    expect(clumsy.unread).toBe(1);
  });

  test('a closed connection ends no session', async () => {
    const brief = await server.connect();
    const tkn = await brief.newSession();
    brief.socket.terminate();
    expect(await client.ask(counting(tkn))).toContain('"st":1,');
  });

  test('a ping is answered', async () => {
    client.socket.ping('are you there');
    const [echo] = (await once(client.socket, 'pong')) as [Buffer];
    expect(echo.toString()).toBe('are you there');
  });
});

describe('a client that does not read', () => {
  const bigValue = 'v'.repeat(1_000_000);

  /** Stores a big value and stops reading. */
  async function startLazyClient(server: TestServer) {
    const client = await server.connect();
    const tkn = await client.newSession();
    await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"big":"${bigValue}"}}}`);
    client.socket.pause();
    return { client, get: `{"KV_GET":{"tkn":"${tkn}","keys":["big"]}}` };
  }

  test('gets all replies in order once it reads again', async () => {
    const server = await startTestServer();
    const { client, get } = await startLazyClient(server);
    for (let index = 0; index < 60; index += 1) client.socket.send(index % 2 ? get : '{"x":{}}');
    const other = await server.connect();
    expect(await other.ask('{"SH_INFO_ALL":{}}')).toContain('"totalSessions":1');
    client.socket.resume();
    for (let index = 0; index < 60; index += 1) {
      const reply = await client.next();
      expect(reply.slice(0, 12)).toBe(index % 2 ? '{"KV_GET_RSP' : '{"x_RSP":{"s');
    }
    await server.stop();
  });

  test('is cut off with 1013 when it takes nothing for too long', async () => {
    const warnings: string[] = [];
    let warned: () => void = () => undefined;
    const isWarned = new Promise<void>((resolve) => {
      warned = resolve;
    });
    const write = (line: string) => {
      warnings.push(line);
      warned();
    };
    const log = createLog({ level: 'warn', write, nowMs: () => 0 });
    const limits = { stallMs: 50, closeGraceMs: 10_000 };
    const server = await startTestServer([], { limits, log });
    const { client, get } = await startLazyClient(server);
    for (let index = 0; index < 20; index += 1) client.socket.send(get);
    await isWarned;
    expect(warnings.join()).toContain('A connection is cut off: The replies are not being read');
    client.socket.resume();
    expect(await client.closed).toBe(1013);
    expect(client.unread).toBeLessThan(20);
    await server.stop();
  });

  test('is dropped when it does not even answer the closing frame', async () => {
    const limits = { stallMs: 20, closeGraceMs: 20, maxConnections: 1 };
    const server = await startTestServer([], { limits });
    const { client, get } = await startLazyClient(server);
    for (let index = 0; index < 20; index += 1) client.socket.send(get);
    const health = `${server.url}/healthz`;
    await expect.poll(async () => (await fetch(health)).text()).toContain('"connections":0');
    await server.stop();
  });

  test('is cut off with 1013 when more waits than the hard limit allows', async () => {
    const server = await startTestServer([], { limits: { maxQueuedBytes: 100_000 } });
    const client = await server.connect();
    const tkn = await client.newSession();
    const keys = Array.from({ length: 9 }, (_, index) => `k${index}`);
    for (const key of keys) {
      await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"${key}":"${bigValue}"}}}`);
    }
    client.socket.send(`{"KV_GET":{"tkn":"${tkn}","keys":["${keys.join('","')}"]}}`);
    expect(await client.closed).toBe(1013);
    await server.stop();
  });
});

describe('the heartbeat', () => {
  test('an idle peer is pinged, a silent one dropped after 180 s, a living one kept', async () => {
    const clock = new FakeClock();
    const server = await startTestServer([], { clock });
    const [silent, living] = [await server.connect(), await server.connect()];
    // As a peer whose machine has gone: the connection stands, nothing comes.
    silent.socket.pong = () => undefined;
    let pings = 0;
    silent.socket.on('ping', () => (pings += 1));
    for (let beat = 1; beat <= 6; beat += 1) {
      clock.advance(30_000);
      await living.ask('{"SH_INFO_ALL":{}}');
    }
    expect(silent.socket.readyState).toBe(silent.socket.OPEN);
    clock.advance(30_000);
    expect(await silent.closed).toBe(1006);
    expect(pings).toBe(5);
    expect(await living.ask('{"SH_INFO_ALL":{}}')).toContain('totalSessions');
    await server.stop();
  });
});

describe('shutting down', () => {
  test('what has arrived is answered, then everyone is sent away with 1001', async () => {
    // A busy machine may need longer than the usual time.
    const server = await startTestServer([], { limits: { drainMs: 10_000 } });
    const [busy, idle] = [await server.connect(), await server.connect()];
    for (let index = 0; index < 5_000; index += 1) busy.socket.send('{"SH_INFO_ALL":{}}');
    // In the same tick: not one of them has been read.
    await server.server.close();
    expect(await Promise.all([busy.closed, idle.closed])).toEqual([1001, 1001]);
    expect(busy.unread).toBe(5_000);
  });

  test('a client that hangs does not keep the server', async () => {
    const server = await startTestServer([], { limits: { closeGraceMs: 100 } });
    const client = await server.connect();
    client.socket.pause();
    const mute = connect(server.port, '127.0.0.1');
    await once(mute, 'connect');
    mute.write('GET / HTTP/1.1\r\nHost: 127');
    const startedMs = performance.now();
    await server.server.close();
    expect(performance.now() - startedMs).toBeLessThan(900);
    client.socket.terminate();
    mute.destroy();
  });

  test('nobody is let in any more', async () => {
    const server = await startTestServer();
    await server.server.close();
    await expect(TestClient.open(`ws://127.0.0.1:${server.port}`)).rejects.toThrow('ECONNREFUSED');
  });
});
