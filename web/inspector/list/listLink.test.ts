import { expect, test } from 'vitest';
import { linkOf, readInspectorLink } from './listLink.ts';

test.each([
  { query: { sort: 'created', descending: true, find: '' }, session: undefined },
  { query: { sort: 'keys', descending: false, find: 'İstanbul & #1 =%' }, session: 'aB_-3' },
  {
    query: { sort: 'created', descending: false, find: '', separator: ':', prefix: 'user:a b:' },
    session: undefined,
  },
] as const)('a link brings back list and session: %o', (link) => {
  expect(readInspectorLink(linkOf(link))).toMatchObject(link);
});

test('the usual list needs no fragment', () => {
  const query = { sort: 'created', descending: true, find: '' } as const;
  expect(linkOf({ query, session: undefined })).toBe('');
});

test('what may be a token gets into no link', () => {
  const query = { sort: 'created', descending: true, find: '14247375118774737462' } as const;
  expect(linkOf({ query, session: undefined })).toBe('');
});

test.each(['', '#', '#sort=token', '#sort=__proto__', '#%E0%A4%A=%', '#order=sideways'])(
  'of the fragment %s what is meant is read',
  (fragment) => {
    const { query, session } = readInspectorLink(fragment);
    expect(query).toMatchObject({ sort: 'created', find: '' });
    expect(session).toBeUndefined();
  },
);
