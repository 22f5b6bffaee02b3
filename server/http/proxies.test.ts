import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startTestServer, type TestServer } from '../../test/server/testServer.ts';
import { createLog } from '../log.ts';
import { Callers, type Network } from './callers.ts';

const trustedProxies: Network[] = [
  { address: '10.0.0.0', bits: 8 },
  { address: '2001:db8::', bits: 32 },
];
const callers = new Callers({ trustedProxies, isTls: false });

/** As the request of this peer would look. */
const callerOf = (remoteAddress: string | undefined, headers: IncomingMessage['headers']) =>
  callers.callerOf({ socket: { remoteAddress } as IncomingMessage['socket'], headers });

test.each([
  ['10.1.1.1', undefined, '10.1.1.1'],
  ['10.1.1.1', '192.0.2.7', '192.0.2.7'],
  ['::ffff:10.1.1.1', '192.0.2.7', '192.0.2.7'],
  ['2001:db8::5', '192.0.2.7', '192.0.2.7'],
  // What a client has written before its proxy did is not believed.
  ['10.1.1.1', '127.0.0.1, 198.51.100.9, 192.0.2.7', '192.0.2.7'],
  ['10.1.1.1', '192.0.2.7, 10.2.2.2', '192.0.2.7'],
  ['10.1.1.1', '10.3.3.3,10.2.2.2', '10.3.3.3'],
  ['10.1.1.1', '192.0.2.7:5000', '192.0.2.7'],
  ['10.1.1.1', '[2001:db9::1]:5000', '2001:db9::1'],
  ['10.1.1.1', '2001:db9::1', '2001:db9::1'],
  ['10.1.1.1', 'unknown', '10.1.1.1'],
  ['10.1.1.1', '192.0.2.7, <script>', '10.1.1.1'],
  ['10.1.1.1', ' , ,', '10.1.1.1'],
  ['10.1.1.1', '999.1.1.1', '10.1.1.1'],
  // Nobody who is not trusted.
  ['11.1.1.1', '192.0.2.7', '11.1.1.1'],
  ['2001:db9::5', '192.0.2.7', '2001:db9::5'],
  [undefined, '192.0.2.7', undefined],
])('from %s with X-Forwarded-For: %s comes %s', (peer, header, address) => {
  const headers = header === undefined ? {} : { 'x-forwarded-for': header };
  expect(callerOf(peer, headers).address).toBe(address);
});

test('scheme and host come from the nearest proxy, if it is trusted', () => {
  const headers = {
    host: 'inner:1987',
    'x-forwarded-host': 'evil.example, Outer.example',
    'x-forwarded-proto': 'http, https',
  };
  expect(callerOf('10.1.1.1', headers)).toMatchObject({
    hosts: ['inner:1987', 'outer.example'],
    scheme: 'https',
  });
  expect(callerOf('11.1.1.1', headers)).toMatchObject({ hosts: ['inner:1987'], scheme: 'http' });
  expect(callerOf('10.1.1.1', { host: 'a', 'x-forwarded-proto': 'wss' }).scheme).toBe('http');
});

/** A request as a proxy on this machine sends it on. */
async function ask(server: TestServer, headers: Record<string, string>): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}`, { headers });
  socket.on('error', () => undefined);
  const status = await new Promise<number>((resolve) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('open', () => resolve(101));
  });
  socket.terminate();
  return status;
}

describe('behind a proxy that is trusted', () => {
  const outer = { 'X-Forwarded-Host': 'outer.example', 'X-Forwarded-Proto': 'https' };
  let server: TestServer;

  beforeAll(async () => {
    const flags = ['--trust-proxy', '127.0.0.1', '--allow-host', 'outer.example'];
    server = await startTestServer([...flags, '--inspect-key-file', 'key']);
  });
  afterAll(() => server.stop());

  test.each<[string, Record<string, string>, number]>([
    ['our page', { ...outer, Origin: 'https://outer.example' }, 101],
    [
      'our page, with a Host that is kept',
      { Host: 'outer.example', 'X-Forwarded-Proto': 'https', Origin: 'https://outer.example' },
      101,
    ],
    ['no page', outer, 101],
    ['our page over http', { ...outer, Origin: 'http://outer.example' }, 403],
    ['a foreign page', { ...outer, Origin: 'https://evil.example' }, 403],
    ['a foreign host', { 'X-Forwarded-Host': 'evil.example' }, 403],
    ['a foreign host before ours', { 'X-Forwarded-Host': 'outer.example, evil.example' }, 403],
    // A page that points its own name here can set any header but Host and Origin.
    ['a foreign Host behind one that is forged', { Host: 'evil.example', ...outer }, 403],
  ])('%s: %j is answered %i', async (_case, headers, status) => {
    expect(await ask(server, headers)).toBe(status);
  });

  test('the page of the proxy is same-origin for the inspection proof', async () => {
    const headers = { ...outer, 'Sec-Fetch-Site': 'same-origin', Origin: 'https://outer.example' };
    const options = { host: '127.0.0.1', port: server.port, path: '/inspect/ticket', headers };
    const [answer] = (await once(httpRequest(options).end(), 'response')) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(200);
  });
});

describe('the address counts', () => {
  let server: TestServer;
  afterEach(() => server.stop());

  const openFrom = async (address: string) => {
    const headers = { 'X-Forwarded-For': address };
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}`, { headers });
    socket.on('error', () => undefined);
    const status = await new Promise<number>((resolve) => {
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('open', () => resolve(101));
    });
    return { socket, status };
  };

  test('of who is behind the proxy, for the limit of connections and for the log', async () => {
    const lines: string[] = [];
    const log = createLog({ level: 'warn', write: (line) => lines.push(line), nowMs: () => 0 });
    server = await startTestServer(['--trust-proxy', '127.0.0.1', '--no-inspect'], {
      log,
      limits: { maxConnectionsPerAddress: 1 },
    });
    const [first, again, other] = [
      await openFrom('192.0.2.1'),
      await openFrom('192.0.2.1'),
      await openFrom('192.0.2.2'),
    ];
    expect([first.status, again.status, other.status]).toEqual([101, 503, 101]);
    first.socket.send(Buffer.from([0xff]), { binary: false });
    await once(first.socket, 'close');
    expect(lines.join()).toContain('Text that is not UTF-8 (1007, 192.0.2.1)');
    other.socket.terminate();
  });

  test('of the peer, whatever it says, where no proxy is trusted', async () => {
    server = await startTestServer([], { limits: { maxConnectionsPerAddress: 1 } });
    const [first, other] = [await openFrom('192.0.2.1'), await openFrom('192.0.2.2')];
    expect([first.status, other.status]).toEqual([101, 503]);
    first.socket.terminate();
  });
});
