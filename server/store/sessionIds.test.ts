import { expect, test } from 'vitest';
import type { Token } from '../../protocol/token.ts';
import { createSessionIds } from './sessionIds.ts';

const token = '14247375118774737462' as Token;

test('the id of a token is fixed for ever, and another under another key', () => {
  expect(createSessionIds('')(token)).toBe('1NGFXtlmdPGJ');
  expect(createSessionIds('a key of sixteen characters')(token)).not.toBe('1NGFXtlmdPGJ');
});

test('ids of neighbouring tokens have nothing in common', () => {
  const idOf = createSessionIds('');
  const ids = Array.from({ length: 1000 }, (_, index) => idOf(String(index) as Token));
  expect(new Set(ids).size).toBe(1000);
  expect(ids.every((id) => /^[\w-]{12}$/.test(id))).toBe(true);
});
