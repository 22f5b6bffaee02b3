import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSiteFiles } from './siteFiles.ts';

let root: string;
let webRoot: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'seshdeck-test-'));
  webRoot = join(root, 'web');
  mkdirSync(join(webRoot, 'assets'), { recursive: true });
  writeFileSync(join(webRoot, 'index.html'), '<!doctype html>');
  writeFileSync(join(webRoot, 'assets', 'x-1.js'), 'export {};');
});
afterEach(() => rmSync(root, { recursive: true }));

const read = (maxSiteBytes = 1000) => readSiteFiles(webRoot, { maxSiteBytes });

test('files are found by their paths, the page also as the root', () => {
  const files = read();
  expect([...files.keys()].sort()).toEqual(['/', '/assets/x-1.js', '/index.html', '/inspector']);
  expect(files.get('/')).toBe(files.get('/index.html'));
});

test('links, out of the directory or within, hidden files and sockets are left out', async () => {
  writeFileSync(join(root, 'secret.txt'), 'secret');
  symlinkSync(join(root, 'secret.txt'), join(webRoot, 'secret.txt'));
  symlinkSync(root, join(webRoot, 'up'));
  symlinkSync(join(webRoot, 'index.html'), join(webRoot, 'again.html'));
  symlinkSync(join(root, 'gone'), join(webRoot, 'dangling'));
  writeFileSync(join(webRoot, '.stamp'), 'hidden');
  mkdirSync(join(webRoot, '.git'));
  writeFileSync(join(webRoot, '.git', 'config'), 'hidden');
  const other = createServer().listen(join(webRoot, 'socket.txt'));
  await once(other, 'listening');
  expect([...read().keys()].sort()).toEqual(['/', '/assets/x-1.js', '/index.html', '/inspector']);
  other.close();
});

test('compressed copies belong to their file; one without a file is a file', () => {
  writeFileSync(join(webRoot, 'assets', 'x-1.js.br'), 'b');
  writeFileSync(join(webRoot, 'assets', 'x-1.js.gz'), 'g');
  writeFileSync(join(webRoot, 'lone.gz'), 'l');
  const files = read();
  expect([...files.keys()].sort()).toEqual([
    '/',
    '/assets/x-1.js',
    '/index.html',
    '/inspector',
    '/lone.gz',
  ]);
  const bodies = files.get('/assets/x-1.js')?.bodies ?? new Map();
  expect([...bodies].map(([coding, body]) => `${coding} ${body}`)).toEqual([
    'identity export {};',
    'br b',
    'gzip g',
  ]);
});

test('the directory itself may be a link', () => {
  symlinkSync(webRoot, join(root, 'link'));
  expect(readSiteFiles(join(root, 'link'), { maxSiteBytes: 1000 }).size).toBe(4);
});

test('more than the limit is refused, exactly the limit is read', () => {
  const bytes = '<!doctype html>export {};'.length;
  expect(read(bytes).size).toBe(4);
  expect(() => read(bytes - 1)).toThrow(`has more than ${bytes - 1} bytes`);
});

test('pages of a folder have addresses without .html, and its index is the folder', () => {
  mkdirSync(join(webRoot, 'docs', 'assets'), { recursive: true });
  writeFileSync(join(webRoot, 'docs', 'index.html'), 'start');
  writeFileSync(join(webRoot, 'docs', 'client.html'), 'client');
  writeFileSync(join(webRoot, 'docs', 'assets', 'a-1.css'), 'css');
  const files = read();
  expect(files.get('/docs')).toBe(files.get('/docs/index.html'));
  expect(files.get('/docs/')).toBe(files.get('/docs'));
  expect(files.get('/docs/client')).toBe(files.get('/docs/client.html'));
  const kept = [...files].filter(([, { isImmutable }]) => isImmutable).map(([path]) => path);
  expect(kept.sort()).toEqual(['/assets/x-1.js', '/docs/assets/a-1.css']);
});
