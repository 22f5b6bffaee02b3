import { get, gone, got, no, req, rsp, section, silence, store, valuesBut } from '../row.ts';

const t = '"tkn":"<T>"';

/** Keys that are names of something in the language, or in the replies. */
// oxfmt-ignore
const oddKeys = ['""', '" "', '"__proto__"', '"constructor"', '"toString"', '"hasOwnProperty"', '"valueOf"', '"tkn"', '"st"', '"m"',
  '"cnt"', '"keys"', '"0"', '"10"', '"-1"', '"length"', '"\\u0000"', '"a\\"b"', '"\\\\"', '"é"', '"😀"', '"null"'];

/** Values that come back with the same characters. */
// oxfmt-ignore
const values = ['null', 'true', 'false', '0', '-0', '1', '-1', '1.0', '1.50', '0.1', '1e5', '1E5', '1e+5', '1e-5', '1e400', '-1e400',
  '1e-400', '9007199254740993', '14247375118774737462', '-9223372036854775809', '123456789012345678901234567890.123456789',
  '0.10000000000000000000000000001', '0e0', '-0.0', '""', '"x"', '"é😀"', '"\\u0041"', '"\\/"', '"\\u00e9\\ud83d\\ude00"', '"\\"\\\\\\b\\f\\n\\r\\t"',
  '"\\u0000"', '"\u007f\u0085\u2028\ufeff"', '[]', '{}', '[[]]', '[null,[],{}]', '{"b":1,"a":2,"10":3,"9":4}', '{"__proto__":{"x":1},"constructor":null}',
  '{"":0}', '{"a":{"b":[1.0,{"c":-0}]}}', '"{\\"a\\":1}"', '"14247375118774737462"'];

// oxfmt-ignore
export const values5 = section('5. Keys and values', [
  ...oddKeys.map((key) => ['a key like any other: stored', store(`{${key}:1}`), rsp('KV_SET', `${t},"keys":{${key}:20}`)] as const),
  ...oddKeys.map((key) => ['a key like any other: not there', get(key), got(key, 'null')] as const),
  ...oddKeys.map((key) => ['a key like any other: read', [store(`{${key}:[1]}`)], get(key), got(key, '[1]')] as const),
  ...values.map((value) => ['D16 D17: a value comes back as written', [store(`{"a":${value}}`)], get('"a"'), got('"a"', value)] as const),
  ['white space between tokens is no part of a value', [store('{"a": [ 1 ,\n{ "b" : "c d" } ] }')], get('"a"'), got('"a"', '[1,{"b":"c d"}]')],
  ['nothing is normalised', [store('{"e\\u0301":1}')], get('"é"'), got('"é"', 'null')],
  ['keys are case-sensitive', [store('{"a":1}')], get('"A"'), got('"A"', 'null')],
  ['a key may be written with escapes', [store('{"\\u0061":1}')], get('"a"'), got('"a"', '1')],
  ['a long key', [store(`{"${'k'.repeat(100_000)}":1}`)], get(`"${'k'.repeat(100_000)}"`), got(`"${'k'.repeat(100_000)}"`, '1')],
  ['order of first storing', [store('{"b":1,"10":1,"a":1,"9":1}')], req('KV_KEYS', t), rsp('KV_KEYS', `${t},"st":1,"keys":["b","10","a","9"]`)],
  ['overwriting keeps the place', [store('{"b":1,"a":1}'), store('{"c":1,"b":2}')], req('KV_KEYS', t), rsp('KV_KEYS', `${t},"st":1,"keys":["b","a","c"]`)],
  ['removing and storing again moves to the end', [store('{"b":1,"a":1}'), req('KV_RMV', `${t},"keys":["b"]`), store('{"b":2}')], req('KV_KEYS', t), rsp('KV_KEYS', `${t},"st":1,"keys":["a","b"]`)],
  ['KV_ADD of a key that is there keeps the place', [store('{"b":1,"a":1}'), req('KV_ADD', `${t},"keys":{"a":1,"b":1}`)], req('KV_KEYS', t), rsp('KV_KEYS', `${t},"st":1,"keys":["b","a"]`)],
  ['KV_UPDATE keeps the place', [store('{"b":1,"a":1}'), req('KV_UPDATE', `${t},"key":"b","path":"$","value":2`)], req('KV_KEYS', t), rsp('KV_KEYS', `${t},"st":1,"keys":["b","a"]`)],
]);

const storing = ['KV_SET', 'KV_SETQ', 'KV_ADD', 'KV_ADDQ', 'KV_CLEAR_SET'];
const naming = ['KV_GET', 'KV_RMV', 'KV_CONTAINS'];

// oxfmt-ignore
export const keyCommands = section('7. Key commands', [
  ...storing.map((name) => ['keys missing', req(name, t), no(name, 26, 'keys')] as const),
  ...storing.map((name) => ['keys missing comes before a bad token', req(name, '"tkn":null'), no(name, 26, 'keys')] as const),
  ...storing.flatMap((name) => valuesBut('object').map((keys) => ['keys not an object', req(name, `${t},"keys":${keys}`), no(name, 41, 'keys')] as const)),
  ...storing.map((name) => ['keys of a wrong type come before a missing token', req(name, '"keys":[]'), no(name, 41, 'keys')] as const),
  ...storing.map((name) => ['keys of a wrong type come before the session', req(name, '"tkn":"7","keys":[]'), no(name, 41, 'keys')] as const),
  ...naming.map((name) => ['keys missing', req(name, t), no(name, 26, 'keys')] as const),
  ...naming.map((name) => ['keys missing comes before a bad token', req(name, '"tkn":5.5'), no(name, 26, 'keys')] as const),
  ...naming.flatMap((name) => valuesBut('array').map((keys) => ['keys not an array', req(name, `${t},"keys":${keys}`), no(name, 41, 'keys')] as const)),
  ...naming.map((name) => ['keys of a wrong type come before the session', req(name, '"tkn":"7","keys":{}'), no(name, 41, 'keys')] as const),
  ...[...storing, ...naming].map((name) => ['an empty body', req(name), no(name, 26, 'keys')] as const),
]);

const ab = store('{"a":1,"b":null}');
const odd = '["a",5,null,["a"],{"a":1},true,"b","a","nope","nope"]';

// oxfmt-ignore
export const kvSet = section('KV_SET', [
  ['new', store('{"colour":"teal","sizes":[1,2]}'), rsp('KV_SET', `${t},"keys":{"colour":20,"sizes":20}`)],
  ['replaced', [ab], store('{"c":1,"a":2}'), rsp('KV_SET', `${t},"keys":{"c":20,"a":21}`)],
  ['replaced, though equal', [ab], store('{"a":1}'), rsp('KV_SET', `${t},"keys":{"a":21}`)],
  ['replaced, null too', [ab], store('{"b":null}'), rsp('KV_SET', `${t},"keys":{"b":21}`)],
  ['D26: empty keys', store('{}'), rsp('KV_SET', `${t},"keys":{}`)],
  ['the order sent, integer-like keys too', store('{"b":1,"2":1,"1":1,"__proto__":1,"a":1}'), rsp('KV_SET', `${t},"keys":{"b":20,"2":20,"1":20,"__proto__":20,"a":20}`)],
]);

// oxfmt-ignore
export const kvSetq = section('KV_SETQ', [
  ['silent: new', req('KV_SETQ', `${t},"keys":{"a":1}`), silence],
  ['silent: replaced', [ab], req('KV_SETQ', `${t},"keys":{"a":2}`), silence],
  ['silent: empty', req('KV_SETQ', `${t},"keys":{}`), silence],
  ['still stored', [req('KV_SETQ', `${t},"keys":{"a":2.0}`)], get('"a"'), got('"a"', '2.0')],
  ['errors are answered', req('KV_SETQ', `${t},"keys":[]`), no('KV_SETQ', 41, 'keys')],
  ['errors are answered', req('KV_SETQ', t), no('KV_SETQ', 26, 'keys')],
  ['errors are answered', req('KV_SETQ', '"keys":{}'), no('KV_SETQ', 101)],
  ['errors are answered', req('KV_SETQ', '"tkn":"7","keys":{}'), gone('KV_SETQ')],
]);

// oxfmt-ignore
export const kvAdd = section('KV_ADD', [
  ['stored, or was there', [ab], req('KV_ADD', `${t},"keys":{"a":2,"c":3,"b":4}`), rsp('KV_ADD', `${t},"keys":{"a":23,"c":20,"b":23}`)],
  ['the value is untouched', [ab, req('KV_ADD', `${t},"keys":{"a":2,"b":4}`)], get('"a","b"'), rsp('KV_GET', `${t},"keys":{"a":1,"b":null}`)],
  ['D26: empty keys', req('KV_ADD', `${t},"keys":{}`), rsp('KV_ADD', `${t},"keys":{}`)],
]);

// oxfmt-ignore
export const kvAddq = section('KV_ADDQ', [
  ['silent if every key was new', req('KV_ADDQ', `${t},"keys":{"a":1,"b":2}`), silence],
  ['silent if keys is empty', req('KV_ADDQ', `${t},"keys":{}`), silence],
  ['only the keys that were there', [ab], req('KV_ADDQ', `${t},"keys":{"x":1,"b":9,"y":2,"a":9}`), rsp('KV_ADDQ', `${t},"keys":{"b":23,"a":23}`)],
  ['the new ones are still stored', [ab, req('KV_ADDQ', `${t},"keys":{"x":1,"a":9}`)], get('"a","x"'), rsp('KV_GET', `${t},"keys":{"a":1,"x":1}`)],
  ['errors are answered', req('KV_ADDQ', `${t},"keys":[]`), no('KV_ADDQ', 41, 'keys')],
  ['errors are answered', req('KV_ADDQ', t), no('KV_ADDQ', 26, 'keys')],
  ['errors are answered', req('KV_ADDQ', '"keys":{}'), no('KV_ADDQ', 101)],
  ['errors are answered', req('KV_ADDQ', '"tkn":"7","keys":{}'), gone('KV_ADDQ')],
]);

// oxfmt-ignore
export const kvGet = section('KV_GET', [
  ['null for a key that is not there', [ab], get('"a","nope"'), rsp('KV_GET', `${t},"keys":{"a":1,"nope":null}`)],
  ['D25: no strings are skipped, a key twice counts once', [ab], req('KV_GET', `${t},"keys":${odd}`), rsp('KV_GET', `${t},"keys":{"a":1,"b":null,"nope":null}`)],
  ['D25: 5 is not "5"', [store('{"5":1}')], get('5'), rsp('KV_GET', `${t},"keys":{}`)],
  ['D26: nothing asked', req('KV_GET', `${t},"keys":[]`), rsp('KV_GET', `${t},"keys":{}`)],
  ['in the order asked', [store('{"2":1,"1":1,"b":1}')], get('"b","1","2"'), rsp('KV_GET', `${t},"keys":{"b":1,"1":1,"2":1}`)],
]);

// oxfmt-ignore
export const kvRmv = section('KV_RMV', [
  ['removed, or was not there', [ab], req('KV_RMV', `${t},"keys":["nope","b"]`), rsp('KV_RMV', `${t},"nope":22,"b":24`)],
  ['removed is gone', [ab, req('KV_RMV', `${t},"keys":["b"]`)], req('KV_KEYS', t), rsp('KV_KEYS', `${t},"st":1,"keys":["a"]`)],
  ['D25: no strings are skipped, a key twice counts once', [ab], req('KV_RMV', `${t},"keys":${odd}`), rsp('KV_RMV', `${t},"a":24,"b":24,"nope":22`)],
  ['D27: a key tkn is not reported', [store('{"tkn":1}')], req('KV_RMV', `${t},"keys":["tkn","a"]`), rsp('KV_RMV', `${t},"a":22`)],
  ['D27: but removed', [store('{"tkn":1}'), req('KV_RMV', `${t},"keys":["tkn"]`)], get('"tkn"'), got('"tkn"', 'null')],
  ['keys of any name stand beside tkn', [store('{"st":1,"m":1,"__proto__":1,"2":1}')], req('KV_RMV', `${t},"keys":["st","2","__proto__","1","m"]`), rsp('KV_RMV', `${t},"st":24,"2":24,"__proto__":24,"1":22,"m":24`)],
  ['D26: nothing asked', req('KV_RMV', `${t},"keys":[]`), rsp('KV_RMV', t)],
]);

// oxfmt-ignore
export const kvClear = section('KV_CLEAR', [
  ['how many', [ab], req('KV_CLEAR', t), rsp('KV_CLEAR', `"st":1,"cnt":2,${t}`)],
  ['none', req('KV_CLEAR', t), rsp('KV_CLEAR', `"st":1,"cnt":0,${t}`)],
  ['the session stays, empty', [ab, req('KV_CLEAR', t)], req('KV_COUNT', t), rsp('KV_COUNT', `"st":1,"cnt":0,${t}`)],
]);

// oxfmt-ignore
export const kvCount = section('KV_COUNT', [
  ['none', req('KV_COUNT', t), rsp('KV_COUNT', `"st":1,"cnt":0,${t}`)],
  ['null counts', [ab], req('KV_COUNT', t), rsp('KV_COUNT', `"st":1,"cnt":2,${t}`)],
]);

// oxfmt-ignore
export const kvContains = section('KV_CONTAINS', [
  ['a key that holds null is there', [ab], req('KV_CONTAINS', `${t},"keys":["nope","b","a"]`), rsp('KV_CONTAINS', `"st":1,${t},"keys":{"nope":false,"b":true,"a":true}`)],
  ['D25: no strings are skipped, a key twice counts once', [ab], req('KV_CONTAINS', `${t},"keys":${odd}`), rsp('KV_CONTAINS', `"st":1,${t},"keys":{"a":true,"b":true,"nope":false}`)],
  ['D26: nothing asked', req('KV_CONTAINS', `${t},"keys":[]`), rsp('KV_CONTAINS', `"st":1,${t},"keys":{}`)],
  ['own keys only', req('KV_CONTAINS', `${t},"keys":["__proto__","constructor"]`), rsp('KV_CONTAINS', `"st":1,${t},"keys":{"__proto__":false,"constructor":false}`)],
]);

// oxfmt-ignore
export const kvKeys = section('KV_KEYS, SH_KEYS', [
  ['none', req('KV_KEYS', t), rsp('KV_KEYS', `${t},"st":1,"keys":[]`)],
  ['names in order', [ab], req('KV_KEYS', t), rsp('KV_KEYS', `${t},"st":1,"keys":["a","b"]`)],
  ['D32: the same under another name', [ab], req('SH_KEYS', t), rsp('SH_KEYS', `${t},"st":1,"keys":["a","b"]`)],
  ['names are quoted', [store('{"a\\"\\n":1,"\\u00e9":2}')], req('KV_KEYS', t), rsp('KV_KEYS', `${t},"st":1,"keys":["a\\"\\n","é"]`)],
]);

// oxfmt-ignore
export const kvClearSet = section('KV_CLEAR_SET', [
  ['D33: keys in the reply, 20 each', [ab], req('KV_CLEAR_SET', `${t},"keys":{"c":1,"a":2}`), rsp('KV_CLEAR_SET', `${t},"st":1,"cnt":2,"keys":{"c":20,"a":20}`)],
  ['an empty keys just clears', [ab], req('KV_CLEAR_SET', `${t},"keys":{}`), rsp('KV_CLEAR_SET', `${t},"st":1,"cnt":2,"keys":{}`)],
  ['the old keys are gone, the new ones in their order', [ab, req('KV_CLEAR_SET', `${t},"keys":{"c":1,"a":2}`)], req('KV_KEYS', t), rsp('KV_KEYS', `${t},"st":1,"keys":["c","a"]`)],
  ['the totals follow', [ab, req('KV_CLEAR_SET', `${t},"keys":{"c":1}`)], req('SH_INFO_ALL'), rsp('SH_INFO_ALL', '"totalSessions":1,"totalKeys":1')],
]);
