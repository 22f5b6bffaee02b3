import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test/server/testServer.ts';

const script = 'export const digits = "0123456789";';
const page = '<!doctype html><title>Seshdeck</title>';
const big = 8_000_000;

let webRoot: string;
let server: TestServer;

beforeAll(async () => {
  webRoot = mkdtempSync(join(tmpdir(), 'seshdeck-'));
  mkdirSync(join(webRoot, 'assets'));
  writeFileSync(join(webRoot, 'index.html'), page);
  writeFileSync(join(webRoot, 'assets', 'main-abc123.js'), script);
  writeFileSync(join(webRoot, 'assets', 'main-abc123.js.br'), 'brotli');
  writeFileSync(join(webRoot, 'assets', 'main-abc123.js.gz'), gzipSync(script));
  writeFileSync(join(webRoot, 'assets', 'big.js'), Buffer.alloc(big, ' '));
  writeFileSync(join(webRoot, '.hidden'), 'hidden');
  writeFileSync(join(webRoot, 'späť.txt'), 'other letters');
  server = await startTestServer([], { webRoot });
});
afterAll(async () => {
  await server.stop();
  rmSync(webRoot, { recursive: true });
});

/** As `fetch`, which would decompress and which tidies paths. */
async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const { port } = server;
  const request = httpRequest({ host: '127.0.0.1', port, path, headers, method }).end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const body = await buffer(response);
  return { status: response.statusCode, headers: response.headers, text: body.toString(), body };
}

test('the inspector alone is the same page, with the same headers', async () => {
  const [console, inspector] = [await get('/'), await get('/inspector')];
  expect(inspector.text).toBe(console.text);
  const { date: _, ...headers } = console.headers;
  expect(inspector.headers).toMatchObject(headers);
});

test('the page is asked for again each time, and has the security headers', async () => {
  const { text, headers } = await get('/');
  expect(text).toContain('<title>Seshdeck</title>');
  expect(headers['content-type']).toContain('text/html');
  expect(headers['cache-control']).toBe('no-cache');
  expect(headers['content-security-policy']).toContain("default-src 'self'");
  const again = await get('/', { 'If-None-Match': headers.etag ?? '' });
  expect([again.status, again.text, again.headers.etag]).toEqual([304, '', headers.etag]);
});

test('files with a hash in their name are kept for ever', async () => {
  const { headers } = await get('/assets/main-abc123.js');
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(headers['content-type']).toContain('javascript');
});

test.each([
  '/nope',
  '/assets/nope.js',
  '/assets',
  '/assets/',
  '/inspect/else',
  '/..%2f..%2fetc/passwd',
  '/../../etc/passwd',
  '/assets/../.hidden',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/..\\..\\etc\\passwd',
  '/assets\\main-abc123.js',
  '//index.html',
  '//etc/passwd',
  '/assets//main-abc123.js',
  '/.hidden',
  '/%2ehidden',
  '/index.html%00',
  '/index.html%00.js',
  '/%',
  '/%ff',
  '/%252e%252e/x',
  '/__proto__',
  '/constructor',
  '/assets/main-abc123.js.br',
  '/metrics/x',
  '/INDEX.HTML',
])('%s is not there', async (path) => {
  const { status, headers } = await get(path);
  expect(status).toBe(404);
  expect(headers['x-content-type-options']).toBe('nosniff');
});

test.each(['/?x=1', '/index.html', '/index%2ehtml', '/?../../etc/passwd'])(
  '%s is the page',
  async (path) => expect((await get(path)).text).toBe(page),
);

test('letters beyond ASCII are found in their encoded form', async () => {
  expect((await get(encodeURI('/späť.txt'))).text).toBe('other letters');
});

test('the inspection socket asked for as a page says what it is', async () => {
  expect((await get('/inspect')).status).toBe(426);
});

test.each([
  ['GET', 'bytes=10-5', 416, `bytes */${script.length}`, ''],
  ['GET', 'bytes=0-9007199254740992', 206, `bytes 0-34/35`, script],
  ['GET', 'bytes=0-0', 206, 'bytes 0-0/35', 'e'],
  ['GET', 'bytes=-3', 206, 'bytes 32-34/35', '9";'],
  ['GET', 'bytes=0-1,3-4', 200, undefined, script],
  ['HEAD', 'bytes=10-5', 200, undefined, ''],
])('%s with Range %s: %i', async (method, range, ...expected) => {
  const headers = { Range: range, 'Accept-Encoding': 'br, gzip' };
  const answer = await get('/assets/main-abc123.js', headers, method);
  expect([answer.status, answer.headers['content-range'], answer.text]).toEqual(expected);
});

test('a part is sent only of the file that the client has a part of', async () => {
  const { headers } = await get('/assets/main-abc123.js');
  const range = { Range: 'bytes=0-1' };
  const path = '/assets/main-abc123.js';
  const statuses = [
    await get(path, { ...range, 'If-Range': headers.etag ?? '' }),
    await get(path, { ...range, 'If-Range': '"other"' }),
    await get(path, { ...range, 'If-Range': `W/${headers.etag}` }),
    await get(path, { ...range, 'If-Range': 'Wed, 21 Oct 2015 07:28:00 GMT' }),
    await get(path, { ...range, 'If-None-Match': headers.etag ?? '' }),
  ].map(({ status }) => status);
  expect(statuses).toEqual([206, 200, 200, 200, 304]);
});

test.each([
  ['br, gzip', 'br'],
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip', 'gzip'],
  ['gzip;q=1, br;q=0.5', 'gzip'],
  ['br;q=0, *', 'gzip'],
  ['*;q=0', undefined],
  ['identity;q=0', undefined],
  ['', undefined],
  ['deflate', undefined],
  ['GZIP', 'gzip'],
  ['gzip;q=nonsense', undefined],
])('who accepts "%s" gets %s', async (accepted, coding) => {
  const { headers } = await get('/assets/main-abc123.js', { 'Accept-Encoding': accepted });
  expect(headers['content-encoding']).toBe(coding);
  expect(headers.vary).toBe('Accept-Encoding');
});

test('each coding has its own strong tag, and HEAD says what GET would', async () => {
  const path = '/assets/main-abc123.js';
  const answers = ['br', 'gzip', 'identity'].map(async (coding) => {
    const headers = { 'Accept-Encoding': coding };
    const [got, head] = [await get(path, headers), await get(path, headers, 'HEAD')];
    expect(head.headers['content-length']).toBe(String(got.body.length));
    expect([head.headers.etag, head.text]).toEqual([got.headers.etag, '']);
    return got.headers.etag;
  });
  const tags = await Promise.all(answers);
  expect(new Set(tags).size).toBe(3);
  expect(tags.join()).not.toContain('W/');
});

test.each([
  ['If-None-Match', '*', 304],
  ['If-None-Match', '"a", <tag>', 304],
  ['If-None-Match', 'W/<tag>', 304],
  ['If-None-Match', '"a"', 200],
  ['If-Match', '<tag>', 200],
  ['If-Match', '*', 200],
  ['If-Match', '"a"', 412],
])('%s: %s', async (name, value, status) => {
  const { headers } = await get('/');
  const answer = await get('/', { [name]: value.replace('<tag>', headers.etag ?? '') });
  expect(answer.status).toBe(status);
});

describe('what happens to the disk after the start reaches nobody', () => {
  test('a file that has gone, and one that has grown, are sent as they were', async () => {
    const own = mkdtempSync(join(tmpdir(), 'seshdeck-'));
    writeFileSync(join(own, 'index.html'), page);
    const other = await startTestServer([], { webRoot: own });
    expect(await (await fetch(other.url)).text()).toBe(page);
    writeFileSync(join(own, 'index.html'), `${page} and more`);
    expect(await (await fetch(other.url)).text()).toBe(page);
    rmSync(own, { recursive: true });
    expect(await (await fetch(other.url)).text()).toBe(page);
    await other.stop();
  });
});

test('the console is read when the server listens, so that the start does not wait for it', async () => {
  const own = mkdtempSync(join(tmpdir(), 'seshdeck-'));
  writeFileSync(join(own, 'index.html'), page);
  const other = await startTestServer([], { webRoot: own });
  // In the same turn, so that it is not read yet.
  writeFileSync(join(own, 'index.html'), `${page} and more`);
  await new Promise(setImmediate);
  writeFileSync(join(own, 'index.html'), 'something else');
  expect(await (await fetch(other.url)).text()).toBe(`${page} and more`);
  await other.stop();
  rmSync(own, { recursive: true });
});

test('downloads that are broken off leave nothing behind', async () => {
  for (let index = 0; index < 20; index += 1) {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      'GET /assets/big.js HTTP/1.1\r\nHost: localhost:<port>\r\n\r\n'.replace(
        '<port>',
        String(server.port),
      ),
    );
    await once(socket, 'data');
    socket.destroy();
  }
  expect((await get('/assets/big.js')).body.length).toBe(big);
});
