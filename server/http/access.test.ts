import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import {
  inspectionKeyPrefix,
  inspectionProtocol,
  ticketPrefix,
} from '../../protocol/inspection/access.ts';
import { createLog } from '../log.ts';
import { startTestServer, type TestServer } from '../../test/server/testServer.ts';

const key = 'a key of sixteen characters or more';
const limits = { refusalDelayMs: 5 };

type Headers = Record<string, string>;

/** Tries to open a WebSocket. @returns 101, or the status of the refusal. */
async function upgrade(url: string, headers: Headers = {}, protocols: string[] = []) {
  const socket = new WebSocket(url, protocols, { headers });
  socket.on('error', () => undefined);
  let frames = 0;
  socket.on('message', () => (frames += 1));
  const { statusCode } = await new Promise<IncomingMessage>((resolve) => {
    socket.on('unexpected-response', (_request, response) => resolve(response));
    socket.on('upgrade', resolve);
  });
  socket.terminate();
  if (statusCode !== 101) expect(frames).toBe(0);
  return { status: statusCode, protocol: socket.protocol };
}

/** Any request, with headers that `fetch` would not send. */
async function ask(port: number, path: string, headers: Headers = {}) {
  const request = httpRequest({ host: '127.0.0.1', port, path, headers }).end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return {
    status: response.statusCode,
    headers: response.headers,
    text: Buffer.concat(chunks).toString(),
  };
}

const ticketHeaders = { 'Sec-Fetch-Site': 'same-origin' };

async function ticketOf({ port }: TestServer): Promise<string> {
  const { text } = await ask(port, '/inspect/ticket', ticketHeaders);
  return /"ticket":"([\w-]{43})"/.exec(text)?.[1] ?? '';
}

const b64 = (text: string) => Buffer.from(text).toString('base64url');
const withTicket = (ticket: string) => [inspectionProtocol, ticketPrefix + ticket];
const withKey = (secret: string) => [inspectionProtocol, inspectionKeyPrefix + b64(secret)];

describe('a server on loopback', () => {
  let server: TestServer;
  let port: number;
  let ws: string;

  beforeAll(async () => {
    server = await startTestServer(
      ['--allow-host', 'box.example', '--allow-origin', 'https://app.example'],
      { limits },
    );
    ({ port } = server);
    ws = `ws://127.0.0.1:${port}`;
  });
  afterAll(() => server.stop());

  test.each([
    ['no origin', {}, 101],
    ['our own', { Origin: 'http://127.0.0.1:<port>' }, 101],
    ['our other name', { Origin: 'http://localhost:<port>' }, 101],
    ['one that is allowed', { Origin: 'https://app.example' }, 101],
    ['a foreign one', { Origin: 'https://evil.example' }, 403],
    ['a neighbour port', { Origin: 'http://127.0.0.1:1' }, 403],
    ['one of a sandboxed page', { Origin: 'null' }, 403],
    ['a name like ours', { Origin: 'http://localhost.evil.example:<port>' }, 403],
    ['our name by another scheme', { Origin: 'https://localhost:<port>' }, 403],
    ['a host name that is allowed', { Host: 'box.example' }, 101],
    ['that name on our port', { Host: 'Box.Example:<port>' }, 101],
    ['that name on another port', { Host: 'box.example:1' }, 403],
    ['a host name that points here', { Host: 'evil.example:<port>' }, 403],
    ['our address on another port', { Host: '127.0.0.1:1' }, 403],
  ])('the data socket: %s', async (_case, headers, status) => {
    const sent = Object.entries(headers).map(([name, value]) => [
      name,
      value.replace('<port>', String(port)),
    ]);
    expect(await upgrade(`${ws}/any/path`, Object.fromEntries(sent))).toMatchObject({ status });
  });

  test.each(['/healthz', '/metrics', '/readyz?x=1', '/inspect/else'])(
    '%s is no data socket',
    async (path) => {
      expect(await upgrade(ws + path)).toMatchObject({ status: 404 });
    },
  );

  test('a foreign host name gets nothing over HTTP either', async () => {
    const paths = ['/', '/docs', '/healthz', '/inspect/ticket', '/assets/x.js'];
    const answers = paths.map((path) =>
      ask(port, path, { Host: 'evil.example', ...ticketHeaders }),
    );
    for (const { status, text } of await Promise.all(answers)) {
      expect(status).toBe(421);
      expect(text).not.toContain('ticket');
    }
  });

  test('every answer over HTTP carries the security headers', async () => {
    const answers = [
      await ask(port, '/'),
      await ask(port, '/docs'),
      await ask(port, '/healthz'),
      await ask(port, '/docs', { Host: 'evil.example' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 200, 421]);
    for (const { headers } of answers) {
      expect(headers['content-security-policy']).toContain("script-src 'self';");
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  test('a page of another origin may learn that a server is here, and nothing else', async () => {
    const policyOf = async (method: string, path: string) => {
      const { headers } = await fetch(`http://127.0.0.1:${port}${path}`, { method });
      return headers.get('cross-origin-resource-policy');
    };
    expect(await policyOf('HEAD', '/healthz')).toBe('cross-origin');
    expect(await policyOf('GET', '/healthz')).toBe('same-origin');
    expect(await policyOf('HEAD', '/inspect/ticket')).toBe('same-origin');
    expect(await policyOf('HEAD', '/')).toBe('same-origin');
  });

  test('only reading is answered over HTTP', async () => {
    const { status, headers } = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST' });
    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('without a built console, one line says how to build it', async () => {
    expect((await ask(port, '/')).text).toMatch(/^The console is not built yet: .*\n$/);
  });

  test('health has state, version, uptime and counts', async () => {
    const { text } = await ask(port, '/healthz');
    expect(text).toMatch(
      /^\{"status":"ok","version":"0.0.0-test","uptimeSec":\d+,"connections":\d+,"sessions":0,"keys":0,"store":"memory","durability":"memory","state":"ready"\}$/,
    );
  });

  test.each([
    ['our page', { 'Sec-Fetch-Site': 'same-origin' }, 200],
    ['our page, naming itself', { ...ticketHeaders, Origin: 'http://127.0.0.1:<port>' }, 200],
    ['no browser', {}, 403],
    ['a page of the same site', { 'Sec-Fetch-Site': 'same-site' }, 403],
    ['a foreign page', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['an address typed by hand', { 'Sec-Fetch-Site': 'none' }, 403],
    ['a foreign origin', { ...ticketHeaders, Origin: 'https://evil.example' }, 403],
    ['an allowed, but other, origin', { ...ticketHeaders, Origin: 'https://app.example' }, 403],
    ['our other name', { ...ticketHeaders, Origin: 'http://localhost:<port>' }, 403],
  ])('the ticket for %s', async (_case, headers, status) => {
    const sent = Object.entries(headers).map(([name, value]) => [
      name,
      value.replace('<port>', String(port)),
    ]);
    const answer = await ask(port, '/inspect/ticket', Object.fromEntries(sent));
    expect(answer.status).toBe(status);
    expect(answer.text.includes('"ticket":')).toBe(status === 200);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('the inspection socket opens with the ticket, whose protocol is not echoed', async () => {
    const opened = await upgrade(`${ws}/inspect`, {}, withTicket(await ticketOf(server)));
    expect(opened).toEqual({ status: 101, protocol: inspectionProtocol });
  });

  test('the inspection socket stays shut without the right ticket', async () => {
    const ticket = await ticketOf(server);
    const statuses = [
      await upgrade(`${ws}/inspect`),
      await upgrade(`${ws}/inspect?ticket=${ticket}`),
      await upgrade(`${ws}/inspect`, {}, withTicket('')),
      await upgrade(`${ws}/inspect`, {}, withTicket(`${ticket}x`)),
      await upgrade(`${ws}/inspect`, {}, withKey(key)),
      await upgrade(`${ws}/inspect`, { Authorization: `Bearer ${ticket}` }),
      await upgrade(`${ws}/inspect`, { Origin: 'https://evil.example' }, withTicket(ticket)),
    ].map(({ status }) => status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 403]);
  });
});

describe('a server with an inspection key', () => {
  let server: TestServer;
  let url: string;

  beforeAll(async () => {
    server = await startTestServer(['--inspect-key-file', 'key.txt'], { limits });
    url = `ws://127.0.0.1:${server.port}/inspect`;
  });
  afterAll(() => server.stop());

  test('gives no ticket and says what it wants', async () => {
    const { text } = await ask(server.port, '/inspect/ticket', ticketHeaders);
    expect(text).toBe('{"proof":"key"}');
  });

  test.each([
    ['the key as a protocol', 101, { protocols: withKey(key) }],
    ['the key as a header', 101, { headers: { Authorization: `Bearer ${key}` } }],
    ['no key', 401, {}],
    ['a wrong key', 401, { protocols: withKey(`${key} `) }],
    ['a wrong key as a header', 401, { headers: { Authorization: 'Bearer x' } }],
    ['an empty key', 401, { protocols: withKey('') }],
    ['some ticket', 401, { protocols: withTicket('x'.repeat(43)) }],
    [
      'a foreign page with the key',
      403,
      { headers: { Origin: 'http://evil.example' }, protocols: withKey(key) },
    ],
  ])('%s: %i', async (_case, status, offer: { headers?: Headers; protocols?: string[] }) => {
    expect(await upgrade(url, offer.headers, offer.protocols)).toMatchObject({ status });
  });
});

test('a refused origin and a refused host are logged with the flag that lets them in', async () => {
  const lines: string[] = [];
  const log = createLog({ level: 'warn', write: (line) => lines.push(line), nowMs: () => 0 });
  const server = await startTestServer([], { log });
  const ws = `ws://127.0.0.1:${server.port}`;
  expect(await upgrade(ws, { Origin: 'https://app.example' })).toMatchObject({ status: 403 });
  expect(await upgrade(ws, { Host: 'box.example' })).toMatchObject({ status: 403 });
  expect(lines.join()).toContain('--allow-origin https://app.example');
  expect(lines.join()).toContain('--allow-host box.example');
  await server.stop();
});

test('with inspection off, no proof helps', async () => {
  const server = await startTestServer(['--no-inspect'], { limits });
  const { text } = await ask(server.port, '/inspect/ticket', ticketHeaders);
  expect(text).toBe('{"proof":"off"}');
  const url = `ws://127.0.0.1:${server.port}/inspect`;
  expect(await upgrade(url, {}, withKey(key))).toMatchObject({ status: 403 });
  await server.stop();
});

test('guesses beyond those that wait for their refusal are cut off unanswered', async () => {
  const few = { refusalDelayMs: 60_000, maxDelayedRefusals: 1 };
  const server = await startTestServer([], { limits: few });
  const url = `ws://127.0.0.1:${server.port}/inspect`;
  const guesses = [new WebSocket(url), new WebSocket(url)];
  const firstFault = new Promise((resolve) => {
    for (const guess of guesses) guess.on('error', resolve);
  });
  expect(String(await firstFault)).toContain('socket hang up');
  await server.stop();
});

test('one connection more than allowed is refused with 503, until one leaves', async () => {
  const server = await startTestServer([], { limits: { maxConnections: 2 } });
  const url = `ws://127.0.0.1:${server.port}`;
  const [first] = [await server.connect(), await server.connect()];
  expect(await upgrade(url)).toMatchObject({ status: 503 });
  first.socket.close();
  await first.closed;
  await expect.poll(() => upgrade(url)).toMatchObject({ status: 101 });
  await server.stop();
});
