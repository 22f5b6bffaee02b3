import { expect, test } from 'vitest';
import { previewPieces } from './previewPieces.ts';

/** The preview of a text, with the matches of a word in ⟦ ⟧. */
function preview(text: string, searched?: string): string {
  const at = searched === undefined ? -1 : text.indexOf(searched);
  const matches =
    searched !== undefined && at >= 0 ? [{ start: at, end: at + searched.length }] : [];
  return previewPieces(text, matches)
    .map((piece) => (piece.isMatch ? `⟦${piece.text}⟧` : piece.text))
    .join('');
}

const token = '14247375118774737462';

test.each([
  [
    '{"SH_NEW":{"name":"basket","expiry":{"duration":600,"deleteSession":true}}}',
    'name: "basket", expiry 600 s',
  ],
  [
    `{"KV_SET":{"tkn":"${token}","keys":{"colour":"teal","sizes":[1,2]}}}`,
    'colour: "teal", sizes: [1, 2]',
  ],
  [`{ "KV_GET" : { "keys" : [ "a", "b" ],\n "tkn" : "${token}" } }`, '"a", "b"'],
  [`{"KV_FIND":{"tkn":"1","path":"$[0]","rsp":"kv"}}`, 'path: "$[0]", rsp: "kv"'],
  [`{"KV_GET_RSP":{"tkn":"${token}","keys":{"a b":{"c":1},"n":null}}}`, '"a b": {c: 1}, n: null'],
  ['{"SH_NEW_RSP":{"st":1,"name":"basket","tkn":"1"}}', 'name: "basket"'],
  [
    '{"SH_INFO_RSP":{"st":1,"tkn":"1","keyCnt":0,"expiry":{"expires":false,"duration":0}}}',
    'keyCnt: 0, expiry: {expires: false, duration: 0}',
  ],
  ['{"SH_INFO_ALL":{}}', ''],
  ['{"KV_SET":{"keys":5}}', 'keys: 5'],
  ['{"KV_SET":{"keys":{"st":1,"tkn":2}}}', 'st: 1, tkn: 2'],
])('%s is shown as what its body says', (text, shown) => {
  expect(preview(text)).toBe(shown);
});

test.each(['hello', '[1,2]', '{"a":1}', '', '{', '{"a":[1]}'])(
  'what is no message of the protocol is shown as it is: %s',
  (text) => {
    expect(preview(text)).toBe(text);
  },
);

test('a long message is cut, one that is not finished too', () => {
  const text = `{"KV_SET":{"tkn":"1","keys":{"long":"${'x'.repeat(5000)}"}}}`;
  expect(preview(text)).toBe(`long: "${'x'.repeat(393)}`);
});

test('what a search finds in the body is marked where it is shown', () => {
  const text = `{"KV_SET":{"tkn":"1","keys":{"filler":"${'x'.repeat(50)}","needle":1}}}`;
  expect(preview(text, 'needle')).toBe(`…${'x'.repeat(9)}", ⟦needle⟧: 1`);
  expect(preview('{"SH_NEW":{"name":"abc"}}', 'name":"ab')).toBe('⟦name⟧: ⟦"ab⟧c"');
});

test('a match in the name of the command leaves the preview as it is', () => {
  expect(preview('{"SH_NEW":{"name":"abc"}}', 'SH_N')).toBe('name: "abc"');
});

test('what a search finds elsewhere is shown where it stands, tokens shortened', () => {
  const far = `{"KV_GET_RSP": {"tkn":"${token}","keys":{"long":"${'x'.repeat(3000)}needle"}}}`;
  expect(preview(far, 'needle')).toBe(`…${'x'.repeat(12)}⟦needle⟧"}}}`);
  expect(preview(far, token)).toContain('"tkn":"⟦1424⟧⟦…⟧⟦7462⟧"');
});
