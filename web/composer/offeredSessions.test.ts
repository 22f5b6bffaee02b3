import { expect, test } from 'vitest';
import { likelySession, offeredSessions } from './offeredSessions.ts';

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

/** Names of the live sessions. */
const both = ['user1', 'basket'];
const likely = (variable: string, names: readonly string[], last?: string) =>
  likelySession(
    variable,
    names.map((name, at) => ({ id: `${at}`, name, maskedToken: `··000${at}`, keyCount: 0 })),
    last,
  )?.name;

test('a session is meant for sure where it is the only one of the name that is known', () => {
  expect(likely('tkn:basket', both)).toBe('basket');
  expect(likely('tkn:user1', both, 'basket')).toBe('user1');
  expect(likely('tkn', both, 'basket')).toBe('basket');
  expect(likely('tkn', ['basket'])).toBe('basket');
});

test('no session is meant for sure where several have the name, or none, or none is known', () => {
  expect(likely('tkn', both)).toBeUndefined();
  expect(likely('tkn', ['basket', 'basket'], 'basket')).toBeUndefined();
  expect(likely('tkn', ['user1'], 'basket')).toBeUndefined();
  expect(likely('tkn:basket', ['user1'])).toBeUndefined();
  expect(likely('tkn:basket', ['basket', 'basket'])).toBeUndefined();
});
