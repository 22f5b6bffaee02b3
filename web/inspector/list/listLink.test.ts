import { expect, test } from 'vitest';
import { linkOf, readInspectorLink, type InspectorLink } from './listLink.ts';

test.each<InspectorLink>([
  { query: { sort: 'created', descending: true, find: '' }, session: undefined },
  { query: { sort: 'keys', descending: false, find: 'İstanbul & #1 =%' }, session: 'aB_-3' },
  {
    query: {
      sort: 'created',
      descending: false,
      find: '',
      separator: ':',
      prefix: 'user:a b:',
      open: ['user:a b:#:', '&:'],
    },
    session: undefined,
  },
])('a link brings back list and session: %o', (link) => {
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

test('a group whose name may have a token in it is not opened by a link', () => {
  const query = { sort: 'created', descending: true, find: '', separator: ':' } as const;
  const open = ['14247375118774737462:', 'shop:'];
  expect(linkOf({ query: { ...query, open }, session: undefined })).toBe('#group=%3A&open=shop%3A');
});

test.each(['', '#', '#sort=token', '#sort=__proto__', '#%E0%A4%A=%', '#order=sideways'])(
  'of the fragment %s what is meant is read',
  (fragment) => {
    const { query, session } = readInspectorLink(fragment);
    expect(query).toMatchObject({ sort: 'created', find: '' });
    expect(session).toBeUndefined();
  },
);
