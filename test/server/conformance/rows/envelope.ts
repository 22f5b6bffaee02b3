import { commandNames } from '../../../../protocol/commands/catalog.ts';
import {
  err,
  gone,
  got,
  get,
  nested,
  no,
  req,
  rsp,
  section,
  silence,
  store,
  valuesBut,
} from '../row.ts';

const count = req('KV_COUNT', '"tkn":"<T>"');
const counted = (cnt: number) => rsp('KV_COUNT', `"st":1,"cnt":${cnt},"tkn":"<T>"`);

export const transport = section('1. Transport', [
  ['one request is one text message, one reply', count, counted(0)],
  [
    'a quiet command that succeeds gets no reply',
    req('KV_SETQ', '"tkn":"<T>","keys":{"a":1}'),
    silence,
  ],
  ['a binary message leaves the connection open', ['{"a":1}'], count, counted(0)],
]);

/** Names that are no commands: dropped, renamed, never finished, or of the language itself (D32). */
// oxfmt-ignore
const unknownNames = [
  'NOPE', 'sh_info_all', 'Sh_New', 'SH_NEW ', ' SH_NEW', 'SH_NEW_RSP', 'ERR', '__proto__', 'constructor',
  'toString', 'hasOwnProperty', 'tkn', 'st', '0', '1', 'é', '😀', 'SH_SET', 'SH_SETQ', 'SH_ADD', 'SH_ADDQ', 'SH_GET',
  'SH_RMV', 'SH_CLEAR', 'SH_COUNT', 'SH_CONTAINS', 'SH_FIND', 'SH_UPDATE', 'SH_CLEAR_SET', 'SH_ARR_APPEND', 'KV_SAVE',
  'KV_LOAD', 'KV_APPEND', 'KV_RNM', 'KV_ARRAY_MOVE', 'KV_SERVER_INFO',
];

// oxfmt-ignore
export const envelope = section('2. The envelope', [
  ['check 1: a binary message', Buffer.from('{"SH_INFO_ALL":{}}'), err(2)],
  ['check 1: a binary message, hopeless', Buffer.from([0, 255]), err(2)],
  ['check 1: an empty binary message', Buffer.alloc(0), err(2)],
  ...['', ' ', '\n\t\r ', '\ufeff', '{', '}', '{"A"}', '{"A":}', '{"A":1,}', '{,}', '{A:1}', "{'A':1}", '{"A":1', '{"A" 1}',
    '{"A":1}}', '{"A":{}} x', '{"A":{}}{"A":{}}', '[1,]', '[', '1 2', 'nul', 'True', 'NaN', 'Infinity', 'undefined', '"a',
    '"\u0001"', '"\n"', '"\\x"', '"\\u12"', '"\\u12G4"', '01', '-', '+1', '.5', '1.', '1e', '1e+', '-01', '0x1', '1_000',
    '--1', '{"A":01}', '{"A":1.}', '{"A":.1}', '{"A":tru}', '{"A":nulll}', '{"A":"a\tb"}', '\u00a0{}', '{}\u00a0',
    '\u000b{}', '{"SH_INFO_ALL":{}}\u0000',
  ].map((text) => ['check 2: text that is not JSON', text, err(3)] as const),
  ...['[]', '[{}]', '["SH_NEW",{}]', '"SH_NEW"', '""', '5', '-0', '1e400', 'true', 'false', 'null', '{}', ' {} ', ' null '].map(
    (text) => ['check 3 (D3): a value that is no object, or an empty one', text, err(13)] as const,
  ),
  ...['{"SH_NEW":{},"SH_END":{}}', '{"A":1,"B":2}', '{"SH_INFO_ALL":{},"x":1}', '{"x":1,"SH_INFO_ALL":{}}', '{"":1,"a":2,"b":3}'].map(
    (text) => ['check 4: two members or more, known or not', text, err(11)] as const,
  ),
  ['check 4 before 5 and 6', '{"NOPE":1,"SH_NEW":[]}', err(11)],
  ['check 2 before 4', '{"A":1,"B":2', err(3)],
  ['check 2 before 3', '[', err(3)],
  ...unknownNames.map((name) => ['check 5 (D32): no command of this list', req(name), no(name, 10)] as const),
  ['check 5: the empty name', '{"":{}}', no('', 10)],
  ['check 5: the name exactly as sent, quoted', '{"a\\"b\\\\":{}}', no('a\\"b\\\\', 10)],
  ...valuesBut('object').map(
    (body) => ['check 5 before 6 (D4): the name comes first', `{"NOPE":${body}}`, no('NOPE', 10)] as const,
  ),
  ...valuesBut('object').map(
    (body) => ['check 6: the body is no object', `{"SH_NEW":${body}}`, no('SH_NEW', 12)] as const,
  ),
  ...commandNames.map((name) => ['check 6: the body is no object', `{"${name}":[]}`, no(name, 12)] as const),
  ...commandNames.map((name) => ['check 5: names are upper case', req(name.toLowerCase()), no(name.toLowerCase(), 10)] as const),
  ['parameter names are case-sensitive', req('KV_COUNT', '"TKN":"<T>"'), no('KV_COUNT', 101)],
  ['parameter names are case-sensitive', req('SH_NEW', '"Name":"a"'), no('SH_NEW', 40, 'name')],
  ['a command name may be written with escapes', '{"KV_\\u0043OUNT":{"tkn":"<T>"}}', counted(0)],
  ['a parameter name may be written with escapes', '{"KV_COUNT":{"\\u0074kn":"<T>"}}', counted(0)],

  ['JSON: white space around every token is fine', ' \t\r\n{ "KV_COUNT" :\n{ "tkn"\t: "<T>" } }\r\n ', counted(0)],
  ['D5: one leading byte-order mark is skipped', `\ufeff${count}`, counted(0)],
  ['D5: white space after the mark is fine', `\ufeff ${count}`, counted(0)],
  ['D5: a second mark is not', `\ufeff\ufeff${count}`, err(3)],
  ['D5: a mark after white space is not', ` \ufeff${count}`, err(3)],
  ['D5: a mark after the value is not', `${count}\ufeff`, err(3)],
  ...[`/* a */${count}`, `// a\n${count}`, `${count}// a`, '{"SH_INFO_ALL":/**/{}}', `# a\n${count}`].map(
    (text) => ['D5: no comments', text, err(3)] as const,
  ),
  ...['\\ud800', '\\udfff', 'a\\ud83d', '\\ud83dx', '\\ud83d\\n', '\\ude00\\ud83d', '\\ud83d\\ud83d', '\\uDBFF\\u0041', '\\ud83d😀'].map(
    (half) => ['D6: half of a surrogate pair', store(`{"a":"${half}"}`), err(3)] as const,
  ),
  ['D6: also in the name of a member', store('{"\\ud800":1}'), err(3)],
  ['D6: also in the name of a command', '{"\\udc00":{}}', err(3)],
  ['D6: also in a later member of one name', '{"NOPE":1,"NOPE":"\\ud800"}', err(3)],
  ['D6: a whole pair is fine', [store('{"a":"\\ud83d\\ude00"}')], get('"a"'), got('"a"', '"\\ud83d\\ude00"')],
  ['D7: 1024 levels are taken', [store(`{"a":${nested(1021)}}`)], get('"a"'), got('"a"', nested(1021))],
  ['D7: 1025 levels are not', store(`{"a":${nested(1022)}}`), err(3)],
  ['D7: 1024 levels, whatever the message', `{"NOPE":${nested(1023)}}`, no('NOPE', 10)],
  ['D7: 1025 levels, whatever the message', `{"NOPE":${nested(1024)}}`, err(3)],
  ['D7: 1024 levels of array', nested(1024), err(13)],
  ['D7: 1025 levels of array', nested(1025), err(3)],
  ['D7: objects count as arrays do', `${'{"NOPE":'.repeat(1024)}1${'}'.repeat(1024)}`, no('NOPE', 10)],
  ['D7: objects count as arrays do', `${'{"NOPE":'.repeat(1025)}1${'}'.repeat(1025)}`, err(3)],
  ['D7: brackets in strings are no levels', store(`{"a":"${'['.repeat(2000)}"}`), rsp('KV_SET', '"tkn":"<T>","keys":{"a":20}')],
  ['D8: the first of two commands of one name', '{"KV_COUNT":{"tkn":"<T>"},"KV_COUNT":5}', counted(0)],
  ['D8: the same name in other letters', '{"KV_COUNT":{"tkn":"<T>"},"KV\\u005fCOUNT":5}', counted(0)],
  ['D8: the first parameter', '{"KV_COUNT":{"tkn":"<T>","tkn":"7"}}', counted(0)],
  ['D8: the first parameter, though it is bad', '{"KV_COUNT":{"tkn":"","tkn":"<T>"}}', no('KV_COUNT', 101)],
  ['D8: repeated members are no surplus', '{"SH_INFO":{"tkn":"7","tkn":"8"}}', rsp('SH_INFO', '"st":100,"tkn":"7","shared":null,"keyCnt":null')],
  ['D8: in keys', [store('{"a":1,"b":2,"a":3}')], get('"a","b"'), rsp('KV_GET', '"tkn":"<T>","keys":{"a":1,"b":2}')],
  ['D8: in values', [store('{"a":{"x":1,"y":[{"z":1,"z":2}],"x":2}}')], get('"a"'), got('"a"', '{"x":1,"y":[{"z":1}]}')],
  ['D8: in expiry', ['A = {"SH_NEW":{"name":"a","expiry":{"duration":0,"deleteSession":true,"duration":"x"}}}'], req('KV_COUNT', '"tkn":"<A>"'), rsp('KV_COUNT', '"st":1,"cnt":0,"tkn":"<A>"')],
]);

const changing = [store('{"a":1}'), req('KV_SET', '"tkn":"<T>","keys":{"b":2},"keys":5'), 'x'];

// oxfmt-ignore
export const errorReplies = section('2.1 Error replies', [
  ['exactly st, tkn and m', req('KV_SET', '"tkn":"<T>"'), no('KV_SET', 26, 'keys')],
  ['D9: status 100 echoes the token', req('KV_COUNT', '"tkn":"123"'), gone('KV_COUNT', '123')],
  ['D9: as a string, though a number was sent', req('KV_COUNT', '"tkn":123'), gone('KV_COUNT', '123')],
  ['D9: quoted', req('KV_COUNT', '"tkn":"a\\"\\\\\\n"'), gone('KV_COUNT', 'a\\"\\\\\\n')],
  ['D39: the reply to a bad token is named like every other', req('SH_INFO', '"tkn":null'), no('SH_INFO', 101)],
  ['D39: the reply to a bad token is named like every other', req('SH_END', '"tkn":null'), no('SH_END', 101)],
  ['D39: the reply to a bad token is named like every other', req('KV_CONTAINS', '"tkn":null,"keys":[]'), no('KV_CONTAINS', 101)],
  ['D39: the reply to a bad token is named like every other', req('KV_CLEAR', '"tkn":null'), no('KV_CLEAR', 101)],
  ['D39: the reply to a bad token is named like every other', req('KV_COUNT', '"tkn":null'), no('KV_COUNT', 101)],
  ['a request that ends in an error changes nothing', [...changing, req('KV_SET', '"tkn":"7","keys":{"a":9}')], get('"a","b"'), rsp('KV_GET', '"tkn":"<T>","keys":{"a":1,"b":2}')],
  ['a refused KV_CLEAR removes nothing', [store('{"a":1}'), req('KV_CLEAR', '"tkn":"<T>","x":1')], count, counted(1)],
  ['a refused KV_CLEAR_SET removes nothing', [store('{"a":1}'), req('KV_CLEAR_SET', '"tkn":"<T>","keys":[]')], count, counted(1)],
  ['a refused SH_NEW creates nothing', [req('SH_NEW', '"name":"a","shared":5')], req('SH_INFO_ALL'), rsp('SH_INFO_ALL', '"totalSessions":1,"totalKeys":0')],
]);
