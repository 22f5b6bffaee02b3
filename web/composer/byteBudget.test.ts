import { expect, test } from 'vitest';
import { heaviestBranch } from './byteBudget.ts';

const long = 'é'.repeat(1000);

test('the heaviest branch is the one below which no member is most of it', () => {
  const small = '"name":"a"';
  const text = `{"KV_SET":{"tkn":"{{tkn}}","keys":{${small},"profile":{${small},"photos":["x","${long}"]}}}}`;
  expect(heaviestBranch(text)).toEqual({ path: 'keys.profile.photos[1]', bytes: 2002 });
});

test('a branch whose members are even is named itself', () => {
  const items = Array.from({ length: 10 }, () => `"${long}"`).join(',');
  const bytes = 10 * 2002 + 9 + 2;
  expect(heaviestBranch(`{"KV_SET":{"keys":{"list":[${items}]}}}`)).toEqual({
    path: 'keys.list',
    bytes,
  });
});

test('names that are no words are quoted, long ones are cut', () => {
  expect(heaviestBranch(`{"KV_SET":{"keys":{"a b":"${long}"}}}`)?.path).toBe('keys["a b"]');
  expect(heaviestBranch(`{"KV_SET":{"keys":{"a\\"b":"${long}"}}}`)?.path).toBe('keys["a\\"b"]');
  expect(heaviestBranch(`{"A":{"${'k'.repeat(99)}":"${long}"}}`)?.path).toBe(`${'k'.repeat(40)}…`);
});

test.each(['', '{', '[]', '{}', '{"A":{}}', '{"A":1}'])('%s has no branch', (text) => {
  expect(heaviestBranch(text)).toBeUndefined();
});
