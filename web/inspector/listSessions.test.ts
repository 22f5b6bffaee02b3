import { expect, test } from 'vitest';
import { directionOf, listSessions, neighbourOf, sortedBy } from './listSessions.ts';

const newest = { order: 'newest', isReversed: false } as const;

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
  expect(listSessions([named(name), named('another')], wanted, newest)).toEqual([named(name)]);
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

test('the head of a column sorts by it, and pressed again the other way round', () => {
  const sessions = [
    { ...named('b'), keyCount: 3 },
    { ...named('C'), keyCount: 1 },
    { ...named('a'), keyCount: 2 },
  ];
  const namesIn = (sorting: Parameters<typeof listSessions>[2]) =>
    listSessions(sessions, '', sorting).map(({ name }) => name);
  const byName = sortedBy('name', newest);
  expect(namesIn(byName)).toEqual(['a', 'b', 'C']);
  expect(directionOf(byName)).toBe('ascending');
  const backwards = sortedBy('name', byName);
  expect(namesIn(backwards)).toEqual(['C', 'b', 'a']);
  expect(directionOf(backwards)).toBe('descending');
  expect(sortedBy('name', backwards)).toEqual(byName);
  // Another column starts with its own direction: most keys, newest first.
  const byKeys = sortedBy('keys', backwards);
  expect(namesIn(byKeys)).toEqual(['b', 'a', 'C']);
  expect(directionOf(byKeys)).toBe('descending');
  expect(namesIn(newest)).toEqual(['a', 'C', 'b']);
  expect(namesIn(sortedBy('newest', newest))).toEqual(['b', 'C', 'a']);
});
