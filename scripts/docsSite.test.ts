import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const repository = fileURLToPath(new URL('..', import.meta.url));
const place = mkdtempSync(path.join(tmpdir(), 'seshdeck-docs-site-'));
const read = (file: string) => readFileSync(path.join(place, file), 'utf8');

beforeAll(async () => {
  // Fails for a link that leads nowhere, and for a page that the start page does not list.
  await promisify(execFile)(process.execPath, ['scripts/buildDocs.mjs', place], {
    cwd: repository,
  });
});

afterAll(() => rmSync(place, { recursive: true }));

test('the documentation builds, with the pages of all parts', () => {
  const pages = ['index', 'client', 'commands', 'protocol', 'operations', 'security', 'adr'];
  for (const page of pages) expect(read(`docs/${page}.html`)).toContain('</html>');
  expect(read('docs/search.json')).toContain('"address":"/docs/commands#kv_set"');
});

test('the start page has every lesson, by its title', () => {
  const lessons = path.join(repository, 'web/tutorial/lessons');
  const start = read('docs/index.html');
  for (const file of readdirSync(lessons)) {
    const text = readFileSync(path.join(lessons, file), 'utf8');
    const [, title = ''] = /^title: (.*)$/m.exec(text) ?? [];
    expect(start).toMatch(new RegExp(`href="/#lesson=[\\w-]+">${title}<`));
  }
});

test('pages load what the server serves, and nothing else', () => {
  const files = readdirSync(path.join(place, 'docs'), { recursive: true }).map(String);
  for (const file of files.filter((name) => name.endsWith('.html'))) {
    const html = read(`docs/${file}`);
    const loaded = [...html.matchAll(/<(?:script|link|img)\b[^>]*\b(?:src|href)="([^"]*)"/g)];
    for (const [, address = ''] of loaded) {
      const isThere = address === '/icon.svg' || files.includes(address.replace('/docs/', ''));
      expect(isThere, `${file}: ${address}`).toBe(true);
    }
  }
});
