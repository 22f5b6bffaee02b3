import { gone, no, req, rsp, section } from '../row.ts';

/** Every command on one session, with what it needs besides the token. */
const onSessions: [name: string, members: string][] = [
  ['SH_INFO', ''],
  ['SH_END', ''],
  ['KV_SET', ',"keys":{}'],
  ['KV_SETQ', ',"keys":{}'],
  ['KV_ADD', ',"keys":{}'],
  ['KV_ADDQ', ',"keys":{}'],
  ['KV_GET', ',"keys":[]'],
  ['KV_RMV', ',"keys":[]'],
  ['KV_CLEAR', ''],
  ['KV_COUNT', ''],
  ['KV_CONTAINS', ',"keys":[]'],
  ['KV_FIND', ',"path":"$","rsp":"keys"'],
  ['KV_UPDATE', ',"key":"a","path":"$","value":1'],
  ['KV_KEYS', ''],
  ['SH_KEYS', ''],
  ['KV_CLEAR_SET', ',"keys":{}'],
  ['KV_ARR_APPEND', ',"key":"a","items":[]'],
  ['SH_TOUCH', ',"duration":5'],
  ['KV_TAKE', ',"keys":[]'],
  ['KV_INCR', ',"key":"a","by":2'],
  ['KV_CAS', ',"key":"a","value":1'],
];

/** Own forms of status 100. */
// oxfmt-ignore
const goneForms = new Map([
  ['SH_INFO', (tkn: string) => rsp('SH_INFO', `"st":100,"tkn":"${tkn}","shared":null,"keyCnt":null`)],
  ['SH_END', (tkn: string) => rsp('SH_END', `"st":100,"tkn":"${tkn}"`)],
]);

function noSession(name: string, tkn: string): string {
  return goneForms.get(name)?.(tkn) ?? gone(name, tkn);
}

const badTokens = [
  '""',
  'null',
  'true',
  'false',
  '[]',
  '["7"]',
  '{}',
  '-1',
  '-0',
  '1.0',
  '1e3',
  '1E3',
  '0.0',
  '1e400',
];
// oxfmt-ignore
const unknownTokens = ['"42"', '42', '0', '"0"', '"042"', '" 42"', '"42 "', '"-1"', '"1.0"', '"x"', '" "', '"\\u0000"',
  '14247375118774737462', '"14247375118774737462"', '99999999999999999999999999', '"<T> "', '"0<T>"', '"+<T>"'];

// oxfmt-ignore
export const sessionTokens = section('4. Sessions and tokens', [
  ...onSessions.map(([name, more]) => ['status 100', req(name, `"tkn":"42"${more}`), noSession(name, '42')] as const),
  ...onSessions.map(([name, more]) => ['status 100, asked by number', req(name, `"tkn":18446744073709551615${more}`), noSession(name, '18446744073709551615')] as const),
  ...onSessions.map(([name, more]) => ['status 101: missing', req(name, more.slice(1)), no(name, 101)] as const),
  ...onSessions.flatMap(([name, more]) =>
    ['""', '1.0', '-1', 'null', '["7"]'].map((tkn) => ['status 101', req(name, `"tkn":${tkn}${more}`), no(name, 101)] as const),
  ),
  ...badTokens.map((tkn) => ['D11: status 101, any other type', req('KV_COUNT', `"tkn":${tkn}`), no('KV_COUNT', 101)] as const),
  ...unknownTokens.map((tkn) => ['D11: compared as text, never as a double', req('KV_COUNT', `"tkn":${tkn}`), gone('KV_COUNT', tkn.replaceAll('"', ''))] as const),
  ['D11: the token of a session, as a number', req('KV_COUNT', '"tkn":<T>'), rsp('KV_COUNT', '"st":1,"cnt":0,"tkn":"<T>"')],
  ['D11: a number may not be written with a fraction', req('KV_COUNT', '"tkn":<T>.0'), no('KV_COUNT', 101)],
  ['D11: a number may not be written with an exponent', req('KV_COUNT', '"tkn":<T>e0'), no('KV_COUNT', 101)],
  ['a token may be written with escapes', req('KV_COUNT', '"tkn":"\\u0037"'), gone('KV_COUNT', '7')],
  ['SH_EXISTS compares as text too', req('SH_EXISTS', '"tkns":["0<T>"," <T>","<T>"]'), rsp('SH_EXISTS', '"st":1,"exist":["<T>"]')],

  ['two sessions of one name are two sessions', ['A = {"SH_NEW":{"name":"demo"}}', req('KV_SET', '"tkn":"<A>","keys":{"a":1}')], req('KV_COUNT', '"tkn":"<T>"'), rsp('KV_COUNT', '"st":1,"cnt":0,"tkn":"<T>"')],
  ['shared and not-shared sessions of one name do not meet', ['{"SH_NEW":{"name":"a"}}'], req('SH_NEW', '"name":"a","shared":true'), rsp('SH_NEW', '"st":1,"name":"a","tkn":"<?>"')],
  ['D12: the same name gives the same token, after an end too', ['A = {"SH_NEW":{"name":"a","shared":true}}', req('SH_END', '"tkn":"<A>"')], req('SH_NEW', '"name":"a","shared":true'), rsp('SH_NEW', '"st":1,"name":"a","tkn":"<A>"')],
  ['D12: different names give different tokens', ['A = {"SH_NEW":{"name":"a","shared":true}}', 'B = {"SH_NEW":{"name":"b","shared":true}}'], req('SH_EXISTS', '"tkns":["<B>","<A>","<B>"]'), rsp('SH_EXISTS', '"st":1,"exist":["<B>","<A>"]')],
  ...['" "', '"\\u0000"', '"__proto__"', '"constructor"', '"A"', '" a"', '"a "', '"e\\u0301"', '"😀"', '"0"'].map(
    (name) => ['names are compared code point by code point', ['{"SH_NEW":{"name":"a","shared":true}}', '{"SH_NEW":{"name":"é","shared":true}}'], req('SH_NEW', `"name":${name},"shared":true`), rsp('SH_NEW', `"st":1,"name":${name.replace('\\u0301', '\u0301')},"tkn":"<?>"`)] as const,
  ),
  ...['" "', '"\\u0000"', '"__proto__"', '"constructor"'].map(
    (name) => ['names are any characters', [`A = {"SH_NEW":{"name":${name},"shared":true}}`], req('SH_OPEN', `"name":${name}`), rsp('SH_OPEN', `"st":1,"name":${name},"tkn":"<A>"`)] as const,
  ),
]);
