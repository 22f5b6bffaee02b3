import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry, ReceivedEntry } from '../connection/page/exchange.ts';
import { redactionOf } from './redaction.ts';

const token = '14247375118774737462';
const otherToken = '775';
const noVariables = new Map<string, string>();

function received(text: string, more: Partial<ReceivedEntry> = {}): Entry {
  return {
    kind: 'received',
    id: 1,
    atMs: 0,
    text,
    name: '',
    bytes: 0,
    statuses: [],
    requestId: undefined,
    latencyMs: undefined,
    learned: [],
    ...more,
  };
}

/** The texts as one export would show them. */
function redacted(texts: readonly string[], variables: ReadonlyMap<string, string> = noVariables) {
  const { text } = redactionOf(
    texts.map((each) => received(each)),
    variables,
  );
  return texts.map(text);
}

describe('redaction', () => {
  test.each([
    [`{"KV_GET":{"tkn":"${token}"}}`, '{"KV_GET":{"tkn":"token-1"}}'],
    [`{"KV_GET":{"tkn":${token}}}`, '{"KV_GET":{"tkn":"token-1"}}'],
    [`{"KV_GET":{"tkn":"${otherToken}"}}`, '{"KV_GET":{"tkn":"token-1"}}'],
    [`{"KV_GET":{"\\u0074kn":"${token}"}}`, '{"KV_GET":{"\\u0074kn":"token-1"}}'],
    [`{"KV_GET":{"tkn":"1","tkn":"2"}}`, '{"KV_GET":{"tkn":"token-1","tkn":"token-2"}}'],
    [
      `{"SH_EXISTS":{"tkns":["1",2,"1"]}}`,
      '{"SH_EXISTS":{"tkns":["token-1","token-2","token-1"]}}',
    ],
    [`{"SH_EXISTS_RSP":{"st":1,"exist":["7"]}}`, '{"SH_EXISTS_RSP":{"st":1,"exist":["token-1"]}}'],
    [`{"SH_NEW_RSP":{"tkn":null}}`, '{"SH_NEW_RSP":{"tkn":null}}'],
    [
      `{"KV_SET":{"keys":{"exist":["7"],"a":{"tkn":"7"}}}}`,
      // Values of keys are data, whatever they are called.
      '{"KV_SET":{"keys":{"exist":["7"],"a":{"tkn":"7"}}}}',
    ],
  ])('of %s is %s', (text, expected) => {
    expect(redacted([text])).toEqual([expected]);
  });

  test('gives a token one name in all messages, as a string, a number, a key and inside a text', () => {
    const texts = [
      `{"SH_NEW_RSP":{"st":1,"name":"a","tkn":"${token}"}}`,
      `{"KV_SET":{"tkn":"99999999","keys":{"${token}":${token},"b":"for ${token}!","c":1${token}}}}`,
      `{"KV_SET":{"tkn":${token},"keys":{"b":"\\u0031${token.slice(1)} \\u00e9\\/"}}}`,
      `{"KV_SET":{"keys":{"b":"\\u${token.slice(0, 4)}${token.slice(4)}\\n"}}}`,
    ];
    expect(redacted(texts)).toEqual([
      '{"SH_NEW_RSP":{"st":1,"name":"a","tkn":"token-1"}}',
      `{"KV_SET":{"tkn":"token-2","keys":{"token-1":"token-1","b":"for token-1!","c":1${token}}}}`,
      '{"KV_SET":{"tkn":"token-1","keys":{"b":"token-1 \\u00e9\\/"}}}',
      `{"KV_SET":{"keys":{"b":"\\u${token}\\n"}}}`,
    ]);
  });

  test('finds known tokens and "tkn" in text that is no JSON, and learned ones of any form', () => {
    const texts = [
      `{"KV_GET":{"tkn":"${token}",}}`,
      `see ${token}9 and x${token}`,
      'Connected with a-word-of-a-foreign-server',
    ];
    const variables = new Map([
      ['tkn:user1', 'a-word-of-a-foreign-server'],
      ['colour', 'Connected'],
    ]);
    expect(redacted(texts, variables)).toEqual([
      '{"KV_GET":{"tkn":"token-1",}}',
      'see token-19 and xtoken-1',
      'Connected with token-2',
    ]);
  });

  test('changes no byte of a message without tokens', () => {
    const texts = [
      ' {"a" : 1.0,\t"a":-0, "b":[1e400,"\\u0041\\/"],\r\n"c":123456789012345678901234567890}\n',
      '{"KV_SET":{"keys":{"a":"line\\nline","😀":null}}}',
      '{"a":"\\ud83d\\ude00"',
    ];
    expect(redacted(texts)).toEqual(texts);
    const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/);
    fc.assert(
      fc.property(fc.json(), space, (json, blank) => {
        const text = blank + json.replaceAll(',', `,${blank}`) + blank;
        expect(redacted([text], new Map([['tkn', token]]))).toEqual([text]);
      }),
    );
  });

  test('hides tokens in binary messages', () => {
    const bytes = new TextEncoder().encode(`\u00e9 {"KV_GET":{"tkn":"${token}"}}`);
    const { bytes: hide } = redactionOf([received('', { binary: bytes })], noVariables);
    expect(new TextDecoder().decode(hide(bytes))).toBe('\u00e9 {"KV_GET":{"tkn":"token-1"}}');
    const odd = Uint8Array.from({ length: 70_000 }, (_, at) => at % 256);
    expect(hide(odd)).toEqual(odd);
  });
});
