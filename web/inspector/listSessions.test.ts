import { expect, test } from 'vitest';
import { listSessions, neighbourOf } from './listSessions.ts';

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

test('the neighbour of a session is the next one in the list, and at its ends there is none', () => {
  const list = ['a', 'bb', 'ccc'].map(named);
  expect(neighbourOf(list, 'id of 2', 1)).toBe('id of 3');
  expect(neighbourOf(list, 'id of 2', -1)).toBe('id of 1');
  expect(neighbourOf(list, 'id of 3', 1)).toBeUndefined();
  expect(neighbourOf(list, 'id of 1', -1)).toBeUndefined();
});

test('from a session that the list has not, one comes to its ends', () => {
  const list = ['a', 'bb'].map(named);
  expect(neighbourOf(list, 'gone', 1)).toBe('id of 1');
  expect(neighbourOf(list, 'gone', -1)).toBe('id of 2');
  expect(neighbourOf([], 'gone', 1)).toBeUndefined();
});
