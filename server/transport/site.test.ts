import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test/server/testServer.ts';

let webRoot: string;
let server: TestServer;

beforeAll(async () => {
  webRoot = mkdtempSync(join(tmpdir(), 'seshdeck-'));
  mkdirSync(join(webRoot, 'assets'));
  writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Seshdeck</title>');
  writeFileSync(join(webRoot, 'assets', 'main-abc123.js'), 'export {};');
  server = await startTestServer([], { webRoot });
});
afterAll(async () => {
  await server.stop();
  rmSync(webRoot, { recursive: true });
});

const get = (path: string, init: RequestInit = {}) => fetch(server.url + path, init);

test('the page is always asked for anew, and has the security headers', async () => {
  const page = await get('/');
  expect(await page.text()).toContain('<title>Seshdeck</title>');
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.headers.get('cache-control')).toBe('no-cache');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
  const etag = page.headers.get('etag') ?? '';
  expect((await get('/', { headers: { 'If-None-Match': etag } })).status).toBe(304);
});

test('files with a hash in their name are kept for ever', async () => {
  const script = await get('/assets/main-abc123.js');
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(script.headers.get('content-type')).toContain('javascript');
});

test.each(['/nope', '/assets/nope.js', '/metrics', '/inspect/else', '/..%2f..%2fetc/passwd'])(
  '%s is not there',
  async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  },
);

test('the inspection socket asked for as a page says what it is', async () => {
  expect((await get('/inspect')).status).toBe(426);
});
