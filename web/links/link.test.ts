import { expect, test } from 'vitest';
import { HiddenTokens } from '../connection/page/hiddenTokens.ts';
import { linkTo, maxLinkLength, readLink } from './link.ts';

const token = '14247375118774737462';
let ids = 0;
const hidden = new HiddenTokens(() => `id${(ids += 1)}`);
hidden.learn(
  new Map([
    ['tkn', token],
    ['tkn:user1', '99'],
  ]),
);

test('a link brings back message, filter, lesson and step', () => {
  const state = {
    message: '{\n  "KV_SET": {"tkn": "{{tkn}}", "keys": {"é&=#%": [1]}}\n}',
    filter: {
      show: 'failures',
      search: { text: '^a&b$', isRegExp: true, isCaseSensitive: true },
      facets: [
        { kind: 'command', value: 'KV_GET', label: 'KV_GET' },
        { kind: 'status', value: 'KeyNotExist', label: 'KeyNotExist' },
      ],
    },
    isLiteral: true,
    lesson: '02-set',
    step: 'count',
  } as const;
  expect(readLink(linkTo(state, hidden) ?? '')).toEqual(state);
});

test('no token gets into a link', () => {
  const link = linkTo(
    {
      message: `{"SH_EXISTS":{"tkns":["${token}",12345,"98765432109876543210"]},"c":"?s=${token}"}`,
      filter: {
        show: 'all',
        search: { text: token, isRegExp: false, isCaseSensitive: false },
        facets: [{ kind: 'session', value: '33', label: '··33' }],
      },
    },
    hidden,
  );
  for (const secret of [token, '12345', '98765432109876543210', '33']) {
    expect(decodeURIComponent(link ?? '')).not.toContain(secret);
  }
  expect(readLink(link ?? '')?.message).toContain('{"SH_EXISTS":{"tkns":["{{token ··');
  expect(readLink(link ?? '')?.filter).toBeUndefined();
});

test('what only looks like a token is part of the link', () => {
  const message = '{"KV_SET":{"tkn":"{{tkn}}","keys":{"discordId":"1497549923779084388"}}}';
  expect(readLink(linkTo({ message }, hidden) ?? '')).toEqual({ message });
});

test('a state that is too long has no link, and a link that is too long is not read', () => {
  expect(linkTo({ message: 'x'.repeat(maxLinkLength) }, hidden)).toBeUndefined();
  expect(readLink(`#message=${'x'.repeat(maxLinkLength)}`)).toBeUndefined();
});

test.each(['', '#', '#section-2', '#access_token=1', '#show=everything', '#%E0%A4%A=%'])(
  'the fragment %s is not for us',
  (fragment) => {
    expect(readLink(fragment)).toBeUndefined();
  },
);
