import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');
const contract = read('../../../docs/automation.md');

/** The section about the page objects, and everything else. */
const section = /^## Page objects\n[^]*?(?=^## )/m.exec(contract)?.[0] ?? '';
const promises = contract.replace(section, '');

const objects = [
  ['ConsolePage', read('consolePage.ts')],
  ['LogPage', read('logPage.ts')],
] as const;

/** All that the pattern finds, each once. */
const namesIn = (text: string, pattern: RegExp) => [
  ...new Set(Array.from(text.matchAll(pattern), ([, name = '']) => name)),
];

test.each(objects)('%s looks for nothing that the contract does not promise', (_, source) => {
  const names = namesIn(source, /getByRole\('\w+', \{\s*name: '([^']+)'/g);
  expect(names.length).toBeGreaterThan(4);
  expect(names.filter((name) => !promises.includes(`**${name}**`))).toEqual([]);
});

test.each(objects)('the members of %s are those that the contract lists', (object, file) => {
  const source = file.slice(file.indexOf('export class'));
  const fields = namesIn(source, /^ {2}readonly (\w+):/gm);
  const methods = namesIn(source, /^ {2}(?:static )?(?:async )?(\w+)\(/gm);
  const members = [...fields, ...methods].filter((name) => name !== 'constructor');
  const table = new RegExp(`^\\| \`${object}\` \\|[^]*?\\n\\n`, 'm').exec(section)?.[0] ?? '';
  const rows = table.split('\n').slice(2);
  const listed = rows.flatMap((row) => namesIn(row.split('|')[1] ?? '', /`(\w+)(?:\(.*?\))?`/g));
  expect(listed.toSorted()).toEqual(members.toSorted());
});
