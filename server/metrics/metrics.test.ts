import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { JournalledStore } from '../../test/server/journalledStore.ts';
import { readMetrics, type Scrape } from '../../test/server/readMetrics.ts';
import { startTestServer, type TestServer } from '../../test/server/testServer.ts';
import { MemoryStore } from '../store/memory/memoryStore.ts';

let server: TestServer;

afterEach(() => server.stop());

const scrapeText = async (url = server.url) => (await fetch(`${url}/metrics`)).text();
const scrape = async (): Promise<Scrape> => readMetrics(await scrapeText());

/** The series of a name, without it, that are not 0. */
function seriesOf({ values }: Scrape, name: string): Record<string, number> {
  const own = [...values].filter(([series, value]) => series.startsWith(`${name}{`) && value !== 0);
  return Object.fromEntries(own.map(([series, value]) => [series.slice(name.length), value]));
}

describe('commands are counted', () => {
  test('by name and status, whatever the reply looks like', async () => {
    server = await startTestServer();
    const client = await server.connect();
    const tkn = await client.newSession();
    await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"a":1}}}`);
    await client.ask(`{"KV_GET":{"tkn":"${tkn}","keys":["a"]}}`);
    client.socket.send(`{"KV_SETQ":{"tkn":"${tkn}","keys":{"b":1}}}`);
    await client.ask('{"KV_COUNT":{"tkn":"1"}}');
    await client.ask('{"KV_COUNT":{"tkn":""}}');
    await client.ask('{"SH_END":{"tkn":"1"}}');
    await client.ask('{"KV_GET":7}');
    await client.ask('{"SH_SAVE":{"name":"a"}}');
    expect(seriesOf(await scrape(), 'seshdeck_commands_total')).toEqual({
      '{command="SH_NEW",status="Ok"}': 1,
      '{command="KV_SET",status="Ok"}': 1,
      '{command="KV_SETQ",status="Ok"}': 1,
      '{command="KV_GET",status="Ok"}': 1,
      '{command="KV_GET",status="CommandType"}': 1,
      '{command="KV_COUNT",status="SessionNotExist"}': 1,
      '{command="KV_COUNT",status="SessionTokenInvalid"}': 1,
      '{command="SH_END",status="SessionNotExist"}': 1,
      '{command="SH_SAVE",status="CommandDisabled"}': 1,
    });
    const { values } = await scrape();
    expect(values.get('seshdeck_command_seconds_count{command="KV_GET"}')).toBe(2);
    expect(values.get('seshdeck_command_seconds_sum{command="KV_GET"}')).toBeGreaterThan(0);
  });

  test('messages without a command of ours share one series, and nothing of theirs is shown', async () => {
    server = await startTestServer();
    const client = await server.connect();
    const tkn = await client.newSession('{"name":"secret name"}');
    for (let index = 0; index < 50; index += 1) await client.ask(`{"SECRET_${index}":{}}`);
    for (const odd of ['secret', '{"__proto__":{}}', '{"SH_NEW_RSP":{}}', '{"a\\"b":{}}'])
      await client.ask(odd);
    await client.ask(Buffer.from('{"SH_NEW":{}}'));
    await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"secret key":"secret value"}}}`);
    const text = await scrapeText();
    expect(text).not.toMatch(new RegExp(`secret|proto|127\\.0\\.0\\.1|${tkn}`, 'i'));
    const series = seriesOf(readMetrics(text), 'seshdeck_commands_total');
    expect(series).toEqual({
      '{command="SH_NEW",status="Ok"}': 1,
      '{command="KV_SET",status="Ok"}': 1,
      '{command="none",status="CommandNotExist"}': 53,
      '{command="none",status="JsonInvalid"}': 1,
      '{command="none",status="PayLoadInvalid"}': 1,
    });
  });

  test('a command that a bug cut short counts as Unknown, at once or later', async () => {
    server = await startTestServer([], {
      createStore: (parts) => {
        const store = new MemoryStore(parts);
        store.countKeys = () => {
          throw new Error('planted');
        };
        store.keyNames = () => Promise.reject(new Error('planted'));
        return store;
      },
    });
    const client = await server.connect();
    const tkn = await client.newSession();
    for (const command of ['KV_COUNT', 'KV_KEYS'])
      expect(await client.ask(`{"${command}":{"tkn":"${tkn}"}}`)).toContain('"st":1000');
    expect(seriesOf(await scrape(), 'seshdeck_commands_total')).toMatchObject({
      '{command="KV_COUNT",status="Unknown"}': 1,
      '{command="KV_KEYS",status="Unknown"}': 1,
    });
  });
});

test('sockets, sessions, keys, faults and what is running are there', async () => {
  server = await startTestServer([], {
    process: { nodeVersion: '20.0.0', residentBytes: () => 7, cpuSec: () => 1.5 },
  });
  const client = await server.connect();
  const tkn = await client.newSession();
  await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"a":1,"b":2}}}`);
  server.server.noteFault(new Error('planted'));
  const { values } = await scrape();
  expect(values.get('seshdeck_history_bytes')).toBeGreaterThan(0);
  expect(values.get('seshdeck_bytes')).toBeGreaterThan('demo'.length + 'a1b2'.length);
  expect(Object.fromEntries(values)).toMatchObject({
    'seshdeck_connections{kind="data"}': 1,
    'seshdeck_connections{kind="inspection"}': 0,
    seshdeck_sessions: 1,
    seshdeck_keys: 2,
    seshdeck_ready: 1,
    seshdeck_faults_total: 1,
    'seshdeck_build_info{version="0.0.0-test",node="20.0.0",durability="memory"}': 1,
    process_resident_memory_bytes: 7,
    process_cpu_seconds_total: 1.5,
  });
  expect(values.has('seshdeck_journal_bytes')).toBe(false);
});

test('a journal has its figures', async () => {
  const clock = new FakeClock();
  server = await startTestServer([], {
    clock,
    createStore: (parts) => new JournalledStore(parts),
  });
  clock.advance(500);
  const { values } = await scrape();
  expect(values.get('seshdeck_journal_bytes')).toBe(3456);
  expect(values.get('seshdeck_journal_unsynced_bytes')).toBe(12);
  expect(values.get('seshdeck_journal_sync_seconds_count')).toBe(4);
  expect(values.get('seshdeck_journal_sync_seconds_sum')).toBe(0.01);
  expect(values.get('seshdeck_snapshot_age_seconds')).toBe(60.5);
  expect(values.get('seshdeck_journal_last_sync_age_seconds')).toBe(1.5);
});

test('a real journal counts its syncs and their time', async () => {
  const data = mkdtempSync(join(tmpdir(), 'seshdeck-metrics-'));
  server = await startTestServer(['--data', data]);
  const client = await server.connect();
  await client.newSession();
  await client.newSession();
  const { values } = await scrape();
  expect(values.get('seshdeck_journal_sync_seconds_count')).toBe(2);
  expect(values.get('seshdeck_journal_sync_seconds_sum')).toBeGreaterThan(0);
  await server.stop();
  rmSync(data, { recursive: true });
});

test('connections that are refused or cut off count by their reason', async () => {
  server = await startTestServer([], { limits: { maxConnections: 2 } });
  const [first, second] = [await server.connect(), await server.connect()];
  const statusOf = async (headers: string) => {
    const tcp = connect(server.port, '127.0.0.1');
    tcp.write(
      `GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n${headers}\r\n`,
    );
    const [answer] = (await once(tcp, 'data')) as [Buffer];
    tcp.destroy();
    return Number(/\d{3}/.exec(answer.toString())?.[0]);
  };
  const host = `Host: 127.0.0.1:${server.port}\r\n`;
  expect(await statusOf('Host: evil.example\r\n')).toBe(403);
  expect(await statusOf(`${host}Origin: http://evil.example\r\n`)).toBe(403);
  await Promise.all([first, second].map((each) => each.newSession()));
  expect(await statusOf(host)).toBe(503);
  first.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
  expect(await first.closed).toBe(1007);
  expect(seriesOf(await scrape(), 'seshdeck_refused_total')).toEqual({
    '{reason="foreignHost"}': 1,
    '{reason="foreignOrigin"}': 1,
    '{reason="serverFull"}': 1,
    '{reason="notUtf8"}': 1,
  });
});

const isPromtoolHere = !spawnSync('promtool', ['--version']).error;

const needsPromtool = isPromtoolHere ? '' : ' needs promtool (Debian: prometheus)';

test.skipIf(!isPromtoolHere)(`promtool has no complaint${needsPromtool}`, async () => {
  server = await startTestServer([], {
    process: { nodeVersion: '20.0.0', residentBytes: () => 7, cpuSec: () => 1.5 },
    createStore: (parts) => new JournalledStore(parts),
  });
  const client = await server.connect();
  await client.newSession();
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
    input: await scrapeText(),
    encoding: 'utf8',
  });
  expect([status, stdout, stderr]).toEqual([0, '', '']);
});

describe('on a port of their own', () => {
  test('metrics are there with health, and not on the public port', async () => {
    server = await startTestServer(['--metrics-listen', '127.0.0.1:0']);
    const url = server.metricsUrl ?? '';
    expect(readMetrics(await (await fetch(url)).text()).values.get('seshdeck_ready')).toBe(1);
    const statusOf = async (target: string, headers = {}) =>
      (await fetch(target, { headers })).status;
    const base = url.replace('/metrics', '');
    expect(await statusOf(`${base}/healthz`)).toBe(200);
    expect(await statusOf(`${base}/readyz`)).toBe(200);
    expect(await statusOf(`${base}/`)).toBe(404);
    expect(await statusOf(`${base}/inspect/ticket`)).toBe(404);
    expect(await statusOf(`${server.url}/metrics`)).toBe(404);
    expect(await statusOf(`${server.url}/readyz`)).toBe(200);
  });

  test('a foreign host name gets nothing there either', async () => {
    server = await startTestServer(['--metrics-listen', '127.0.0.1:0']);
    const { port } = new URL(server.metricsUrl ?? '');
    const tcp = connect(Number(port), '127.0.0.1');
    tcp.write('GET /metrics HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
    const [answer] = (await once(tcp, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1.1 421 /);
    tcp.destroy();
  });

  test('and nothing listens when that port is taken', async () => {
    server = await startTestServer();
    const taken = `127.0.0.1:${server.port}`;
    await expect(startTestServer(['--metrics-listen', taken])).rejects.toThrow('EADDRINUSE');
  });
});
