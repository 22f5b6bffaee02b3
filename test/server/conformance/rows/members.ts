import { gone, no, req, rsp, section } from '../row.ts';

const tkn = '"tkn":"<T>"';
const info =
  '"st":1,"tkn":"<T>","shared":false,"keyCnt":0,"expiry":{"expires":false,"duration":0,"time":0,"deleteSession":false}';

/** Commands that ignore what they do not define, each with a request that succeeds. */
// oxfmt-ignore
const tolerant: [name: string, members: string, reply: string][] = [
  ['SH_END', tkn, '"st":1,"tkn":"<T>"'],
  ['SH_END_ALL', '', '"st":1,"cnt":1'],
  ['SH_EXISTS', '"tkns":[]', '"st":1,"exist":[]'],
  ['KV_SET', `${tkn},"keys":{}`, '"tkn":"<T>","keys":{}'],
  ['KV_ADD', `${tkn},"keys":{}`, '"tkn":"<T>","keys":{}'],
  ['KV_GET', `${tkn},"keys":[]`, '"tkn":"<T>","keys":{}'],
  ['KV_RMV', `${tkn},"keys":[]`, '"tkn":"<T>"'],
  ['KV_CONTAINS', `${tkn},"keys":[]`, '"st":1,"tkn":"<T>","keys":{}'],
  ['KV_KEYS', tkn, '"tkn":"<T>","st":1,"keys":[]'],
  ['SH_KEYS', tkn, '"tkn":"<T>","st":1,"keys":[]'],
  ['KV_CLEAR_SET', `${tkn},"keys":{}`, '"tkn":"<T>","st":1,"cnt":0,"keys":{}'],
  ['KV_ARR_APPEND', `${tkn},"key":"a","items":[]`, '"tkn":"<T>","st":22'],
  ['KV_TAKE', `${tkn},"keys":[]`, '"tkn":"<T>","keys":{}'],
  ['KV_INCR', `${tkn},"key":"a"`, '"tkn":"<T>","st":1,"key":"a","value":1'],
  ['KV_CAS', `${tkn},"key":"a","value":1`, '"tkn":"<T>","st":20,"key":"a"'],
  ['SV_INFO', '', '"st":1,"serverVersion":"0.0.0-test","persistEnabled":true'],
];

const withMore = (members: string) => `"x":1,"__proto__":{},"m":"",${members}`.replace(/,$/, '');

// oxfmt-ignore
export const surplusMembers = section('2.2 Surplus members', [
  ...tolerant.map(([name, members, reply]) => ['surplus members are ignored', req(name, withMore(members)), rsp(name, reply)] as const),
  ['surplus members are ignored', req('KV_SETQ', withMore(`${tkn},"keys":{}`)), ''],
  ['surplus members are ignored', req('KV_ADDQ', withMore(`${tkn},"keys":{}`)), ''],

  ['SH_NEW takes 1 to 3 members, whatever they are', req('SH_NEW', '"name":"a","x":1,"y":2'), rsp('SH_NEW', '"st":1,"name":"a","tkn":"<?>"')],
  ['SH_NEW takes no four', req('SH_NEW', '"name":"a","shared":false,"expiry":{"duration":0,"deleteSession":false},"x":1'), no('SH_NEW', 13)],
  ['SH_NEW takes no empty body', req('SH_NEW'), no('SH_NEW', 13)],
  ['SH_NEW: too many comes before a missing name', req('SH_NEW', '"a":1,"b":2,"c":3,"d":4'), no('SH_NEW', 13)],
  ['SH_NEW: repeated members count once', req('SH_NEW', '"name":"a","name":"b","name":"c","name":"d"'), rsp('SH_NEW', '"st":1,"name":"a","tkn":"<?>"')],
  ['SH_OPEN takes exactly 1', req('SH_OPEN', '"name":"a","x":1'), no('SH_OPEN', 13)],
  ['SH_OPEN takes exactly 1', req('SH_OPEN'), no('SH_OPEN', 13)],
  ['SH_OPEN: too many comes before a bad name', req('SH_OPEN', '"name":5,"x":1'), no('SH_OPEN', 13)],
  ['SH_INFO_ALL takes none', req('SH_INFO_ALL', '"x":1'), no('SH_INFO_ALL', 13)],
  ['SH_INFO_ALL takes none, tkn neither', req('SH_INFO_ALL', tkn), no('SH_INFO_ALL', 13)],
  ['SH_INFO takes tkn only', req('SH_INFO', tkn), rsp('SH_INFO', info)],
  ...['SH_INFO', 'KV_CLEAR', 'KV_COUNT'].flatMap((name) => [
    ['D10: tkn only', req(name, `${tkn},"x":1`), no(name, 13)] as const,
    ['D10: a missing tkn is reported before', req(name, '"x":1'), no(name, 101)] as const,
    ['D10: a missing tkn', req(name), no(name, 101)] as const,
    ['D10: a bad tkn is reported before', req(name, '"tkn":"","x":1'), no(name, 101)] as const,
    ['an unknown session is reported after', req(name, '"tkn":"7","x":1'), no(name, 13)] as const,
  ]),
  ['KV_FIND takes tkn and 3 others, whatever they are', req('KV_FIND', `${tkn},"path":"$","rsp":"keys","x":1`), rsp('KV_FIND', '"tkn":"<T>","st":1,"keys":[]')],
  ['KV_FIND takes no 4 others', req('KV_FIND', `${tkn},"path":"$","rsp":"keys","keys":[],"x":1`), no('KV_FIND', 13)],
  ['KV_FIND takes no 4 others', req('KV_FIND', `${tkn},"path":"$","rsp":"keys","x":1,"y":2`), no('KV_FIND', 13)],
  ['D10: KV_FIND names what is missing first', req('KV_FIND', `${tkn},"rsp":"keys","x":1,"y":2,"z":3`), no('KV_FIND', 5)],
  ['D10: KV_FIND names what is of a wrong type first', req('KV_FIND', `${tkn},"path":"$","rsp":"keys","keys":5,"x":1`), no('KV_FIND', 41, 'keys')],
  ['KV_FIND: surplus comes before the session', req('KV_FIND', '"tkn":"7","path":"$","rsp":"keys","x":1,"y":2'), no('KV_FIND', 13)],
  ['KV_FIND: surplus comes before the path’s syntax', req('KV_FIND', `${tkn},"path":"(","rsp":"keys","x":1,"y":2`), no('KV_FIND', 13)],
  ['KV_UPDATE takes no 4 others', req('KV_UPDATE', `${tkn},"key":"a","path":"$","value":1,"x":1`), no('KV_UPDATE', 13)],
  ['D10: KV_UPDATE names what is missing first', req('KV_UPDATE', `${tkn},"key":"a","path":"$","x":1,"y":2`), no('KV_UPDATE', 26, 'value')],
  ['KV_UPDATE: surplus comes before the session', req('KV_UPDATE', '"tkn":"7","key":"a","path":"$","value":1,"x":1'), no('KV_UPDATE', 13)],
  ['KV_UPDATE: surplus comes before the path’s syntax', req('KV_UPDATE', `${tkn},"key":"a","path":"(","value":1,"x":1`), no('KV_UPDATE', 13)],
  ['SH_TOUCH takes what it defines', req('SH_TOUCH', `${tkn},"deleteSession":true`), rsp('SH_TOUCH', '"st":1,"tkn":"<T>","expiry":{"expires":false,"duration":0,"time":0,"deleteSession":false}')],
  ['SH_TOUCH takes nothing else', req('SH_TOUCH', `${tkn},"x":1`), no('SH_TOUCH', 13)],
  ['SH_TOUCH takes no member that only looks like one', req('SH_TOUCH', `${tkn},"__proto__":1`), no('SH_TOUCH', 13)],
  ['SH_TOUCH names what is of a wrong type first', req('SH_TOUCH', `${tkn},"duration":-1,"x":1`), no('SH_TOUCH', 13, 'duration')],
  ['SH_TOUCH: a missing tkn is reported before', req('SH_TOUCH', '"x":1'), no('SH_TOUCH', 101)],
  ['SH_TOUCH: an unknown session is reported after', req('SH_TOUCH', '"tkn":"7","x":1'), no('SH_TOUCH', 13)],
  ['the session comes after all of these', req('KV_COUNT', '"tkn":"7"'), gone('KV_COUNT')],
]);
