import { expect, test } from 'vitest';
import { catalog, type CommandName } from '../commands/catalog.ts';
import { maxSummarizedLength, resultFacts, type ResultFact } from './resultFacts.ts';

const keys = (fate: string, ...names: string[]) => ({ fact: 'keys', fate, names });
const count = (of: string, number: string) => ({ fact: 'count', of, count: number });
const session = (event: string, name = '') => ({ fact: 'session', event, name });

/** What the reply of each command's example says. */
const expected: Readonly<Record<CommandName, readonly object[]>> = {
  SH_NEW: [session('created', 'cart-77')],
  SH_END: [session('ended')],
  SH_OPEN: [session('opened', 'defaults')],
  SH_INFO: [count('keys', '0')],
  SH_TOUCH: [session('extended'), { fact: 'seconds', seconds: '1800' }],
  SH_INFO_ALL: [count('sessions', '1'), count('keys', '0')],
  SH_END_ALL: [count('sessionsEnded', '1')],
  SH_EXISTS: [count('sessions', '1')],
  SH_SAVE: [session('saved', 'nightly')],
  SH_LOAD: [count('sessionsLoaded', '1'), count('keys', '2')],
  KV_SET: [keys('stored', 'colour', 'sizes')],
  KV_SETQ: [],
  KV_ADD: [keys('existing', 'colour'), keys('stored', 'shape')],
  KV_ADDQ: [keys('existing', 'colour')],
  KV_GET: [keys('found', 'colour'), keys('missing', 'nope')],
  KV_RMV: [keys('removed', 'colour'), keys('missing', 'nope')],
  KV_CLEAR: [count('keysRemoved', '1')],
  KV_COUNT: [count('keys', '0')],
  KV_CONTAINS: [keys('found', 'colour'), keys('missing', 'nope')],
  KV_KEYS: [count('keys', '1')],
  SH_KEYS: [count('keys', '1')],
  KV_CLEAR_SET: [count('keysRemoved', '1'), keys('stored', 'a')],
  KV_ARR_APPEND: [count('itemsAppended', '1'), keys('changed', 'profile')],
  KV_TAKE: [keys('removed', 'otp'), keys('missing', 'nope')],
  KV_INCR: [{ fact: 'value', key: 'visits', value: '8' }],
  KV_CAS: [keys('replaced', 'seats')],
  KV_FIND: [count('placesFound', '1')],
  KV_UPDATE: [count('placesChanged', '1'), keys('changed', 'car')],
  SV_INFO: [{ fact: 'version', version: '{{version}}' }],
};

test.each(Object.entries(expected))('the example of %s in short', (name, facts) => {
  const { request, reply } = catalog[name as CommandName].example;
  expect(reply === null ? [] : resultFacts(reply, request)).toEqual(facts);
});

test.each<[string, readonly object[]]>([
  [
    '{"KV_SET_RSP":{"tkn":"7","keys":{"a":20,"b":21,"__proto__":20}}}',
    [keys('stored', 'a', '__proto__'), keys('replaced', 'b')],
  ],
  ['{"SH_NEW_RSP":{"st":103,"name":"defaults","tkn":"7"}}', [session('existing', 'defaults')]],
  ['{"KV_FIND_RSP":{"tkn":"7","st":1,"keys":{"a":1,"b":2}}}', [count('keys', '2')]],
  ['{"KV_FIND_RSP":{"tkn":"7","st":1,"keys":["a"]}}', [count('keys', '1')]],
  ['{"KV_FIND_RSP":{"tkn":"7","st":1,"keys":[]}}', [{ fact: 'noMatch', path: '' }]],
  ['{"KV_FIND_RSP":{"tkn":"7","st":1,"paths":[]}}', [{ fact: 'noMatch', path: '' }]],
  ['{"KV_CAS_RSP":{"tkn":"7","st":28,"key":"a","value":1}}', []],
  [
    '{"SH_INFO_RSP":{"st":1,"keyCnt":2,"expiry":{"expires":true,"duration":60}}}',
    [count('keys', '2'), { fact: 'seconds', seconds: '60' }],
  ],
  ['{"SH_INFO_RSP":{"st":100,"tkn":"7","shared":null,"keyCnt":null}}', []],
])('%s in short', (reply, facts) => {
  expect(resultFacts(reply, undefined)).toEqual(facts);
});

test('a refusal names its parameter', () => {
  const reply = '{"KV_GET_RSP":{"st":41,"tkn":"7","m":"keys"}}';
  expect(resultFacts(reply, undefined)).toEqual<ResultFact[]>([{ fact: 'param', name: 'keys' }]);
});

test.each([
  '',
  'x',
  '{}',
  '[]',
  '{"KV_GET_RSP":5}',
  '{"KV_SET_RSP":{"keys":[1]}}',
  '{"OTHER_RSP":{}}',
  '{"KV_GET":{}}',
])('nothing is said of %s', (reply) => {
  expect(resultFacts(reply, reply)).toEqual([]);
});

test('a reply that is too long is not read', () => {
  const reply = `{"KV_GET_RSP":{"tkn":"7","keys":{"a":"${'x'.repeat(maxSummarizedLength)}"}}}`;
  expect(resultFacts(reply, undefined)).toEqual([]);
});
