import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = new URL('../', import.meta.url);

const listed = execFileSync('git', ['ls-files', '*.md'], { cwd: fileURLToPath(root) });
const pages = listed.toString().trim().split('\n');

/** Relative paths of the files that a page links to. */
function filesLinkedFrom(page: URL): string[] {
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)\s]+)/g)];
  return links
    .map(([, link = '']) => link.replace(/#.*/, ''))
    .filter((link) => link !== '' && !/^[a-z]+:/.test(link));
}

test.each(pages)('every file that %s links to exists', (page) => {
  const from = new URL(page, root);
  const missing = filesLinkedFrom(from).filter((link) => !existsSync(new URL(link, from)));
  expect(missing).toEqual([]);
});
