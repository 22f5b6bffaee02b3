import { expect, test } from 'vitest';
import { listSessions } from './listSessions.ts';

const plain = { shared: false, keyCount: 0, createdAtMs: 0, expiry: null };
const named = (name: string) => ({
  id: `id of ${name.length}`,
  name,
  maskedToken: '··12',
  ...plain,
});

test.each([
  ['istanbul', 'İstanbul'],
  ['ISTANBUL', 'ıstanbul'],
  ['café', 'cafe\u0301'],
  ['strasse', 'Straße'],
  ['\\u200b', 'a\u200bb'],
  ['a\u200bb', 'a\u200bb'],
  ['(no name)', ''],
])('%j finds the session named %j', (wanted, name) => {
  expect(listSessions([named(name), named('another')], wanted, 'newest')).toEqual([named(name)]);
});
