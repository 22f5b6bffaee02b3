import { get, gone, got, no, req, rsp, section, store, valuesBut } from '../row.ts';

const t = '"tkn":"<T>"';
const a = '"tkn":"<A>"';
const session = (expiry: string) => `A = {"SH_NEW":{"name":"a","expiry":{${expiry}}}}`;
const going = session('"duration":60,"deleteSession":true');
const staying = session('"duration":60,"deleteSession":false');
const endless = 'A = {"SH_NEW":{"name":"a"}}';
const touch = (members = '') => req('SH_TOUCH', `${a}${members}`);
const never = '{"expires":false,"duration":0,"time":0,"deleteSession":false}';
const running = (duration: number, isGoing = true, more = '') =>
  `{"expires":true,"duration":${duration},"time":<now+${duration}>,"deleteSession":${isGoing},"remaining":${duration}${more}}`;
const touched = (expiry: string) => rsp('SH_TOUCH', `"st":1,${a},"expiry":${expiry}`);
const info = req('SH_INFO', a);
const infoWith = (expiry: string) =>
  rsp('SH_INFO', `"st":1,${a},"shared":false,"keyCnt":0,"expiry":${expiry}`);
const count = req('KV_COUNT', a);
const options = '"extendOnSetAdd":true,"extendOnGet":true';

/** How a session begins, what it is touched with, and its expiry then. */
const touches: [before: string, members: string, expiry: string][] = [
  [going, '', running(60)],
  [staying, '', running(60, false)],
  [going, ',"duration":1800', running(1800)],
  [going, ',"duration":5', running(5)],
  [staying, ',"duration":1800', running(1800, false)],
  [going, ',"deleteSession":false', running(60, false)],
  [staying, ',"deleteSession":true', running(60)],
  [staying, ',"deleteSession":true,"duration":5', running(5)],
  [going, ',"duration":0', never],
  [going, ',"duration":0,"deleteSession":false', never],
  [endless, '', never],
  [endless, ',"deleteSession":true', never],
  [endless, ',"duration":0', never],
  [endless, ',"duration":5', running(5)],
  [endless, ',"duration":5,"deleteSession":false', running(5, false)],
  [session(`"duration":60,"deleteSession":true,${options}`), '', running(60, true, `,${options}`)],
  [session(`"duration":0,"deleteSession":true,${options}`), '', never.replace('}', `,${options}}`)],
  [
    session(`"duration":0,"deleteSession":false,${options}`),
    ',"duration":5',
    running(5, true, `,${options}`),
  ],
];

// oxfmt-ignore
export const shTouch = section('SH_TOUCH', [
  ...[...valuesBut('number'), '-1', '-0', '1.0', '1e1', '9007199254740992', '1e400'].map((duration) =>
    ['D18: no duration', touch(`,"duration":${duration},"deleteSession":5`), no('SH_TOUCH', 13, 'duration')] as const),
  ...valuesBut('boolean').map((flag) => ['deleteSession of a wrong type', req('SH_TOUCH', `"tkn":"","deleteSession":${flag}`), no('SH_TOUCH', 13, 'deleteSession')] as const),
  ['then tkn', req('SH_TOUCH', '"duration":5'), no('SH_TOUCH', 101)],
  ['then the session', req('SH_TOUCH', '"tkn":"7","duration":5'), gone('SH_TOUCH')],
  ...touches.map(([before, members, expiry]) => ['D50: the time starts again', [before, 'wait 20'], touch(members), touched(expiry)] as const),
  ...touches.map(([before, members, expiry]) => ['D50: SH_INFO shows it then', [before, 'wait 20', touch(members)], info, infoWith(expiry)] as const),
  ['the longest duration', [going], touch(',"duration":9007199254740991'), touched('{"expires":true,"duration":9007199254740991,"time":<now+9007199254740991>,"deleteSession":true,"remaining":9007199254740991}')],
  ['it lives until the new deadline', [going, 'wait 59', touch(), 'wait 59.875'], count, rsp('KV_COUNT', `"st":1,"cnt":0,${a}`)],
  ['and no longer', [going, 'wait 59', touch(), 'wait 60'], count, gone('KV_COUNT', '<A>')],
  ['a shorter time ends earlier', [going, touch(',"duration":2'), 'wait 2'], count, gone('KV_COUNT', '<A>')],
  ['without expiry it lives for ever', [going, touch(',"duration":0'), 'wait 6000000'], count, rsp('KV_COUNT', `"st":1,"cnt":0,${a}`)],
  ['D50: the new settings hold in later terms', [going, touch(',"duration":10,"deleteSession":false'), 'wait 25'], info, infoWith('{"expires":true,"duration":10,"time":<now+5>,"deleteSession":false,"remaining":5}')],
  ['keys stay', [going, req('KV_SET', `${a},"keys":{"k":1}`), touch()], count, rsp('KV_COUNT', `"st":1,"cnt":1,${a}`)],
  ['an expired session is not revived', [going, 'wait 60'], touch(',"duration":0'), gone('SH_TOUCH', '<A>')],
  ['a shared name opens as long as the session lives', ['A = {"SH_NEW":{"name":"s","shared":true,"expiry":{"duration":60,"deleteSession":true}}}', 'wait 50', touch(), 'wait 50'], req('SH_OPEN', '"name":"s"'), rsp('SH_OPEN', `"st":1,"name":"s",${a}`)],
  ['what is refused changes nothing', [going, 'wait 20', touch(',"duration":5,"x":1')], info, infoWith('{"expires":true,"duration":60,"time":<now+40>,"deleteSession":true,"remaining":40}')],
]);

const take = (keys: string) => req('KV_TAKE', `${t},"keys":[${keys}]`);
const taken = (keys: string) => rsp('KV_TAKE', `${t},"keys":{${keys}}`);
const otp = store('{"otp":"381022","n":1.50,"z":null}');

// oxfmt-ignore
export const kvTake = section('KV_TAKE', [
  ['keys missing', req('KV_TAKE', t), no('KV_TAKE', 26, 'keys')],
  ...valuesBut('array').map((keys) => ['keys not an array', req('KV_TAKE', `"keys":${keys}`), no('KV_TAKE', 41, 'keys')] as const),
  ['read, null for a key that is not there', [otp], take('"otp","nope"'), taken('"otp":"381022","nope":null')],
  ['as written, in the order asked', [otp], take('"z","n"'), taken('"z":null,"n":1.50')],
  ['and removed', [otp, take('"otp","z","nope"')], req('KV_KEYS', t), rsp('KV_KEYS', `${t},"st":1,"keys":["n"]`)],
  ['the second one gets nothing', [otp, take('"otp"')], take('"otp"'), taken('"otp":null')],
  ['D25: no strings are skipped, a key twice counts once', [otp], take('"otp",5,null,"otp"'), taken('"otp":"381022"')],
  ['D26: nothing asked', [otp], take(''), taken('')],
  ['the totals follow', [otp, take('"otp","n"')], req('SH_INFO_ALL'), rsp('SH_INFO_ALL', '"totalSessions":1,"totalKeys":1')],
  ['keys of any name', [store('{"__proto__":1,"tkn":2}')], take('"__proto__","constructor","tkn"'), taken('"__proto__":1,"constructor":null,"tkn":2')],
  ['stored again it moves to the end', [otp, take('"otp"'), store('{"otp":1}')], req('KV_KEYS', t), rsp('KV_KEYS', `${t},"st":1,"keys":["n","z","otp"]`)],
]);

const incr = (by?: string) =>
  req('KV_INCR', `${t},"key":"n"${by === undefined ? '' : `,"by":${by}`}`);
const sum = (value: string) => rsp('KV_INCR', `${t},"st":1,"key":"n","value":${value}`);
const n = (value: string) => store(`{"n":${value}}`);
const nines = (digits: number) => '9'.repeat(digits);
const ten = (zeros: number) => `1${'0'.repeat(zeros)}`;
const ref = (keys: string) => got('"n"', keys);

/** Old value, what is added, the sum. */
const sums: [old: string, by: string, value: string][] = [
  ['7', '1', '8'],
  ['7', '0', '7'],
  ['7', '-0', '7'],
  ['-0', '0', '0'],
  ['-0', '-0', '0'],
  ['1', '-1', '0'],
  ['0', '-5', '-5'],
  ['-5', '-5', '-10'],
  ['-5', '7', '2'],
  ['9007199254740993', '1', '9007199254740994'],
  ['14247375118774737462', '-14247375118774737461', '1'],
  [nines(99), '1', ten(99)],
  [ten(99), `-${ten(99)}`, '0'],
  [`-${nines(100)}`, nines(100), '0'],
];

// oxfmt-ignore
export const kvIncr = section('KV_INCR', [
  ['key missing', req('KV_INCR', '"by":"x"'), no('KV_INCR', 26, 'key')],
  ...valuesBut('string').map((key) => ['key of a wrong type', req('KV_INCR', `"key":${key},"by":"x"`), no('KV_INCR', 41, 'key')] as const),
  ...[...valuesBut('number'), '"1"', '1.0', '0.5', '1e3', '1E3', '-1e0', '1e400', '-0.0'].map((by) => ['by is no integer', req('KV_INCR', `"key":"n","by":${by}`), no('KV_INCR', 41, 'by')] as const),
  ...['+1', '01', '-', '0x1'].map((by) => ['by is no JSON', incr(by), '{"ERR":{"st":3,"m":""}}'] as const),
  ['by of more than 100 digits', req('KV_INCR', `"key":"n","by":${ten(100)}`), no('KV_INCR', 42, 'by')],
  ['by of more than 100 digits', req('KV_INCR', `"key":"n","by":-${ten(100)}`), no('KV_INCR', 42, 'by')],
  ['then tkn', req('KV_INCR', '"key":"n"'), no('KV_INCR', 101)],
  ['then the session', req('KV_INCR', '"tkn":"7","key":"n"'), gone('KV_INCR')],
  ['a key that is not there counts as 0', incr(), sum('1')],
  ['a key that is not there counts as 0', incr('-3'), sum('-3')],
  ['and is stored', [incr('0')], get('"n"'), ref('0')],
  ['by is 1 if it is not there', [n('7')], incr(), sum('8')],
  ...sums.map(([old, by, value]) => ['exact, whatever the size', [n(old)], incr(by), sum(value)] as const),
  ...sums.map(([old, by, value]) => ['what is stored then', [n(old), incr(by)], get('"n"'), ref(value)] as const),
  ...[...valuesBut('number'), '"7"', '1.0', '1e3', '-1.5', '1e400'].map((old) => ['the stored value is no integer', [n(old)], incr(), no('KV_INCR', 41, 'key')] as const),
  ['the sum has more than 100 digits', [n(nines(100))], incr(), no('KV_INCR', 42, 'by')],
  ['the sum has more than 100 digits', [n(`-${nines(100)}`)], incr('-1'), no('KV_INCR', 42, 'by')],
  ['the stored value has more than 100 digits', [n(ten(100))], incr('-1'), no('KV_INCR', 42, 'by')],
  ['the stored value has a million digits', [n(ten(1_000_000))], incr(), no('KV_INCR', 42, 'by')],
  ['what is refused changes nothing', [n(nines(100)), incr()], get('"n"'), ref(nines(100))],
  ['what is refused changes nothing', [n('1.0'), incr()], get('"n"'), ref('1.0')],
  ['a new key goes to the end, an old one keeps its place', [store('{"a":1,"n":1,"b":1}'), incr(), req('KV_INCR', `${t},"key":"c"`)], req('KV_KEYS', t), rsp('KV_KEYS', `${t},"st":1,"keys":["a","n","b","c"]`)],
  ['the empty key is a key', [], req('KV_INCR', `${t},"key":""`), rsp('KV_INCR', `${t},"st":1,"key":"","value":1`)],
  ['D51: what is refused moves no deadline', [session(`"duration":60,"deleteSession":true,${options}`), req('KV_SET', `${a},"keys":{"n":"x"}`), 'wait 10', req('KV_INCR', `${a},"key":"n"`)], info,
    rsp('SH_INFO', `"st":1,${a},"shared":false,"keyCnt":1,"expiry":{"expires":true,"duration":60,"time":<now+50>,"deleteSession":true,"remaining":50,${options}}`)],
]);

const cas = (members: string) => req('KV_CAS', `${t},"key":"k",${members}`);
const swapped = (st: number) => rsp('KV_CAS', `${t},"st":${st},"key":"k"`);
const changed = (value?: string) =>
  rsp('KV_CAS', `${t},"st":28,"key":"k"${value === undefined ? '' : `,"value":${value}`}`);
const k = (value: string) => store(`{"k":${value}}`);

/** A value as it was sent, and the same value with white space. */
const spaced: [sent: string, old: string][] = [
  ['4', ' 4 '],
  ['{"a": [1, 2.50]}', '{"a":[1,2.50]}'],
  ['{"a":[1,2.50]}', '{ "a"\t: [ 1 ,\n2.50 ]\r}'],
  ['"a b"', '"a b"'],
  ['[]', '[ ]'],
  ['{"a":1,"a":2}', '{"a":1}'],
  ['1e400', '1e400'],
  ['14247375118774737462', '14247375118774737462'],
  ['null', 'null'],
];

/** Values that are not the same text. */
const different: [old: string, value: string][] = [
  ['1', '1.0'],
  ['1', '"1"'],
  ['0', '-0'],
  ['1e2', '1E2'],
  ['"a"', '"\\u0061"'],
  ['"a b"', '"a  b"'],
  ['{"a":1,"b":2}', '{"b":2,"a":1}'],
  ['null', 'false'],
  ['9007199254740993', '9007199254740992'],
];

// oxfmt-ignore
export const kvCas = section('KV_CAS', [
  ['key missing', req('KV_CAS', t), no('KV_CAS', 26, 'key')],
  ...valuesBut('string').map((key) => ['key of a wrong type', req('KV_CAS', `"key":${key}`), no('KV_CAS', 41, 'key')] as const),
  ['neither old nor value', req('KV_CAS', '"key":"k"'), no('KV_CAS', 26, 'value')],
  ['neither old nor value', req('KV_CAS', `${t},"key":"k","olds":1`), no('KV_CAS', 26, 'value')],
  ['then tkn', req('KV_CAS', '"key":"k","old":1'), no('KV_CAS', 101)],
  ['then the session', req('KV_CAS', '"tkn":"7","key":"k","value":1'), gone('KV_CAS')],
  ['stored as new', cas('"value":{"a": 1.50}'), swapped(20)],
  ['what is stored then', [cas('"value":{"a": 1.50}')], get('"k"'), got('"k"', '{"a":1.50}')],
  ['without old the key must not be there', [k('4')], cas('"value":4'), changed('4')],
  ['a key that holds null is there', [k('null')], cas('"value":4'), changed('null')],
  ['replaced', [k('4')], cas('"old":4,"value":3'), swapped(21)],
  ['what is stored then', [k('4'), cas('"old":4,"value":3')], get('"k"'), got('"k"', '3')],
  ['replaced by the same', [k('4')], cas('"old":4,"value":4'), swapped(21)],
  ['null is a value', [k('null')], cas('"old":null,"value":null'), swapped(21)],
  ['removed', [k('4')], cas('"old":4'), swapped(24)],
  ['what is removed is gone', [k('4'), cas('"old":4')], req('KV_COUNT', t), rsp('KV_COUNT', `"st":1,"cnt":0,${t}`)],
  ['another value', [k('3')], cas('"old":4,"value":3'), changed('3')],
  ['another value is not removed', [k('3')], cas('"old":4'), changed('3')],
  ['no key: no value in the reply', cas('"old":4,"value":3'), changed()],
  ['no key, null expected', cas('"old":null,"value":3'), changed()],
  ['nothing is stored then', [cas('"old":null,"value":3')], req('KV_COUNT', t), rsp('KV_COUNT', `"st":1,"cnt":0,${t}`)],
  ...spaced.map(([sent, old]) => ['white space does not count', [k(sent)], cas(`"old":${old},"value":0`), swapped(21)] as const),
  ...different.map(([old, value]) => ['compared as text', [k(value)], cas(`"old":${old},"value":0`), changed(value)] as const),
  ['nothing has changed then', [k('1.0'), cas('"old":1,"value":2')], get('"k"'), got('"k"', '1.0')],
  ['what KV_UPDATE made fits too', [k('{"a": [1]}'), req('KV_UPDATE', `${t},"key":"k","path":"$.a","value":{"b": 2}`)], cas('"old":{"a":{"b":2}},"value":0'), swapped(21)],
  ['an old key keeps its place', [store('{"k":1,"b":1}'), cas('"old":1,"value":2')], req('KV_KEYS', t), rsp('KV_KEYS', `${t},"st":1,"keys":["k","b"]`)],
  ['the example', [store('{"seats":4}'), req('KV_CAS', `${t},"key":"seats","old":4,"value":3`)], req('KV_CAS', `${t},"key":"seats","old":4,"value":3`), rsp('KV_CAS', `${t},"st":28,"key":"seats","value":3`)],
  ['D51: status 28 moves no deadline', [session(`"duration":60,"deleteSession":true,${options}`), 'wait 10', req('KV_CAS', `${a},"key":"k","old":1,"value":2`)], info,
    infoWith(`{"expires":true,"duration":60,"time":<now+50>,"deleteSession":true,"remaining":50,${options}}`)],
  ['D51: removing extends', [session(`"duration":60,"deleteSession":true,${options}`), req('KV_SET', `${a},"keys":{"k":1}`), 'wait 10', req('KV_CAS', `${a},"key":"k","old":1`)], info, infoWith(running(60, true, `,${options}`))],
]);
