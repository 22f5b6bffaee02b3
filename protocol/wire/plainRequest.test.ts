import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalog, commandNames } from '../commands/catalog.ts';
import { EntryList } from '../json/entryList.ts';
import { quote } from '../json/jsonText.ts';
import { readParams } from '../commands/defineCommand.ts';
import { readPlainRequest } from './plainRequest.ts';
import { readRequest } from './request.ts';

/** As the two other readers have it; undefined where they refuse. */
function readInGeneral(text: string): ReturnType<typeof readPlainRequest> {
  const request = readRequest(text);
  if (!request.ok) return undefined;
  const { name, body } = request.value;
  const params = readParams(catalog[name], body);
  return params.ok ? { name, params: params.value } : undefined;
}

const names = fc.constantFrom('a', 'k1', '__proto__', 'constructor', 'tkn', 'keys', '', '10', '9');
const numbers = ['0', '-0', '12', '-1.50', '1e400', '18446744073709551615'];
const odd = [
  '01',
  '1.',
  '.5',
  '-',
  'nul',
  'nulll',
  'True',
  '"\t"',
  '"\\u0041"',
  '"\\"',
  '{"a":1,"a":2}',
  '[1, 2]',
  '[',
];
const often = <T>(usual: fc.Arbitrary<T>, unusual: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: unusual });
const strings = fc.oneof(names, fc.string(), fc.string({ unit: 'binary' }));
const quoted = strings.map((text) => JSON.stringify(text));
const branches = ['{}', '[]', '[1,[]]', '{"a":{"b":[{}]}}', '[{"a":1,"b":2},{"a":1,"b":2}]'];
const values = often(
  fc.oneof(
    fc.constantFrom(...numbers, 'true', 'false', 'null', '"\u007f"'),
    quoted,
    fc.constantFrom(...branches),
  ),
  fc.constantFrom(...odd),
);
const gap = often(
  fc.constantFrom('', '', ' '),
  fc.constantFrom('  ', '\n', '\t', '\u00a0', '\ufeff'),
);

/** Parts with commas and something else between them. */
const joined = ([open, close]: string, parts: fc.Arbitrary<readonly string[]>) =>
  fc.tuple(parts, gap).map(([each, space]) => {
    return `${open}${space}${each.join(`${space},${space}`)}${space}${close}`;
  });
const member = (name: fc.Arbitrary<string>, value: fc.Arbitrary<string>) =>
  fc
    .tuple(name, gap, value)
    .map(([text, space, each]) => `${JSON.stringify(text)}:${space}${each}`);
const byParam: Readonly<Record<string, fc.Arbitrary<string>>> = {
  tkn: fc.constantFrom('"12"', '12', '"a b"'),
  keys: fc.oneof(
    joined('{}', fc.array(member(strings, values), { maxLength: 3 })),
    joined('[]', fc.array(often(quoted, values), { maxLength: 3 })),
  ),
};

/** Requests of all commands: parameters left out, doubled, in any order, or with one that it has not. */
const requests = fc.constantFrom(...commandNames).chain((name) => {
  const { params } = catalog[name];
  const members = Object.entries(params).map(([param, { sample }]) => {
    const usual = byParam[param] ?? fc.constant(String(sample));
    return member(fc.constant(param), often(usual, values));
  });
  const surplus = member(fc.constantFrom('x', ...Object.keys(params)), values);
  const body = fc.tuple(...members).chain((all) => {
    return fc.oneof(
      { weight: 4, arbitrary: fc.shuffledSubarray(all, { minLength: all.length }) },
      { weight: 1, arbitrary: fc.shuffledSubarray(all) },
      { weight: 1, arbitrary: surplus.map((more) => [...all, more]) },
    );
  });
  return joined(
    '{}',
    joined('{}', body).map((text) => [`"${name}":${text}`]),
  );
});

const mutations = fc.tuple(
  fc.nat(),
  fc.nat(3),
  fc.constantFrom('', '"', '{', '}', ',', ':', '\\', ' ', '0', 'x', '\u0000'),
);
const messages = fc.oneof(
  requests,
  fc.tuple(requests, mutations).map(([text, [at, removed, put]]) => {
    const start = at % (text.length + 1);
    return text.slice(0, start) + put + text.slice(start + removed);
  }),
);

test('what is read in one pass is what the general readers read, to the order of the keys', () => {
  let plain = 0;
  fc.assert(
    fc.property(messages, (text) => {
      const read = readPlainRequest(text);
      if (read === undefined) return;
      plain += 1;
      expect(withOrder(read)).toEqual(withOrder(readInGeneral(text)));
    }),
    { numRuns: 2_000 },
  );
  expect(plain).toBeGreaterThan(400);
});

test('a list is plain only where names stand for themselves, and all has one byte a character', () => {
  const texts = fc.oneof(
    { weight: 4, arbitrary: names },
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constant('\ud800'),
  );
  let plain = 0;
  fc.assert(
    fc.property(fc.uniqueArray(texts, { minLength: 1, maxLength: 3 }), texts, (keys, value) => {
      const members = keys.map((key) => `"${key}":"${value}"`); // Not escaped, whatever is in them.
      const text = `{"KV_SET":{"tkn":"12","keys":{${members.join(',')}}}}`;
      const list = readPlainRequest(text)?.params['keys'];
      if (!(list instanceof EntryList) || !list.isPlain) return;
      plain += 1;
      for (const [key, item] of list) {
        expect(quote(key)).toBe(`"${key}"`);
        expect(`${key}${String(item)}`).toMatch(/^[\0-\xff]*$/);
      }
    }),
  );
  expect(plain).toBeGreaterThan(20);
});

/** Maps as lists: `toEqual` does not see their order. */
function withOrder(request: ReturnType<typeof readPlainRequest>): unknown {
  if (!request) return undefined;
  const lists = Object.entries(request.params).map(([name, value]) => {
    return [name, isMap(value) ? [...value] : value];
  });
  return { ...request, params: Object.fromEntries(lists) as unknown };
}

function isMap(value: unknown): value is ReadonlyMap<string, unknown> {
  return value instanceof Map || value instanceof EntryList;
}

/** A KV_SET of keys with these names. */
function setting(names: readonly string[]): string {
  const members = names.map((name) => `${JSON.stringify(name)}:"v"`);
  return `{"KV_SET":{"tkn":"12","keys":{${members.join(',')}}}}`;
}

/** All of one length, with few last characters. */
const named = (count: number) => Array.from({ length: count }, (_, at) => `k${1000 + at}${at % 3}`);

test.each([1, 2, 10, 32, 33, 100])('%i keys are read in one pass', (count) => {
  const text = setting(named(count));
  const read = readPlainRequest(text);
  expect(read).toBeDefined();
  expect(withOrder(read)).toEqual(withOrder(readInGeneral(text)));
});

test.each([2, 10, 32, 33, 100])('of %i keys, one that comes twice is found', (count) => {
  const names = named(count - 1);
  for (const name of names) expect(readPlainRequest(setting([...names, name]))).toBeUndefined();
});

test.each([2, 10, 32, 33, 100])('of %i names, one that comes twice counts once', (count) => {
  const names = named(count - 1);
  for (const name of names) {
    const keys = JSON.stringify([...names, name]);
    const read = readPlainRequest(`{"KV_GET":{"tkn":"12","keys":${keys}}}`);
    expect(read?.params['keys']).toEqual(names);
  }
});

test.each([
  '{"KV_SET":{"tkn":"12","keys":{"a":"text","b":-1.5e3,"c":null}}}',
  '{"KV_SETQ":{"keys":{"a":true},"tkn":12}}',
  '{"KV_GET": {"tkn": "12", "keys": ["a", "b"]}}',
  '{"SH_INFO":{"tkn":"12"}}',
  '{"KV_COUNT":{"tkn":"12"}}',
  '{"SH_NEW":{"name":"a"}}',
  '{"SH_INFO_ALL":{}}',
])('%s is read in one pass', (text) => {
  expect(withOrder(readPlainRequest(text))).toEqual(withOrder(readInGeneral(text)));
  expect(readPlainRequest(text)).toBeDefined();
});

test.each([
  ['an escape', '{"KV_SET":{"tkn":"12","keys":{"a":"\\n"}}}'],
  ['a space in an object', '{"KV_SET":{"tkn":"12","keys":{"a":{"b": 1}}}}'],
  ['a key twice', '{"KV_SET":{"tkn":"12","keys":{"a":1,"a":2}}}'],
  ['a parameter twice', '{"KV_SET":{"tkn":"12","keys":{},"tkn":"13"}}'],
  ['a parameter too many', '{"SH_INFO":{"tkn":"12","x":1}}'],
  ['a parameter too few', '{"KV_SET":{"tkn":"12"}}'],
  ['a token that is none', '{"SH_INFO":{"tkn":1.5}}'],
  ['two commands', '{"SH_INFO":{"tkn":"12"},"KV_COUNT":{"tkn":"12"}}'],
  ['something behind', '{"SH_INFO":{"tkn":"12"}}x'],
  ['no command', '{"__proto__":{}}'],
])('%s is left to the general readers', (_what, text) => {
  expect(readPlainRequest(text)).toBeUndefined();
});
