import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, TestClient, type TestServer } from '../../test/server/testServer.ts';
import { MemoryStore } from '../store/memory/memoryStore.ts';
import { createLog } from '../log.ts';

let server: TestServer;
let host: string;

const limits = { requestMs: 300, timeoutCheckMs: 50, keepAliveMs: 200 };

beforeAll(async () => {
  server = await startTestServer([], { limits });
  host = `127.0.0.1:${server.port}`;
});
afterAll(() => server.stop());

class FaultyStore extends MemoryStore {
  override totals(): never {
    throw new Error('planted');
  }
}

/** Sends bytes as they are. @returns What comes until the server closes. */
async function send(text: string): Promise<string> {
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => undefined);
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
  socket.write(text.replaceAll('<host>', host), 'latin1');
  await once(socket, 'close');
  return answer;
}

const statuses = (answer: string) =>
  [...answer.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => Number(status));

const end = '\r\nConnection: close\r\n\r\n';
const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n';
const wsKey = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

describe('a request on a bare connection', () => {
  test.each<[string, string, number[]]>([
    ['an unknown path', `GET /nope HTTP/1.1\r\nHost: <host>${end}`, [503]],
    ['another method', `DELETE / HTTP/1.1\r\nHost: <host>${end}`, [405]],
    ['TRACE', `TRACE / HTTP/1.1\r\nHost: <host>${end}`, [405]],
    ['OPTIONS *', `OPTIONS * HTTP/1.1\r\nHost: <host>${end}`, [400]],
    ['CONNECT', `CONNECT example.com:443 HTTP/1.1\r\nHost: <host>${end}`, [405]],
    ['an unknown method', `BREW / HTTP/1.1\r\nHost: <host>${end}`, [400]],
    ['an absolute target', `GET http://<host>/ HTTP/1.1\r\nHost: <host>${end}`, [400]],
    ['a target of another host', `GET http://evil/ HTTP/1.1\r\nHost: <host>${end}`, [400]],
    ['no host', `GET / HTTP/1.1${end}`, [400]],
    ['no host, HTTP/1.0', 'GET / HTTP/1.0\r\n\r\n', [421]],
    ['an empty host', `GET / HTTP/1.1\r\nHost:${end}`, [421]],
    ['two hosts', `GET / HTTP/1.1\r\nHost: <host>\r\nHost: evil${end}`, [400]],
    ['an IPv6 zone', `GET / HTTP/1.1\r\nHost: [fe80::1%25lo]:80${end}`, [421]],
    ['a user in the host', `GET / HTTP/1.1\r\nHost: a@<host>${end}`, [421]],
    ['a port that is none', `GET / HTTP/1.1\r\nHost: 127.0.0.1:99999${end}`, [421]],
    ['a port of letters', `GET / HTTP/1.1\r\nHost: 127.0.0.1:x${end}`, [421]],
    ['a host of a kilobyte', `GET / HTTP/1.1\r\nHost: ${'a'.repeat(1000)}${end}`, [421]],
    ['a range', `GET / HTTP/1.1\r\nHost: <host>\r\nRange: bytes=10-5${end}`, [503]],
    ['headers that are too long', `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}${end}`, [431]],
    ['bytes that are no HTTP', '\0\u0001\u0002\r\n\r\n', [400]],
    ['TLS', '\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003', [400]],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
    [
      'a length and chunks',
      `GET / HTTP/1.1\r\nHost: <host>\r\nContent-Length: 5\r\nTransfer-Encoding: chunked${end}0\r\n\r\n`,
      [400],
    ],
    [
      'two lengths',
      `GET / HTTP/1.1\r\nHost: <host>\r\nContent-Length: 5\r\nContent-Length: 6${end}12345`,
      [400],
    ],
    ['a negative length', `GET / HTTP/1.1\r\nHost: <host>\r\nContent-Length: -1${end}`, [400]],
    [
      'an encoding that is none',
      `GET / HTTP/1.1\r\nHost: <host>\r\nTransfer-Encoding: xchunked${end}`,
      [503],
    ],
    ['a bare line feed', 'GET / HTTP/1.1\nHost: <host>\n\n', [400]],
    ['a folded header', `GET / HTTP/1.1\r\nHost: <host>\r\nX: a\r\n b${end}`, [400]],
    ['a space before the colon', `GET / HTTP/1.1\r\nHost : <host>${end}`, [400]],
    [
      'a request hidden in a body',
      'GET /healthz HTTP/1.1\r\nHost: <host>\r\nContent-Length: 40\r\n\r\nGET /nope HTTP/1.1\r\nHost: <host>\r\n\r\n',
      [200],
    ],
    [
      'a body in chunks',
      'POST / HTTP/1.1\r\nHost: <host>\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
      [405],
    ],
    ['Expect', `GET / HTTP/1.1\r\nHost: <host>\r\nExpect: 100-continue${end}`, [100, 503]],
    ['an odd Expect', `GET / HTTP/1.1\r\nHost: <host>\r\nExpect: tea${end}`, [417]],
    [
      'three requests at once',
      `GET /healthz HTTP/1.1\r\nHost: <host>\r\n\r\n`.repeat(2) +
        `GET /nope HTTP/1.1\r\nHost: <host>${end}`,
      [200, 200, 503],
    ],
    [
      'Connection: upgrade alone',
      'GET / HTTP/1.1\r\nHost: <host>\r\nConnection: upgrade\r\n\r\n',
      [503],
    ],
    ['Upgrade alone', `GET / HTTP/1.1\r\nHost: <host>\r\nUpgrade: websocket${end}`, [503]],
    [
      'an upgrade to something else',
      'GET / HTTP/1.1\r\nHost: <host>\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n',
      [400],
    ],
    ['an upgrade without a key', `GET / HTTP/1.1\r\nHost: <host>\r\n${upgrade}\r\n`, [400]],
    ['an upgrade by POST', `POST / HTTP/1.1\r\nHost: <host>\r\n${upgrade}${wsKey}\r\n`, [405]],
    [
      'an upgrade with a body',
      `GET / HTTP/1.1\r\nHost: <host>\r\n${upgrade}${wsKey}Content-Length: 5\r\n\r\nhello`,
      [400],
    ],
    [
      'an upgrade with a broken protocol list',
      `GET / HTTP/1.1\r\nHost: <host>\r\n${upgrade}${wsKey}Sec-WebSocket-Protocol: a,,b\r\n\r\n`,
      [400],
    ],
    [
      'an upgrade to a foreign host',
      `GET / HTTP/1.1\r\nHost: evil\r\n${upgrade}${wsKey}\r\n`,
      [403],
    ],
    [
      'an upgrade to a reserved path',
      `GET /metrics HTTP/1.1\r\nHost: <host>\r\n${upgrade}${wsKey}\r\n`,
      [404],
    ],
    ['silence', '', [408]],
    ['half a request', 'GET / HTTP/1.1\r\nHost: 127', [408]],
    [
      'a body that does not come',
      'POST / HTTP/1.1\r\nHost: <host>\r\nContent-Length: 9\r\n\r\n',
      [405],
    ],
  ])('%s is answered, and the next one is too', async (_case, text, expected) => {
    expect(statuses(await send(text))).toEqual(expected);
    const healthy = await fetch(`${server.url}/healthz`);
    expect([healthy.status, healthy.headers.get('x-content-type-options')]).toEqual([
      200,
      'nosniff',
    ]);
    expect(await healthy.text()).toContain('"status":"ok"');
  });
});

test.each([
  ['headers', 'GET / HTTP/1.1\r\nX: '],
  ['a body', 'GET /healthz HTTP/1.1\r\nHost: <host>\r\nContent-Length: 100000\r\n\r\n'],
])('%s that come byte by byte are given up after the time for a request', async (_what, begin) => {
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => undefined);
  // Its end may come as an error of a write.
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
  });
  socket.resume();
  socket.write(begin.replace('<host>', host));
  while (!socket.closed) {
    socket.write('x');
    await setTimeout(10);
  }
  await closed;
  expect(socket.bytesWritten).toBeGreaterThan(begin.length + 1);
});

test('a fault in an answer is a 500 and a line in the log, and the server continues', async () => {
  const lines: string[] = [];
  const write = (line: string) => lines.push(line);
  const faulty = await startTestServer([], {
    log: createLog({ level: 'error', write, nowMs: () => 0 }),
    createStore: (parts) => new FaultyStore(parts),
  });
  const answer = await fetch(`${faulty.url}/healthz`);
  expect([answer.status, await answer.text()]).toEqual([
    500,
    'Something went wrong in the server; its log says what.\n',
  ]);
  expect(lines.join()).toContain('A request over HTTP failed: Error');
  const client = await TestClient.open(`ws://127.0.0.1:${faulty.port}`);
  expect(await client.ask('{"SH_NEW":{"name":"a"}}')).toContain('"st":1,');
  client.socket.terminate();
  await faulty.stop();
});
