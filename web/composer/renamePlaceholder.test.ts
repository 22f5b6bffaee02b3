import { expect, test } from 'vitest';
import { renamePlaceholder } from './renamePlaceholder.ts';

test.each([
  ['{"KV_GET":{"tkn":"{{tkn:a}}"}}', '{"KV_GET":{"tkn":"{{tkn:b}}"}}'],
  [
    '{"SH_EXISTS":{"tkns":["{{tkn:a}}",{{ tkn:a }},"{{tkn}}"]}}',
    '{"SH_EXISTS":{"tkns":["{{tkn:b}}",{{tkn:b}},"{{tkn}}"]}}',
  ],
  ['{"SH_NEW":{"name":"{{tkn:aa}}"}}', '{"SH_NEW":{"name":"{{tkn:aa}}"}}'],
  ['{{tkn:a', '{{tkn:a'],
])('in %s only that variable changes', (text, renamed) => {
  expect(renamePlaceholder(text, 'tkn:a', 'tkn:b')).toBe(renamed);
});
