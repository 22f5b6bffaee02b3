import { get, gone, got, nested, no, req, rsp, section, store, valuesBut } from '../row.ts';

const t = '"tkn":"<T>"';
const badPath = (name: string) => rsp(name, '"st":4,"tkn":"<T>","m":"path"');
const find = (members: string) => req('KV_FIND', `${t},${members}`);
const found = (members: string) => rsp('KV_FIND', `${t},"st":1,${members}`);
const cars = store(
  '{"b":[{"n":9007199254740993}],"a":[{"n":1.0},{"n":1}],"c":5,"__proto__":{"n":1},"z":null}',
);

// oxfmt-ignore
export const kvFind = section('KV_FIND', [
  ['tkn is checked first', req('KV_FIND'), no('KV_FIND', 101)],
  ['tkn is checked first', req('KV_FIND', '"tkn":"","path":5,"rsp":5'), no('KV_FIND', 101)],
  ['path missing: 5', find('"rsp":"keys"'), no('KV_FIND', 5)],
  ['path missing comes before rsp', find('"rsp":5,"keys":5'), no('KV_FIND', 5)],
  ...valuesBut('string').map((path) => ['path not a string', find(`"path":${path},"rsp":5`), no('KV_FIND', 41, 'path')] as const),
  ['path empty', find('"path":"","rsp":5'), no('KV_FIND', 42, 'path')],
  ['rsp missing', find('"path":"(","keys":5'), no('KV_FIND', 40, 'rsp')],
  ...valuesBut('string').map((rsp_) => ['rsp not a string', find(`"path":"(","rsp":${rsp_},"keys":5`), no('KV_FIND', 41, 'rsp')] as const),
  ...['', 'KEYS', 'Kv', 'path', ' kv', 'paths ', '__proto__'].map((rsp_) => ['rsp not one of the three', find(`"path":"(","rsp":"${rsp_}","keys":5`), no('KV_FIND', 13, 'rsp')] as const),
  ...valuesBut('array').map((keys) => ['keys not an array', find(`"path":"(","rsp":"kv","keys":${keys}`), no('KV_FIND', 41, 'keys')] as const),
  ['surplus members', find('"path":"(","rsp":"kv","keys":[],"x":1'), no('KV_FIND', 13)],
  ['then the session', req('KV_FIND', '"tkn":"7","path":"(","rsp":"kv"'), gone('KV_FIND')],
  ['D28: then the path, though there is no key', find('"path":"(","rsp":"kv"'), badPath('KV_FIND')],
  ['D28: then the path, though no key is searched', find('"path":"(","rsp":"kv","keys":[]'), badPath('KV_FIND')],
  ['rsp may be written with escapes', [cars], find('"path":"$","rsp":"\\u006beys","keys":["c"]'), found('"keys":["c"]')],
  ['rsp keys', [cars], find('"path":"$..n","rsp":"keys"'), found('"keys":["b","a","__proto__"]')],
  ['rsp keys: a value that holds null has a node', [cars], find('"path":"$","rsp":"keys"'), found('"keys":["b","a","c","__proto__","z"]')],
  ['D30: rsp kv gives the whole value', [cars], find('"path":"$[?@.n == 1]","rsp":"kv"'), found('"keys":{"a":[{"n":1.0},{"n":1}]}')],
  ['rsp paths, keys not named', [cars], find('"path":"$..n","rsp":"paths"'), found(`"paths":["$[0]['n']","$[0]['n']","$[1]['n']","$['n']"]`)],
  ['a node selected twice is listed once', [cars], find('"path":"$[0,0,-1].n","rsp":"paths","keys":["a"]'), found(`"paths":["$[0]['n']","$[1]['n']"]`)],
  ['a node selected twice by ..', [store('{"a":{"b":{"b":1}}}')], find('"path":"$..b..b","rsp":"paths"'), found(`"paths":["$['b']['b']"]`)],
  ['the order of keys', [cars], find('"path":"$..n","rsp":"keys","keys":["__proto__","a","nope"]'), found('"keys":["__proto__","a"]')],
  ['D25: no strings are skipped, a key twice counts once', [cars], find('"path":"$..n","rsp":"paths","keys":["a",5,null,"a"]'), found(`"paths":["$[0]['n']","$[1]['n']"]`)],
  ['D25: 5 is not "5"', [store('{"5":1}')], find('"path":"$","rsp":"keys","keys":[5]'), found('"keys":[]')],
  ['D29: empty keys search nothing', [cars], find('"path":"$","rsp":"keys","keys":[]'), found('"keys":[]')],
  ['D29: empty keys search nothing', [cars], find('"path":"$","rsp":"kv","keys":[]'), found('"keys":{}')],
  ['D29: empty keys search nothing', [cars], find('"path":"$","rsp":"paths","keys":[]'), found('"paths":[]')],
  ['no match', [cars], find('"path":"$.nope","rsp":"kv"'), found('"keys":{}')],
  ['the example', [store('{"cars":[{"seats":4},{"seats":2},{},{"seats":5}]}')], find('"rsp":"paths","path":"$[?(@.seats > 2)]"'), found('"paths":["$[0]","$[3]"]')],
]);

const update = (path: string, value: string) =>
  req('KV_UPDATE', `${t},"key":"k","path":"${path}","value":${value}`);
const updated = (cnt: number) => rsp('KV_UPDATE', `${t},"st":1,"key":"k","cnt":${cnt}`);
const old = '{"list":[1.0,{"a":1e400,"it\'s":"x"},[2]],"__proto__":0}';
const k = store(`{"k":${old}}`);

/** Path, value, how many nodes, and what the value is then. */
const updates: [path: string, value: string, count: number, result: string][] = [
  ['$', 'null', 1, 'null'],
  ['$', '{"b": [1.50]}', 1, '{"b":[1.50]}'],
  ['$.list[0]', '-0', 1, old.replace('1.0', '-0')],
  ['$.list[1].a', '"y"', 1, old.replace('1e400', '"y"')],
  ["$.list[1]['it\\\\'s']", '1', 1, old.replace('"x"', '1')],
  ['$.list[2][0,0,-1]', '3', 1, old.replace('[2]', '[3]')],
  ["$['__proto__']", '[]', 1, old.replace(':0', ':[]')],
  ['$.list[*]', '7', 3, '{"list":[7,7,7],"__proto__":0}'],
  ['$..*', '7', 8, '{"list":7,"__proto__":7}'],
  ['$..[0]', '9', 2, old.replace('1.0', '9').replace('[2]', '[9]')],
  ['$.list[2,0]', '[]', 2, old.replace('1.0', '[]').replace('[2]', '[]')],
  ['$.list[?@.a > 1e399].a', '0', 1, old.replace('1e400', '0')],
  ['$.nope', '1', 0, old],
  ['$.list.length', '1', 0, old],
  ['$.list[9]', '1', 0, old],
  ['$.constructor', '1', 0, old],
];

/** A hundred places for it. */
const hundred = store(`{"k":[${'0,'.repeat(99)}0]}`);
const big = `"${'x'.repeat(700_000)}"`;

// oxfmt-ignore
export const kvUpdate = section('KV_UPDATE', [
  ['tkn is checked first', req('KV_UPDATE'), no('KV_UPDATE', 101)],
  ['tkn is checked first', req('KV_UPDATE', '"tkn":1.0,"key":5,"path":5'), no('KV_UPDATE', 101)],
  ['key missing', req('KV_UPDATE', `${t},"path":5`), no('KV_UPDATE', 26, 'key')],
  ...valuesBut('string').map((key) => ['key not a string', req('KV_UPDATE', `${t},"key":${key},"path":5`), no('KV_UPDATE', 41, 'key')] as const),
  ['path missing', req('KV_UPDATE', `${t},"key":"k"`), no('KV_UPDATE', 26, 'path')],
  ...valuesBut('string').map((path) => ['path not a string', req('KV_UPDATE', `${t},"key":"k","path":${path}`), no('KV_UPDATE', 41, 'path')] as const),
  ['path empty', req('KV_UPDATE', `${t},"key":"k","path":""`), no('KV_UPDATE', 42, 'path')],
  ['value missing', req('KV_UPDATE', `${t},"key":"k","path":"("`), no('KV_UPDATE', 26, 'value')],
  ['value null is there', req('KV_UPDATE', `${t},"key":"k","path":"$","value":null`), rsp('KV_UPDATE', `${t},"st":22,"key":"k","cnt":0`)],
  ['surplus', req('KV_UPDATE', `${t},"key":"k","path":"(","value":1,"x":1`), no('KV_UPDATE', 13)],
  ['then the session', req('KV_UPDATE', '"tkn":"7","key":"k","path":"(","value":1'), gone('KV_UPDATE')],
  ['D28: then the path, though there is no key', update('(', '1'), badPath('KV_UPDATE')],
  ['D28: nothing changed', [k, update('$[', '1')], get('"k"'), got('"k"', old)],
  ['D31: no such key', update('$', '1'), rsp('KV_UPDATE', `${t},"st":22,"key":"k","cnt":0`)],
  ['no key is created', [update('$', '1')], req('KV_COUNT', t), rsp('KV_COUNT', `"st":1,"cnt":0,${t}`)],
  ['D31: the empty key is a key, the reply names it as sent', [store('{"":1}')], req('KV_UPDATE', `${t},"key":"","path":"$","value":2`), rsp('KV_UPDATE', `${t},"st":1,"key":"","cnt":1`)],
  ...updates.map(([path, value, count]) => ['D31: how many nodes', [k], update(path, value), updated(count)] as const),
  ...updates.map(([path, value, , result]) => ['what the value is then', [k, update(path, value)], get('"k"'), got('"k"', result)] as const),
  ['all nodes are found on the old value', [store('{"k":[{"a":1},{"a":2}]}')], update('$[?@.a >= $[0].a].a', '5'), updated(2)],
  ['the example', [store('{"car":{"wheels":[{"psi":28},{"psi":32},{"psi":29}]}}')], req('KV_UPDATE', `${t},"key":"car","path":"$.wheels[?(@.psi < 30)].psi","value":32`), rsp('KV_UPDATE', `${t},"st":1,"key":"car","cnt":2`)],
  ['D41: 1022 levels', [store('{"k":[0]}')], update('$[0]', nested(1021)), updated(1)],
  ['D41: 1022 levels come back', [store('{"k":[0]}'), update('$[0]', nested(1021))], get('"k"'), got('"k"', nested(1022))],
  ['D41: 1023 levels', [store('{"k":[0]}')], update('$[0]', nested(1022)), no('KV_UPDATE', 42, 'value')],
  ['D41: nothing changed', [store('{"k":[0]}'), update('$[0]', nested(1022))], get('"k"'), got('"k"', '[0]')],
  ['D41: no node, no growth', [store('{"k":[0]}')], update('$[1]', nested(1022)), updated(0)],
  ['D41: just under 64 MiB of text', [hundred], update('$[:90]', big), updated(90)],
  ['D41: 64 MiB of text', [hundred], update('$[*]', big), no('KV_UPDATE', 42, 'value')],
  ['D41: nothing changed', [hundred, update('$[*]', big)], find('"path":"$[?@ != 0]","rsp":"paths"'), found('"paths":[]')],
]);

const append = (members: string) => req('KV_ARR_APPEND', `${t},${members}`);
const appended = (st: number) => rsp('KV_ARR_APPEND', `${t},"st":${st}`);
const box = store(
  '{"list":[1.0],"empty":[],"box":{"list":["a"],"no":1,"":[]},"text":"[]","null":null}',
);

// oxfmt-ignore
export const kvArrAppend = section('KV_ARR_APPEND', [
  ['key missing', req('KV_ARR_APPEND'), no('KV_ARR_APPEND', 26, 'key')],
  ...valuesBut('string').map((key) => ['key of a wrong type', append(`"key":${key}`), no('KV_ARR_APPEND', 41, 'key')] as const),
  ['items missing', append('"key":"list"'), no('KV_ARR_APPEND', 26, 'items')],
  ...valuesBut('array').map((items) => ['items of a wrong type', append(`"key":"list","items":${items},"name":5`), no('KV_ARR_APPEND', 41, 'items')] as const),
  ...valuesBut('string').map((name) => ['name of a wrong type', req('KV_ARR_APPEND', `"key":"list","items":[],"name":${name}`), no('KV_ARR_APPEND', 41, 'name')] as const),
  ['then tkn', req('KV_ARR_APPEND', '"key":"list","items":[]'), no('KV_ARR_APPEND', 101)],
  ['then the session', req('KV_ARR_APPEND', '"tkn":"7","key":"list","items":[]'), gone('KV_ARR_APPEND')],
  ['no such key', [box], append('"key":"nope","items":[]'), appended(22)],
  ['done', [box], append('"key":"list","items":[1]'), appended(1)],
  ['one by one, duplicates and all', [box, append('"key":"list","items":[1.0,[],{"b": 1e400},1.0]')], get('"list"'), got('"list"', '[1.0,1.0,[],{"b":1e400},1.0]')],
  ['items may be empty', [box, append('"key":"list","items":[]')], get('"list"'), got('"list"', '[1.0]')],
  ['to an empty array', [box, append('"key":"empty","items":[null]')], get('"empty"'), got('"empty"', '[null]')],
  ['nothing to an empty array', [box, append('"key":"empty","items":[]')], get('"empty"'), got('"empty"', '[]')],
  ['to a member', [box, append('"key":"box","name":"list","items":["a","b"]')], get('"box"'), got('"box"', '{"list":["a","a","b"],"no":1,"":[]}')],
  ['to a member of the empty name', [box, append('"key":"box","name":"","items":[1]')], get('"box"'), got('"box"', '{"list":["a"],"no":1,"":[1]}')],
  ['not an array', [box], append('"key":"box","items":[1]'), appended(1000)],
  ['not an array', [box], append('"key":"text","items":[]'), appended(1000)],
  ['not an array', [box], append('"key":"null","items":[]'), appended(1000)],
  ['D34: no object', [box], append('"key":"list","name":"list","items":[1]'), appended(1000)],
  ['D34: no object', [box], append('"key":"list","name":"0","items":[1]'), appended(1000)],
  ['D34: no such member', [box], append('"key":"box","name":"nope","items":[1]'), appended(1000)],
  ['D34: own members only', [box], append('"key":"box","name":"__proto__","items":[1]'), appended(1000)],
  ['D34: the member is no array', [box], append('"key":"box","name":"no","items":[1]'), appended(1000)],
  ['D34: no path', [box], append('"key":"box","name":"$.list","items":[1]'), appended(1000)],
  ['nothing changed', [box, append('"key":"box","name":"no","items":[1]')], get('"box"'), got('"box"', '{"list":["a"],"no":1,"":[]}')],
  ['the example', [store('{"profile":{"teams":["hawks"]}}')], append('"key":"profile","name":"teams","items":["owls"]'), appended(1)],
  ['D41: 1022 levels', [box], append(`"key":"list","items":[${nested(1021)}]`), appended(1)],
  ['D41: 1022 levels in a member', [box], append(`"key":"box","name":"list","items":[${nested(1020)}]`), appended(1)],
  ['D41: 1023 levels in a member', [box], append(`"key":"box","name":"list","items":[${nested(1021)}]`), no('KV_ARR_APPEND', 42, 'items')],
]);
