import { no, req, rsp, section, store, valuesBut } from '../row.ts';

const made = (name: string) => rsp('SH_NEW', `"st":1,"name":${name},"tkn":"<?>"`);
const fresh = (members: string) => req('SH_NEW', `"name":"a",${members}`);
const badExpiry = no('SH_NEW', 13, 'expiry');

/** Everything that `expiry` may not be (D18 for the durations). */
// oxfmt-ignore
const badExpiries = [
  ...valuesBut('object'),
  '{}',
  '{"duration":1}',
  '{"deleteSession":true}',
  ...['10.0', '1e1', '1E1', '-1', '-0', '0.5', '"10"', '""', 'null', 'true', '[10]', '{}', '9007199254740992',
    '18446744073709551616', '1e400'].map((duration) => `{"duration":${duration},"deleteSession":true}`),
  ...valuesBut('boolean').map((flag) => `{"duration":1,"deleteSession":${flag}}`),
  ...valuesBut('boolean').map((flag) => `{"duration":1,"deleteSession":true,"extendOnSetAdd":${flag}}`),
  ...valuesBut('boolean').map((flag) => `{"duration":0,"deleteSession":true,"extendOnGet":${flag}}`),
];

// oxfmt-ignore
export const shNew = section('SH_NEW', [
  ['a name is enough', req('SH_NEW', '"name":"cart-77"'), made('"cart-77"')],
  ['with expiry', req('SH_NEW', '"name":"cart-77","expiry":{"duration":900,"deleteSession":true}'), made('"cart-77"')],
  ['the members in any order', req('SH_NEW', '"expiry":{"deleteSession":false,"duration":1},"shared":false,"name":"a"'), made('"a"')],
  ['no member at all', req('SH_NEW'), no('SH_NEW', 13)],
  ['name missing', req('SH_NEW', '"shared":true'), no('SH_NEW', 40, 'name')],
  ['name missing comes before a bad expiry', req('SH_NEW', '"expiry":5,"shared":5'), no('SH_NEW', 40, 'name')],
  ...valuesBut('string').map((name) => ['name not a string', req('SH_NEW', `"name":${name}`), no('SH_NEW', 41, 'name')] as const),
  ['name not a string comes before a bad expiry', req('SH_NEW', '"name":5,"expiry":5,"shared":5'), no('SH_NEW', 41, 'name')],
  ['name empty', req('SH_NEW', '"name":""'), no('SH_NEW', 42, 'name')],
  ['name empty comes before a bad expiry', req('SH_NEW', '"name":"","expiry":5,"shared":5'), no('SH_NEW', 42, 'name')],
  ...badExpiries.map((expiry) => ['D18: expiry of a wrong type or form', fresh(`"expiry":${expiry}`), badExpiry] as const),
  ['a bad expiry comes before a bad shared', fresh('"shared":5,"expiry":5'), badExpiry],
  ...valuesBut('boolean').map((shared) => ['shared not a boolean', fresh(`"shared":${shared}`), no('SH_NEW', 13, 'shared')] as const),
  ['D18: the longest duration', fresh('"expiry":{"duration":9007199254740991,"deleteSession":true}'), made('"a"')],
  ['unknown members of expiry are ignored', fresh('"expiry":{"duration":1,"deleteSession":true,"x":[],"time":"x"}'), made('"a"')],
  ['the name as sent', req('SH_NEW', '"name":" \\"\\\\\\n\\u0000é😀 "'), made('" \\"\\\\\\n\\u0000é😀 "')],
  ['status 103 with the existing session’s token', ['A = {"SH_NEW":{"name":"a","shared":true}}'], fresh('"shared":true'), rsp('SH_NEW', '"st":103,"name":"a","tkn":"<A>"')],
  ['status 103 leaves that session alone', ['A = {"SH_NEW":{"name":"a","shared":true}}', fresh('"shared":true,"expiry":{"duration":1,"deleteSession":true}')], req('SH_INFO', '"tkn":"<A>"'), rsp('SH_INFO', '"st":1,"tkn":"<A>","shared":true,"keyCnt":0,"expiry":{"expires":false,"duration":0,"time":0,"deleteSession":false}')],
  ['status 103 comes after the checks', ['{"SH_NEW":{"name":"a","shared":true}}'], fresh('"shared":true,"expiry":5'), badExpiry],
  ['no 103 for a session that is not shared', ['{"SH_NEW":{"name":"a","shared":true}}'], fresh('"shared":false'), made('"a"')],
]);

const ended = [req('SH_END', '"tkn":"<T>"')];

// oxfmt-ignore
export const shEnd = section('SH_END', [
  ['done', req('SH_END', '"tkn":"<T>"'), rsp('SH_END', '"st":1,"tkn":"<T>"')],
  ['none', ended, req('SH_END', '"tkn":"<T>"'), rsp('SH_END', '"st":100,"tkn":"<T>"')],
  ['session and keys go at once', [store('{"a":1}'), ...ended], req('SH_INFO_ALL'), rsp('SH_INFO_ALL', '"totalSessions":0,"totalKeys":0')],
  ['keys do not come back with the name', ['A = {"SH_NEW":{"name":"a","shared":true}}', req('KV_SET', '"tkn":"<A>","keys":{"a":1}'), req('SH_END', '"tkn":"<A>"'), 'A = {"SH_NEW":{"name":"a","shared":true}}'], req('KV_COUNT', '"tkn":"<A>"'), rsp('KV_COUNT', '"st":1,"cnt":0,"tkn":"<A>"')],
]);

const opened = (st: number, name: string, tkn: string) =>
  rsp('SH_OPEN', `"st":${st},"name":${name},"tkn":${tkn}`);

// oxfmt-ignore
export const shOpen = section('SH_OPEN', [
  ['D19: the name is in the reply', ['A = {"SH_NEW":{"name":"defaults","shared":true}}'], req('SH_OPEN', '"name":"defaults"'), opened(1, '"defaults"', '"<A>"')],
  ['D19: also with 102', req('SH_OPEN', '"name":"nobody"'), opened(102, '"nobody"', 'null')],
  ['102: only a not-shared one', req('SH_OPEN', '"name":"demo"'), opened(102, '"demo"', 'null')],
  ['102: ended', ['A = {"SH_NEW":{"name":"a","shared":true}}', req('SH_END', '"tkn":"<A>"')], req('SH_OPEN', '"name":"a"'), opened(102, '"a"', 'null')],
  ['102: another case', ['A = {"SH_NEW":{"name":"a","shared":true}}'], req('SH_OPEN', '"name":"A"'), opened(102, '"A"', 'null')],
  ['no member', req('SH_OPEN'), no('SH_OPEN', 13)],
  ['more than one member', req('SH_OPEN', '"name":"a","name2":"a"'), no('SH_OPEN', 13)],
  ['one member, but not name', req('SH_OPEN', '"tkn":"<T>"'), no('SH_OPEN', 40, 'name')],
  ...valuesBut('string').map((name) => ['name not a string', req('SH_OPEN', `"name":${name}`), no('SH_OPEN', 41, 'name')] as const),
  ['name empty', req('SH_OPEN', '"name":""'), no('SH_OPEN', 42, 'name')],
]);

const never = '"expires":false,"duration":0,"time":0,"deleteSession":false';
const aInfo = (expiry: string, keyCnt = 0) =>
  rsp('SH_INFO', `"st":1,"tkn":"<A>","shared":false,"keyCnt":${keyCnt},"expiry":{${expiry}}`);
const withExpiry = (expiry: string) => [`A = {"SH_NEW":{"name":"a","expiry":{${expiry}}}}`];
const infoA = req('SH_INFO', '"tkn":"<A>"');

// oxfmt-ignore
export const shInfo = section('SH_INFO', [
  ['D20: never expires', ['A = {"SH_NEW":{"name":"a"}}'], infoA, aInfo(never)],
  ['D20: duration 0 is never, exactly', withExpiry('"duration":0,"deleteSession":true'), infoA, aInfo(never)],
  ['D20: expires', withExpiry('"duration":60,"deleteSession":true'), infoA, aInfo('"expires":true,"duration":60,"time":<now+60>,"deleteSession":true,"remaining":60')],
  ['D20: remaining is rounded down', [...withExpiry('"duration":60,"deleteSession":false'), 'wait 18.75'], infoA, aInfo('"expires":true,"duration":60,"time":<now+42>,"deleteSession":false,"remaining":41')],
  ['D20: the last moment', [...withExpiry('"duration":60,"deleteSession":true'), 'wait 59.75'], infoA, aInfo('"expires":true,"duration":60,"time":<now+1>,"deleteSession":true,"remaining":0')],
  ['keys are counted', [store('{"a":1,"b":2}')], req('SH_INFO', '"tkn":"<T>"'), rsp('SH_INFO', `"st":1,"tkn":"<T>","shared":false,"keyCnt":2,"expiry":{${never}}`)],
  ['shared', ['A = {"SH_NEW":{"name":"a","shared":true}}'], infoA, rsp('SH_INFO', `"st":1,"tkn":"<A>","shared":true,"keyCnt":0,"expiry":{${never}}`)],
  ['unknown token', req('SH_INFO', '"tkn":"7"'), rsp('SH_INFO', '"st":100,"tkn":"7","shared":null,"keyCnt":null')],
  ['the longest duration keeps its digits', withExpiry('"duration":9000000000000000,"deleteSession":true'), infoA, aInfo('"expires":true,"duration":9000000000000000,"time":<now+9000000000000000>,"deleteSession":true,"remaining":9000000000000000')],
  ['D44: both ways to extend are shown when one was given', withExpiry('"duration":60,"deleteSession":true,"extendOnGet":true'), infoA, aInfo('"expires":true,"duration":60,"time":<now+60>,"deleteSession":true,"remaining":60,"extendOnSetAdd":false,"extendOnGet":true')],
  ['D44: also when it was false', withExpiry('"duration":60,"deleteSession":true,"extendOnSetAdd":false'), infoA, aInfo('"expires":true,"duration":60,"time":<now+60>,"deleteSession":true,"remaining":60,"extendOnSetAdd":false,"extendOnGet":false')],
  ['D44: with duration 0 too', withExpiry('"duration":0,"deleteSession":true,"extendOnSetAdd":true'), infoA, aInfo(`${never},"extendOnSetAdd":true,"extendOnGet":false`)],
]);

const totals = (sessions: number, keys: number) =>
  rsp('SH_INFO_ALL', `"totalSessions":${sessions},"totalKeys":${keys}`);

// oxfmt-ignore
export const shInfoAll = section('SH_INFO_ALL', [
  ['D21: no st', req('SH_INFO_ALL'), totals(1, 0)],
  ['over all living sessions', [store('{"a":1,"b":2}'), 'A = {"SH_NEW":{"name":"a"}}', req('KV_SET', '"tkn":"<A>","keys":{"a":1}')], req('SH_INFO_ALL'), totals(2, 3)],
  ['an overwritten key counts once', [store('{"a":1}'), store('{"a":2}')], req('SH_INFO_ALL'), totals(1, 1)],
  ['a removed key counts no more', [store('{"a":1,"b":2}'), req('KV_RMV', '"tkn":"<T>","keys":["a","x"]')], req('SH_INFO_ALL'), totals(1, 1)],
  ['members', req('SH_INFO_ALL', '"st":1'), no('SH_INFO_ALL', 13)],
]);

// oxfmt-ignore
export const shEndAll = section('SH_END_ALL', [
  ['how many were ended', ['{"SH_NEW":{"name":"a","shared":true}}'], req('SH_END_ALL'), rsp('SH_END_ALL', '"st":1,"cnt":2')],
  ['none', [req('SH_END_ALL')], req('SH_END_ALL'), rsp('SH_END_ALL', '"st":1,"cnt":0')],
  ['the keys go too', [store('{"a":1}'), req('SH_END_ALL')], req('SH_INFO_ALL'), totals(0, 0)],
  ['the tokens live no more', [req('SH_END_ALL')], req('SH_END', '"tkn":"<T>"'), rsp('SH_END', '"st":100,"tkn":"<T>"')],
]);

const exist = (tokens: string) => rsp('SH_EXISTS', `"st":1,"exist":[${tokens}]`);

// oxfmt-ignore
export const shExists = section('SH_EXISTS', [
  ['D22: the tokens that live', req('SH_EXISTS', '"tkns":["<T>","9"]'), exist('"<T>"')],
  ['D22: numbers are answered as strings', req('SH_EXISTS', '"tkns":[<T>]'), exist('"<T>"')],
  ['in the order asked, each once', ['A = {"SH_NEW":{"name":"a"}}'], req('SH_EXISTS', '"tkns":["<A>","<T>","<A>",<T>]'), exist('"<A>","<T>"')],
  ['items of other types are ignored', req('SH_EXISTS', '"tkns":[null,true,[],{},"",1.0,-1,["<T>"],"<T>"]'), exist('"<T>"')],
  ['none asked', req('SH_EXISTS', '"tkns":[]'), exist('')],
  ['missing', req('SH_EXISTS'), no('SH_EXISTS', 26, 'tkns')],
  ['missing, though tkn is there', req('SH_EXISTS', '"tkn":"<T>"'), no('SH_EXISTS', 26, 'tkns')],
  ...valuesBut('array').map((tkns) => ['D22: not an array', req('SH_EXISTS', `"tkns":${tkns}`), no('SH_EXISTS', 41, 'tkns')] as const),
]);

// oxfmt-ignore
export const svInfo = section('SV_INFO', [
  ['facts', req('SV_INFO'), rsp('SV_INFO', '"st":1,"serverVersion":"0.0.0-test","persistEnabled":true')],
  ['no token is needed, none is looked at', req('SV_INFO', '"tkn":null'), rsp('SV_INFO', '"st":1,"serverVersion":"0.0.0-test","persistEnabled":true')],
]);
