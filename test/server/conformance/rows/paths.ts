import { quote } from '../../../../protocol/json/jsonText.ts';
import { req, rsp, section, store } from '../row.ts';

const t = '"tkn":"<T>"';
const find = (path: string) => req('KV_FIND', `${t},"rsp":"paths","path":${quote(path)}`);

type PathRow = readonly [string, readonly string[], string, string];

/** What a path selects in a value. */
type Selection = readonly [rule: string, value: string, path: string, paths: readonly string[]];

/** Which elements of an array, or members of an object, a filter keeps. */
type Filtering = readonly [
  rule: string,
  value: string,
  filter: string,
  places: readonly (number | string)[],
];

function selects(...[rule, value, path, paths]: Selection): PathRow {
  const reply = rsp('KV_FIND', `${t},"st":1,"paths":[${paths.map(quote).join(',')}]`);
  return [rule, [store(`{"k":${value}}`)], find(path), reply];
}

function keeps(...[rule, value, filter, places]: Filtering): PathRow {
  const step = (place: number | string) =>
    typeof place === 'number' ? `$[${place}]` : `$['${place}']`;
  return selects(rule, value, `$[?${filter}]`, places.map(step));
}

const shop =
  '{"a":{"b":[10,20,{"c":1}],"it\'s":[0]},"list":[{"n":1,"flag":true},{"n":3,"flag":false}]}';
const names = String.raw`{"a\bb":1,"\t":2,"\u000b":3,"'":4,"\"":5,"\\":6,"é😀":7,"\u0041":8,"":9,"\u007f":10,"\/":11,"a b":12,"\n\f\r":13,"\u001f":14}`;
// oxfmt-ignore
const normalised = [
  String.raw`$['a\bb']`, String.raw`$['\t']`, String.raw`$['\u000b']`, String.raw`$['\'']`, `$['"']`, String.raw`$['\\']`,
  `$['é😀']`, `$['A']`, `$['']`, `$['\u007f']`, `$['/']`, `$['a b']`, String.raw`$['\n\f\r']`, String.raw`$['\u001f']`,
];

const mixed = '[["a","b"],"ab","😀",{"length":7},{"x":1,"y":2},5,null,{"list":[1,2,3]},[],"",true]';
const absent = '[{"a":null},{"a":false},{"a":0},{"a":""},{"b":1},{"a":[]},{"a":{}}]';
const numbers =
  '[9007199254740993,9007199254740992,1,1.0,1e400,1e-400,-0,0.5,100E-2,null,"1",18446744073709551616,18446744073709551617]';
const texts = '["abc","xabcx","a\\nc","a.c","A",5,"a\\rc","ab"]';

/** Not of RFC 9535: extensions of other libraries, and plain faults (D37). */
// oxfmt-ignore
const malformed = [
  'a', ' $', '$ ', '$.', '$..', '$...a', '$.a.', '$. a', '$.1', '$.a-b', '$[', '$[]', '$[1', '$[01]', '$[-0]', '$[1.0]', '$[1e2]',
  '$[9007199254740992]', '$[1,]', '$[,1]', '$[1 2]', '$[a]', "$['a]", '$["a\']', String.raw`$['a\"b']`, String.raw`$["a\'b"]`,
  String.raw`$["\ud800"]`, String.raw`$["\x41"]`, '$["\n"]', '$.a[?]', '$[?()]', '$[?(@.a]', '$[?@.a == ]', '$[? == 1]', '$[?@.a = 1]',
  '$[?@.a === 1]', '$[?@.a <> 1]', '$[?@.a =~ "b"]', '$[?@.a =~ /b/]', '$[?@.a + 1 == 2]', '$[?@.a - 1 == 2]', '$[?@.a * 2 == 2]',
  '$[?@.a / 2 == 2]', '$[?@.a % 2 == 0]', '$.a^', '$.a~', '$[?@.a^]', '$[(@.length-1)]', '$[?true]', '$[?1]', '$[?"a"]', '$[?1 == 01]',
  '$[?@.* == 1]', '$[?@..a == 1]', '$[?@[0,1] == 1]', '$[?@[0:1] == 1]', '$[?!@.a == 1]', '$[?(@.a) == 1]', '$[?@.a == (1)]', '$[?@.a && ]',
  '$[?@.a & @.b]', '$[?@.a | @.b]', '$[?@.a and @.b]', '$[?not @.a]', '$[?@.a in [1]]', '$[?@.a == [1]]', '$[?@.a == {}]', '$[?@.a == True]',
  '$[?count(@.a)]', '$[?count(1) == 1]', '$[?count() == 1]', '$[?count(@.*,1) == 1]', '$[?length(@.a)]', '$[?length(@.*) == 1]',
  '$[?length (@.a) == 1]', '$[?Length(@.a) == 1]', '$[?match(@.a)]', '$[?match(@.a,"b","c")]', '$[?match(@.a, "b") == true]', '$[?value(1) == 1]',
  '$[?nope(@.a)]', '$[?keys(@) == 1]', '$[?sum(@.*) == 1]', '$[?avg(@.*) == 1]', '$[?tokenize(@.a, "b")]', '$[?constructor(@)]', '$.a()',
  '$.length()', '$.a.sum()', '$;', '$[*', '$.*.', '$**', '$.a..', '$[::', '$[1:2:3:4]', '$[?@.a == 1', '@', '@.a', 'a.b', '.a', '$a', '$$', '$["a" "b"]',
  '$[?@.a==1;]', '$[?@.a == .5]', '$[?@.a == 5.]', '$[?@.a == +5]', '$[?@.a == 0x5]', '$[?@.a == `b`]', "$['a'",
];

// oxfmt-ignore
export const jsonPaths = section('9. JSON paths', [
  selects('the root', shop, '$', ['$']),
  selects('members', shop, '$.a.b', ["$['a']['b']"]),
  selects('members in brackets, both quotes', shop, '$["a"][\'b\']', ["$['a']['b']"]),
  selects('a name with a quote', shop, String.raw`$['a']['it\'s'][0]`, [String.raw`$['a']['it\'s'][0]`]),
  selects('a name with a quote, in double quotes', shop, '$["a"]["it\'s"][0]', [String.raw`$['a']['it\'s'][0]`]),
  selects('index', shop, '$.a.b[1]', ["$['a']['b'][1]"]),
  selects('index from the end', shop, '$.a.b[-1]', ["$['a']['b'][2]"]),
  selects('index beyond', shop, '$.a.b[3,-4]', []),
  selects('slices', '[0,1,2,3,4]', '$[1:3]', ['$[1]', '$[2]']),
  selects('slices', '[0,1,2,3,4]', '$[3:]', ['$[3]', '$[4]']),
  selects('slices', '[0,1,2,3,4]', '$[:2]', ['$[0]', '$[1]']),
  selects('slices', '[0,1,2,3,4]', '$[-2:]', ['$[3]', '$[4]']),
  selects('slices', '[0,1,2,3,4]', '$[::2]', ['$[0]', '$[2]', '$[4]']),
  selects('slices', '[0,1,2,3,4]', '$[::-2]', ['$[4]', '$[2]', '$[0]']),
  selects('slices', '[0,1,2,3,4]', '$[3:0:-1]', ['$[3]', '$[2]', '$[1]']),
  selects('slices', '[0,1,2,3,4]', '$[5:1:-3]', ['$[4]']),
  selects('slices', '[0,1,2,3,4]', '$[ 1 : 4 : 2 ]', ['$[1]', '$[3]']),
  selects('slices of step 0', '[0,1,2,3,4]', '$[1:3:0]', []),
  selects('slices apply to arrays only', '{"0":1}', '$[0:1]', []),
  selects('an index is no member name', '{"0":1}', '$[0]', []),
  selects('a name is no index', '[1]', "$['0']", []),
  selects('unions', '{"a":1,"b":[2]}', "$['b','a','b']", ["$['b']", "$['a']"]),
  selects('unions', '[1,2,3]', '$[2,0:2,*]', ['$[2]', '$[0]', '$[1]']),
  selects('wildcard over an array', '[1,[2]]', '$.*', ['$[0]', '$[1]']),
  selects('wildcard over an object', '{"b":1,"a":2,"10":3}', '$[*]', ["$['b']", "$['a']", "$['10']"]),
  selects('wildcard over a scalar', '"abc"', '$.*', []),
  selects('D46: a node before its children', '{"b":[1],"a":2}', '$..*', ["$['b']", "$['a']", "$['b'][0]"]),
  selects('D46: children in stored order', '{"z":{"x":1},"x":{"x":2}}', '$..x', ["$['x']", "$['z']['x']", "$['x']['x']"]),
  selects('D46: the root too', '[[1],[2]]', '$..[0]', ['$[0]', '$[0][0]', '$[1][0]']),
  selects('blank space', shop, '$ .a [ "b" ]\n[ 1 ]', ["$['a']['b'][1]"]),
  selects('normalised paths', names, '$.*', normalised),
  ...normalised.map((path) => selects('a normalised path selects its node', names, path, [path])),
  selects('a name may be written with escapes', '{"é😀":1}', String.raw`$["\u00e9\uD83D\ude00"]`, ["$['é😀']"]),
  selects('names of any letters after a dot', '{"é😀_1":1}', '$.é😀_1', ["$['é😀_1']"]),
  selects('own members only', shop, '$.constructor', []),
  selects('own members only', shop, '$.__proto__', []),
  selects('own members only', shop, '$.list.constructor', []),
  selects('own members only', '"abc"', '$.length', []),
  selects('unless stored', '{"constructor":1,"__proto__":2}', '$["__proto__","constructor"]', ["$['__proto__']", "$['constructor']"]),
  selects('a member behind a filter', shop, '$.list[?(@.n > 2)].flag', ["$['list'][1]['flag']"]),
  selects('filters apply to members of objects', '{"a":1,"b":2,"c":3}', '$[?@ >= 2]', ["$['b']", "$['c']"]),
  selects('$ inside a filter', shop, '$.list[?@.n == $.a.b[2].c]', ["$['list'][0]"]),
  selects('a filter inside a filter', shop, '$[?@[?@.n == 3]]', ["$['list']"]),
  selects('a filter in a union', '[1,2,3]', '$[?@ == 3, 0, ?@ == 1]', ['$[2]', '$[0]']),

  keeps('with and without parentheses', '[{"make":"X"},{"make":"Y"}]', "(@.make == 'X')", [0]),
  keeps('with and without parentheses', '[{"make":"X"},{"make":"Y"}]', "@.make == 'X'", [0]),
  keeps('double quotes', '[{"make":"X"},{"make":"Y"}]', '@.make != "X"', [1]),
  keeps('the string, not its spelling', '["A","\\u0041"]', "@ == 'A'", [0, 1]),
  keeps('<, >, <=, >=', '[1,2,3]', '@ < 2', [0]),
  keeps('<, >, <=, >=', '[1,2,3]', '@ <= 2', [0, 1]),
  keeps('<, >, <=, >=', '[1,2,3]', '2 < @', [2]),
  keeps('<, >, <=, >=', '[1,2,3]', '@>=2', [1, 2]),
  keeps('strings by code points', '["\\uff00","😀","a"]', "@ > '\uff00'", [1]),
  keeps('&& before ||', '[{"a":1},{"b":1},{"a":1,"b":1}]', '@.a || @.b && @.c', [0, 2]),
  keeps('!', '[{"a":1},{"b":1}]', '!@.a', [1]),
  keeps('! of parentheses', '[1,2,3]', '!(@ == 1 || @ == 3)', [1]),
  keeps('D36: an existence test asks whether it is there', absent, '@.a', [0, 1, 2, 3, 5, 6]),
  keeps('D36: a missing node is not null', absent, '@.a == null', [0]),
  keeps('D36: nothing equals nothing', absent, '@.a == @.nope', [4]),
  keeps('D36: nothing is no value', absent, '@.a != @.nope', [0, 1, 2, 3, 5, 6]),
  keeps('no order between types', '[1,"1",null,true,[1],{}]', '@ < 2', [0]),
  keeps('no order of true and false, but equal is equal', '[true,false]', '@ <= true', [0]),
  keeps('arrays and objects by their parts', '[{"x":1,"y":[2]},{"y":[2.0],"x":1},{"x":1},[1],{"x":1,"y":[3]}]', '@ == $[0]', [0, 1]),
  keeps('numbers by exact value', numbers, '@ == 9007199254740993', [0]),
  keeps('numbers by exact value', numbers, '@ == 1', [2, 3, 8]),
  keeps('numbers by exact value', numbers, '@ > 9007199254740992', [0, 4, 11, 12]),
  keeps('numbers by exact value', numbers, '@ == 18446744073709551617', [12]),
  keeps('numbers by exact value', numbers, '@ < 0.5', [5, 6]),
  keeps('numbers by exact value', numbers, '@ == 0', [6]),
  keeps('numbers by exact value', numbers, '@ == -0', [6]),
  keeps('numbers by exact value', numbers, '@ == 10e399', [4]),
  keeps('numbers by exact value', numbers, '@ > 0 && @ < 0.001', [5]),

  keeps('D35: .length of arrays and strings', mixed, '@.length == 2', [0, 1]),
  keeps('D35: in code points', mixed, '@.length == 1', [2]),
  keeps("D35: ['length']", mixed, "@['length'] == 7", [3]),
  keeps('D35: on an object an ordinary member', '[{"length":[1]},{"a":1}]', '@.length', [0]),
  keeps('D35: of what a path leads to', mixed, '@.list.length >= 3', [7]),
  keeps('D35: from the root', '[1,2,3]', '$.length == @', [2]),
  keeps('D42: there for every array and string, empty ones too', mixed, '@.length', [0, 1, 2, 3, 8, 9]),
  keeps('D42: ..length is members of that name only', mixed, '@..length', [3]),
  selects('D35: not outside of filters', '{"list":[1,2]}', '$.list.length', []),
  selects('D35: unless there is such a member', '{"list":{"length":2}}', '$.list.length', ["$['list']['length']"]),
  keeps('length()', mixed, 'length(@) == 2', [0, 1, 4]),
  keeps('length() of nothing is nothing', '[1,{"a":[1]}]', 'length(@.a) == length(@.nope)', [0]),
  keeps('count()', mixed, 'count(@.*) == 2', [0, 4]),
  keeps('count() counts repeated nodes', mixed, 'count(@[0,0]) == 4', []),
  keeps('value()', mixed, 'value(@.list[?@ > 2]) == 3', [7]),
  keeps('value() of several is nothing', '[[1,1],[1]]', 'value(@[*]) == 1', [1]),
  keeps('match() takes the whole', texts, "match(@, 'abc')", [0]),
  keeps('search() takes a part', texts, "search(@, 'abc')", [0, 1]),
  keeps('a dot is no line end', texts, "match(@, 'a.c')", [0, 3]),
  keeps('an escaped dot is a dot', texts, String.raw`match(@, 'a\\.c')`, [3]),
  keeps('classes of characters', texts, String.raw`match(@, '\\p{Lu}')`, [4]),
  keeps('match() of what is no string', texts, 'match(@, @)', [0, 1, 2, 3, 4, 6, 7]),
  keeps('a pattern that is none matches nothing', texts, "match(@, '(')", []),
  keeps('functions may be negated', texts, "!search(@, 'c')", [4, 5, 7]),
  ...malformed.map((path): PathRow => ['D37: not of RFC 9535', [store('{"k":{"a":1}}')], find(path), rsp('KV_FIND', '"st":4,"tkn":"<T>","m":"path"')]),
]);
