import { expect, test } from 'vitest';
import { offeredSessions } from './offeredSessions.ts';

const sessions = ['cart:{42}', 'a', 'b', 'c', 'd', 'e', 'f'].map((name, at) => ({
  id: String(at),
  name,
  maskedToken: `··${at}`,
  keyCount: at,
}));
const names = (variable: string) => offeredSessions(variable, sessions).map(({ name }) => name);

test('the five newest sessions are offered for {{tkn}}', () => {
  expect(names('tkn')).toEqual(['f', 'e', 'd', 'c', 'b']);
});

test('for {{tkn:NAME}} the session of that name comes first, however old', () => {
  expect(names('tkn:a')).toEqual(['a', 'f', 'e', 'd', 'c']);
  expect(names('tkn:cart:%7B42%7D')).toEqual(['cart:{42}', 'f', 'e', 'd', 'c']);
});

test('without live sessions there is nothing to offer', () => {
  expect(offeredSessions('tkn', [])).toEqual([]);
});
