import { got, get, no, req, rsp, section, store, valuesBut } from '../row.ts';

const save = (name: string, more = '') => req('SH_SAVE', `"name":"${name}"${more}`);
const saved = (name: string) => rsp('SH_SAVE', `"st":121,"name":"${name}","duration":0`);
const load = (name: string) => req('SH_LOAD', `"name":"${name}"`);
const loaded = (name: string, sessions: number, keys: number) =>
  rsp('SH_LOAD', `"name":"${name}","st":141,"sessions":${sessions},"keys":${keys}`);
const nothing = (name: string) => rsp('SH_LOAD', `"name":"${name}","st":142,"sessions":0,"keys":0`);
const endAll = req('SH_END_ALL');

const notPlain = [
  '.',
  '..',
  '.a',
  ' a',
  'a/b',
  '../a',
  'a\\\\b',
  'a\\u0000',
  'é',
  '٣',
  'a:b',
  'x'.repeat(129),
];
const plain = ['a', 'A b', '-', '_x.y', '7.', 'x'.repeat(128)];

/** What both commands ask of a name. */
const nameRows = (name: 'SH_SAVE' | 'SH_LOAD') =>
  [
    ['name missing', req(name), no(name, 26, 'name')] as const,
    ['name empty', req(name, '"name":""'), no(name, 42, 'name')] as const,
    ...valuesBut('string').map(
      (value) =>
        ['name of a wrong type', req(name, `"name":${value}`), no(name, 41, 'name')] as const,
    ),
    ...notPlain.map(
      (each) =>
        [
          'D23, D43: not a plain file name',
          req(name, `"name":"${each}"`),
          no(name, 41, 'name'),
        ] as const,
    ),
  ] as const;

// oxfmt-ignore
export const savingSection = section('SH_SAVE', [
  ...nameRows('SH_SAVE'),
  ...plain.map((name) => ['D23: a plain file name', save(name), saved(name)] as const),
  ...valuesBut('array').map((value) => ['tkns not an array', save('a', `,"tkns":${value}`), no('SH_SAVE', 41, 'tkns')] as const),
  ...['5.0', '-1', 'true', 'null', '""', '[]', '{}'].map((item) => ['tkns: an item that is no token', save('a', `,"tkns":["7",${item}]`), no('SH_SAVE', 41, 'tkns')] as const),
  ['tkns empty', save('a', ',"tkns":[]'), no('SH_SAVE', 42, 'tkns')],
  ['name comes before tkns', req('SH_SAVE', '"tkns":5'), no('SH_SAVE', 26, 'name')],
  ['tokens of no session are skipped', save('none', ',"tkns":["7"]'), saved('none')],
  ['a token may be a number', save('number', ',"tkns":[7]'), saved('number')],
  ['what is not defined is ignored', save('more', ',"x":1'), saved('more')],
  ['D24: one reply, when the save is on disk', save('once'), saved('once')],
  ['a save is of one moment; what comes later is not in it', [store('{"a":1}'), save('moment'), store('{"b":2}'), endAll], load('moment'), loaded('moment', 1, 1)],
]);

// oxfmt-ignore
export const loadingSection = section('SH_LOAD', [
  ...nameRows('SH_LOAD'),
  ['nothing of that name', load('never saved'), nothing('never saved')],
  ['sessions and keys that were added', [store('{"a":1,"b":2}'), save('two keys'), endAll], load('two keys'), loaded('two keys', 1, 2)],
  ['a living session is left alone and not counted', [store('{"a":1}'), save('living'), store('{"a":2}')], load('living'), loaded('living', 0, 0)],
  ['a living session keeps its keys', [store('{"a":1}'), save('living'), store('{"a":2}'), load('living')], get('"a"'), got('"a"', '2')],
  ['an empty save is a success', [endAll, save('empty')], load('empty'), loaded('empty', 0, 0)],
  ['the newest save of the name is taken', [store('{"a":1}'), save('newest'), store('{"b":2}'), save('newest'), endAll], load('newest'), loaded('newest', 1, 2)],
  ['only the sessions asked for', ['A = {"SH_NEW":{"name":"a"}}', save('some', ',"tkns":["<A>","7"]'), endAll], load('some'), loaded('some', 1, 0)],
  ['numbers exactly as stored', [store('{"n":[14247375118774737462,1.50,-0,1e400]}'), save('numbers'), endAll, load('numbers')], get('"n"'), got('"n"', '[14247375118774737462,1.50,-0,1e400]')],
  ['keys keep their order', [store('{"2":1,"1":1,"a":1}'), save('order'), endAll, load('order')], req('KV_KEYS', '"tkn":"<T>"'), rsp('KV_KEYS', '"tkn":"<T>","st":1,"keys":["2","1","a"]')],
  ['name and shared flag come back', ['A = {"SH_NEW":{"name":"house","shared":true}}', save('shared'), endAll, load('shared')], req('SH_OPEN', '"name":"house"'), rsp('SH_OPEN', '"st":1,"name":"house","tkn":"<A>"')],
  ['a deadline becomes now + duration', ['A = {"SH_NEW":{"name":"a","expiry":{"duration":60,"deleteSession":true}}}', save('time'), endAll, 'wait 3600', load('time')], req('SH_INFO', '"tkn":"<A>"'), rsp('SH_INFO', '"st":1,"tkn":"<A>","shared":false,"keyCnt":0,"expiry":{"expires":true,"duration":60,"time":<now+60>,"deleteSession":true,"remaining":60}')],
  ['D44: what extends comes back', ['A = {"SH_NEW":{"name":"a","expiry":{"duration":60,"deleteSession":true,"extendOnGet":true}}}', save('extension'), endAll, load('extension')], req('SH_INFO', '"tkn":"<A>"'), rsp('SH_INFO', '"st":1,"tkn":"<A>","shared":false,"keyCnt":0,"expiry":{"expires":true,"duration":60,"time":<now+60>,"deleteSession":true,"remaining":60,"extendOnSetAdd":false,"extendOnGet":true}')],
  ['D40: an expired session is not living, and is loaded', ['A = {"SH_NEW":{"name":"a","expiry":{"duration":60,"deleteSession":true}}}', save('expired', ',"tkns":["<A>"]'), 'wait 60'], load('expired'), loaded('expired', 1, 0)],
  ['D40: an expired session is not saved', ['{"SH_END":{"tkn":"<T>"}}', '{"SH_NEW":{"name":"a","expiry":{"duration":60,"deleteSession":true}}}', 'wait 60', save('gone')], load('gone'), loaded('gone', 0, 0)],
]);
