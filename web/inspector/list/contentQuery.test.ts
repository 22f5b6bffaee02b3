import { expect, test } from 'vitest';
import { readContent } from './contentQuery.ts';

test.each([
  [' Straße ', { text: 'Straße' }],
  ['a == b', { text: 'a == b' }],
  ['$.user.id', { path: '$.user.id' }],
  ['$.user.id == 7', { path: '$.user.id', condition: { operator: '==', value: '7' } }],
  [
    '$.id>=18446744073709551615',
    { path: '$.id', condition: { operator: '>=', value: '18446744073709551615' } },
  ],
  ['$.colour == teal', { path: '$.colour', condition: { operator: '==', value: '"teal"' } }],
  ['$.name != "a b"', { path: '$.name', condition: { operator: '!=', value: '"a b"' } }],
  ['$.items[?(@.price > 3)].id', { path: '$.items[?(@.price > 3)].id' }],
  ["$['a == \\'b'] < 2", { path: "$['a == \\'b']", condition: { operator: '<', value: '2' } }],
  ['$.a ==', { path: '$.a', condition: { operator: '==', value: '""' } }],
])('%s', (written, question) => {
  expect(readContent(written)).toEqual(question);
});
