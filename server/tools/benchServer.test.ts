import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { readConfig } from '../config/readConfig.mjs';
import { startTestServer, type TestServer } from '../../test/server/testServer.ts';
import { runTool } from './runTool.ts';

let server: TestServer | undefined;
const said: string[] = [];

afterEach(async () => {
  said.length = 0;
  await server?.stop();
  server = undefined;
});

/** Runs it as the command line says. */
function bench(args: string, signal?: AbortSignal): Promise<string[]> {
  const command = readConfig({
    args: ['bench', ...args.split(' ')],
    env: {},
    readFile: () => '',
    tryDirectory: () => undefined,
  });
  if (!command.ok || command.value.kind !== 'tool') throw new Error('These words are no tool');
  return runTool(command.value.tool, { say: (line) => said.push(line), signal });
}

const short = '--connections 3 --in-flight 4 --seconds 1';

/** One with a session that somebody else has. */
async function start(flags: readonly string[] = []): Promise<TestServer> {
  server = await startTestServer(flags);
  await (await server.connect()).newSession('{"name":"of somebody"}');
  return server;
}

async function namesLeft({ connect }: TestServer): Promise<string> {
  return (await connect()).ask('{"SH_INFO_ALL":{}}');
}

test('a server is measured, which says how many sessions are created and leaves no others', async () => {
  const running = await start();
  const lines = await bench(`${running.url} ${short} --command KV_SET`);
  expect(said).toEqual([
    `Creates 3 sessions named "seshdeck bench" on ws://127.0.0.1:${running.port}/, loads the server ` +
      'with them, and ends these and no others. Other clients will wait longer while it runs.',
  ]);
  expect(lines[0]).toBe('3 × 4 in flight, 1 s each:');
  expect(lines[1]).toMatch(/^ +ops\/s +slowest +fastest +p50 ms +p99 ms$/);
  expect(lines[2]).toMatch(/^KV_SET( +[\d.,]+){5}$/);
  expect(lines).toHaveLength(3);
  expect(await namesLeft(running)).toContain('"totalSessions":1');
});

test('as JSON there is one line with all commands, and plausible figures', async () => {
  const running = await start();
  const [line = ''] = await bench(`ws://127.0.0.1:${running.port}/ ${short} --keys 10 --json`);
  const { found, ...rest } = JSON.parse(line);
  expect(rest).toMatchObject({ connections: 3, inFlight: 4, seconds: 1 });
  expect(found.map(({ command }: { command: string }) => command)).toEqual([
    'KV_SET',
    'KV_GET',
    'SH_INFO',
  ]);
  for (const figures of found) {
    expect(figures.slowestOpsPerSec).toBeGreaterThan(0);
    expect(figures.opsPerSec).toBeGreaterThanOrEqual(figures.slowestOpsPerSec);
    expect(figures.fastestOpsPerSec).toBeGreaterThanOrEqual(figures.opsPerSec);
    expect(figures.p99Ms).toBeGreaterThanOrEqual(figures.p50Ms);
    expect(figures.replies % 4).toBe(0);
  }
});

test('one that is stopped ends its sessions', async () => {
  const running = await start();
  const stop = new AbortController();
  const run = bench(`${running.url} --connections 3 --seconds 2`, stop.signal);
  stop.abort();
  await expect(run).rejects.toThrow('it was stopped; its sessions are ended');
  expect(await namesLeft(running)).toContain('"totalSessions":1');
});

test('a server that takes fewer sessions or connections says so, and those that were made are ended', async () => {
  const running = await start(['--max-sessions', '3']);
  await expect(bench(`${running.url} ${short}`)).rejects.toThrow(
    /^connection 3 of 3: SH_NEW was answered with {"SH_NEW_RSP":{"st":\d+,/,
  );
  expect(await namesLeft(running)).toContain('"totalSessions":1');
  await running.stop();
  server = await startTestServer(['--max-connections-per-address', '2']);
  await expect(bench(`${server.url} ${short}`)).rejects.toThrow(/^connection 3 of 3: ws:.* 503 /);
});

test('a server that refuses the command, and one of another protocol, are not measured', async () => {
  server = await startTestServer(['--disable-command', 'SH_INFO']);
  await expect(bench(`${server.url} ${short} --command SH_INFO`)).rejects.toThrow(
    'SH_INFO was answered with {"SH_INFO_RSP":{"st":14,',
  );
  const echo = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  echo.on('connection', (socket) => socket.on('message', (data) => socket.send(data)));
  await once(echo, 'listening');
  const { port } = echo.address() as AddressInfo;
  await expect(bench(`ws://127.0.0.1:${port} ${short}`)).rejects.toThrow(
    'SH_NEW was answered with {"SH_NEW":{"name":"seshdeck bench"',
  );
  echo.close();
});

test('a server with a certificate that nobody vouches for is an error that says so', async () => {
  server = await startTestServer(['--tls-cert', 'first.cert.pem', '--tls-key', 'first.key.pem']);
  await expect(bench(`wss://127.0.0.1:${server.port} ${short}`)).rejects.toThrow(
    /^connection 1 of 3: wss:.*certificate/,
  );
});

test.each(['127.0.0.1:1987', 'localhost', 'ftp://a', ''])('"%s" is no address', async (url) => {
  await expect(
    runTool({
      name: 'bench',
      url,
      connections: 1,
      inFlight: 1,
      seconds: 1,
      keys: 1,
      valueBytes: 1,
      commands: ['KV_SET'],
      isJson: false,
    }),
  ).rejects.toThrow('Give the address of a server as ws://HOST:PORT or wss://HOST:PORT, got "');
});
