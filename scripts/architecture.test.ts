import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const document = readFileSync(new URL('../docs/architecture.md', import.meta.url), 'utf8');
const named = [...document.matchAll(/`((?:protocol|server|web|test)\/[\w/.]+\.tsx?)`/g)].map(
  ([, file]) => file ?? '',
);

test('every file that docs/architecture.md names exists', () => {
  expect(named.length).toBeGreaterThan(30);
  const missing = named.filter((file) => !existsSync(new URL(`../${file}`, import.meta.url)));
  expect(missing).toEqual([]);
});
