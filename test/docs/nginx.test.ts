import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import { startTestServer, type TestServer } from '../server/testServer.ts';
import { codeBlocks } from './codeBlocks.ts';

// What docs/operations.md says for nginx, carried out by a proxy that knows as much of nginx as the block uses.

const blocks = codeBlocks().filter(({ file }) => file === 'docs/operations.md');
const at = blocks.findIndex(({ language }) => language === 'nginx');
const directives = (blocks[at]?.text ?? '')
  .split('\n')
  .slice(1, -1)
  .map((line) => line.trim().replace(/;$/, '').split(' '));
/** Of the command after the block. */
const flags = (blocks[at + 1]?.text ?? '').split(' ').slice(1);

const valueOf = (name: string) => directives.find(([each]) => each === name)?.[1];

/** The headers that the block sets for a request that has come over TLS. */
function setHeaders({ headers, socket }: IncomingMessage): Record<string, string> {
  const forwarded = [headers['x-forwarded-for'], socket.remoteAddress];
  const variables: Readonly<Record<string, string | undefined>> = {
    $http_upgrade: headers.upgrade,
    $host: headers.host,
    $proxy_add_x_forwarded_for: forwarded.filter(Boolean).join(', '),
    $scheme: 'https',
    '"upgrade"': 'upgrade',
  };
  const set = directives.filter(([name]) => name === 'proxy_set_header');
  return Object.fromEntries(
    set.map(([, name = '', value = '']) => [name.toLowerCase(), variables[value] ?? '']),
  );
}

const proxy = createServer();
proxy.on('upgrade', (asked, client: Socket) => {
  const target = new URL(valueOf('proxy_pass') ?? '');
  // The defaults of nginx.
  const own = { host: target.host, connection: 'close' };
  const { upgrade: _, ...others } = asked.headers;
  const headers = { ...others, ...own, ...setHeaders(asked) };
  const onward = request({ host: '127.0.0.1', port: server.port, path: asked.url, headers }).end();
  onward.on('upgrade', (answer: IncomingMessage, upstream: Socket) => {
    client.write(`HTTP/1.1 101 Switching Protocols\r\n${linesOf(answer)}\r\n`);
    client.on('error', () => upstream.destroy()).pipe(upstream);
    upstream.on('error', () => client.destroy()).pipe(client);
  });
  onward.on('response', ({ statusCode }) => client.end(`HTTP/1.1 ${statusCode} Refused\r\n\r\n`));
});

const linesOf = ({ headers }: IncomingMessage) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${String(value)}\r\n`)
    .join('');

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer(flags, { limits: { maxConnectionsPerAddress: 1 } });
  proxy.listen(0);
  await once(proxy, 'listening');
});

afterAll(async () => {
  proxy.close();
  await server.stop();
});

/** From an address of this machine. @returns The socket, or the status of HTTP with which it was refused. */
async function open(localAddress: string, options: ClientOptions): Promise<WebSocket | number> {
  const { port } = proxy.address() as AddressInfo;
  const headers = { Host: 'sessions.example.com' };
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { localAddress, headers, ...options });
  return new Promise((resolve) => {
    socket.on('open', () => resolve(socket));
    socket.on('unexpected-response', (_, { statusCode = 0 }) => {
      resolve(statusCode);
      socket.on('error', () => undefined).terminate();
    });
  });
}

test('a page of the proxy may open a socket, one of another scheme or name may not', async () => {
  const socket = await open('127.0.0.2', { origin: 'https://sessions.example.com' });
  if (typeof socket === 'number') throw new Error(`It was refused with ${socket}`);
  socket.send('{"SV_INFO":{}}');
  const [reply] = (await once(socket, 'message')) as [Buffer];
  expect(reply.toString()).toContain('{"SV_INFO_RSP":');
  expect(await open('127.0.0.3', { origin: 'http://sessions.example.com' })).toBe(403);
  expect(await open('127.0.0.3', { origin: 'https://evil.example' })).toBe(403);
  socket.terminate();
});

test('limits for each address count that of the client, not of the proxy', async () => {
  const [one, again, other] = [
    await open('127.0.0.4', {}),
    await open('127.0.0.4', {}),
    await open('127.0.0.5', {}),
  ];
  expect([typeof one, again, typeof other]).toEqual(['object', 503, 'object']);
  for (const socket of [one, other]) if (typeof socket === 'object') socket.terminate();
});

test('WebSockets can pass, and silence is shorter than the time that the proxy waits', () => {
  expect(valueOf('proxy_http_version')).toBe('1.1');
  expect(valueOf('proxy_read_timeout')).toBe('300s');
  const known = ['proxy_pass', 'proxy_set_header', 'proxy_http_version', 'proxy_read_timeout'];
  expect(directives.filter(([name = '']) => !known.includes(name))).toEqual([]);
});
