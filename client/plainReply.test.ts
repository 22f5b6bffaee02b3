import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asJsonText, type JsonText } from '../protocol/json/jsonText.ts';
import { statusCodes, type StatusName } from '../protocol/status.ts';
import { readMadeToken, type Token } from '../protocol/token.ts';
import { writeRefusal, writeReply } from '../protocol/wire/reply.ts';
import type { Request } from './call.ts';
import { GetKeys, KeysHeads, SetKeys } from './keysRequest.ts';
import { readReply } from './reply.ts';

const token = '14247375118774737462';
const heads = new KeysHeads(token);
const tkn = readMadeToken(token) as Token; // It is one.

const setReply = (statuses: Iterable<readonly [string, StatusName]>) =>
  writeReply('KV_SET', { tkn, keys: new Map(statuses) });
const getReply = (values: Iterable<readonly [string, JsonText]>) =>
  writeReply('KV_GET', { tkn, keys: new Map(values) });

/** As it was sent for these keys. */
function setOf(...names: string[]): SetKeys {
  const request = new SetKeys(heads, Object.fromEntries(names.map((name) => [name, 1])));
  request.write();
  return request;
}

function getOf(...names: string[]): GetKeys {
  const request = new GetKeys(heads, names);
  request.write();
  return request;
}

/** What a text is read as at once, and by parsing it in each form of numbers. Nothing when it is left to the parser. */
function bothWays<T>(request: Request<T>, text: string): { plain: unknown[]; parsed: unknown[] } {
  const value = request.readPlain?.(text);
  if (value === undefined) return { plain: [], parsed: [] };
  const forms = ['text', 'bigint', 'number'] as const;
  const parsed = forms.map((form) => {
    const reply = readReply(text, form);
    return inOrder(reply && request.read(reply));
  });
  return { plain: forms.map(() => inOrder(value)), parsed };
}

/** With the order of its members. */
function inOrder(value: unknown): unknown {
  return { value, written: JSON.stringify(value) };
}

test('statuses of the usual reply are read without parsing it', () => {
  const text = setReply([
    ['a', 'KeySet'],
    ['b c', 'KeyUpdated'],
  ]);
  expect(setOf('a', 'b c').readPlain(text)).toEqual({ a: 'KeySet', 'b c': 'KeyUpdated' });
});

test.each(['"text"', '"es\\"caped\\u00e9"', '12.5', 'null', 'true', '{"a":[1,{"b":""}]}', '[]'])(
  'the value of the only key is read, without parsing the rest: %s',
  (json) => {
    const request = getOf('key');
    const text = getReply([['key', asJsonText(json)]]);
    expect(request.readPlain(text)).toEqual({ key: JSON.parse(json) });
  },
);

test.each([
  ['a number that a double cannot hold', getReply([['key', asJsonText('9007199254740993')]])],
  [
    'two keys',
    getReply([
      ['key', asJsonText('1')],
      ['other', asJsonText('2')],
    ]),
  ],
  ['another key', getReply([['yek', asJsonText('1')]])],
  ['another member', `{"KV_GET_RSP":{"tkn":"${token}","keys":{"key":1},"x":{}}}`],
  ['a refusal', writeRefusal('KV_GET_RSP', { status: 'SessionNotExist', param: '', token: tkn })],
  ['a text that ends too early', `{"KV_GET_RSP":{"tkn":"${token}","keys":{"key":}}}`],
  ['another end', `{"KV_GET_RSP":{"tkn":"${token}","keys":{"key":1]}}`],
  ['the reply to another command', setReply([['key', 'KeySet']])],
])('left to the parser: %s', (_, text) => {
  expect(getOf('key').readPlain(text)).toBeUndefined();
});

test.each([
  ['fewer keys', '"a":20'],
  ['more keys', '"a":20,"b":20,"c":20'],
  ['no comma', '"a":20;"b":20'],
  ['a status of no digits', '"a":20,"b":2x'],
  ['a status that begins with 0', '"a":20,"b":02'],
  ['an unknown status', '"a":20,"b":99'],
  ['another end', '"a":20,"b":20', ']}}'],
])('left to the parser: %s', (_, statuses, end = '}}}') => {
  const text = `{"KV_SET_RSP":{"tkn":"${token}","keys":{${statuses}${end}`;
  expect(setOf('a', 'b').readPlain(text)).toBeUndefined();
});

test('a key named "__proto__", and one with escapes, are left to the parser', () => {
  for (const name of ['__proto__', 'a"b', 'a\\b', 'a\nb']) {
    expect(setOf(name).readPlain(setReply([[name, 'KeySet']]))).toBeUndefined();
    // No reply of a server: what stands between the quotes is the name itself.
    const raw = `{"KV_SET_RSP":{"tkn":"${token}","keys":{"${name}":20}}}`;
    expect(setOf(name).readPlain(raw)).toBeUndefined();
  }
});

test('a Map of values, whose names are not known before, is left to the parser', () => {
  const request = new SetKeys(heads, new Map([['a', 1]]));
  request.write();
  expect(request.readPlain(setReply([['a', 'KeySet']]))).toBeUndefined();
});

const name = fc.oneof(
  fc.string({ maxLength: 4 }),
  fc.constantFrom('a', 'b', '7', '10', '__proto__', 'keys', 'é', '"', '\\', 'm'),
);
const status = fc.constantFrom(...(Object.keys(statusCodes) as StatusName[])); // Its own names.
const json = fc.oneof(
  fc.json().map(asJsonText),
  fc.constantFrom('9007199254740993', '1e400', '-0', '1.0', '"\\"}}}"', '""').map(asJsonText),
);
/** What is put in place of a part of a reply. */
const patch = fc.tuple(
  fc.nat(160),
  fc.nat(3),
  fc.oneof(
    fc.constantFrom('', '"', '\\', ',', ':', '{', '}', ' ', '0', '1', '"a":20,', ',"a":1', '\n'),
    fc.string({ maxLength: 3 }),
  ),
);
const patches = fc.array(patch, { maxLength: 2 });

function patched(text: string, changes: readonly (readonly [number, number, string])[]): string {
  return changes.reduce(
    (whole, [at, length, put]) => whole.slice(0, at) + put + whole.slice(at + length),
    text,
  );
}

test('for any text, statuses are those that parsing gives', () => {
  const names = fc.uniqueArray(name, { maxLength: 3 });
  const statuses = fc.array(status, { minLength: 3, maxLength: 3 });
  const replied = fc.tuple(names, fc.boolean(), names, statuses, patches);
  fc.assert(
    fc.property(replied, ([asked, isOther, others, codes, changes]) => {
      const keys = isOther ? others : asked;
      const found = keys.map((key, at) => [key, codes[at] ?? 'KeySet'] as const);
      const { plain, parsed } = bothWays(setOf(...asked), patched(setReply(found), changes));
      expect(plain).toEqual(parsed);
    }),
    { numRuns: 2_000 },
  );
});

test('for any text, the value is that which parsing gives', () => {
  fc.assert(
    fc.property(name, json, patches, (asked, value, changes) => {
      const text = patched(getReply([[asked, value]]), changes);
      const { plain, parsed } = bothWays(getOf(asked), text);
      expect(plain).toEqual(parsed);
    }),
    { numRuns: 2_000 },
  );
});
