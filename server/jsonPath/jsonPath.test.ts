import { describe, expect, test } from 'vitest';
import { asJsonText } from '../../protocol/json/jsonText.ts';
import { parsePath } from '../../protocol/jsonPath/parsePath.ts';
import { PathSearch } from './pathSearch.ts';
import { TooCostly, WorkBudget, type Work } from './workBudget.ts';

/** Less than the server allows, so that the hostile paths end soon; plenty for the others. */
const testUnits = 150_000_000;

/** Normalised paths of what is selected, or why nothing can be. */
function select(path: string, json: string): readonly string[] | 'malformed' | 'too costly' {
  const query = parsePath(path);
  if (!query) return 'malformed';
  const search = new PathSearch(query, new WorkBudget(testUnits));
  try {
    const paths: string[] = [];
    carriedOut(search.pathsOf(carriedOut(search.nodesOf(asJsonText(json))), paths));
    return paths;
  } catch (error) {
    if (error instanceof TooCostly) return 'too costly';
    throw error;
  }
}

/** Carries work out with no turn for others. */
function carriedOut<T>(work: Work<T>): T {
  for (;;) {
    const slice = work.next();
    if (slice.done) return slice.value;
  }
}

describe('segments and selectors', () => {
  const shop =
    '{"a":{"b":[10,20,{"c":1}],"it\'s":[0]},"list":[{"n":1,"flag":true},{"n":3,"flag":false}]}';
  test.each([
    ['$', ['$']],
    ['$.a.b', ["$['a']['b']"]],
    ['$["a"]["it\'s"][0]', [String.raw`$['a']['it\'s'][0]`]],
    [String.raw`$['a']['it\'s']`, [String.raw`$['a']['it\'s']`]],
    ['$.a.b[-1]', ["$['a']['b'][2]"]],
    ['$.a.b[0:2]', ["$['a']['b'][0]", "$['a']['b'][1]"]],
    ['$.a.b[::-2]', ["$['a']['b'][2]", "$['a']['b'][0]"]],
    ['$.a.b[5:]', []],
    ['$.a.b[0:3:0]', []],
    ['$.a.b[1,0,1]', ["$['a']['b'][1]", "$['a']['b'][0]"]],
    ['$..c', ["$['a']['b'][2]['c']"]],
    ['$..[0]', ["$['a']['b'][0]", String.raw`$['a']['it\'s'][0]`, "$['list'][0]"]],
    ['$.a.*', ["$['a']['b']", String.raw`$['a']['it\'s']`]],
    ['$ .a [ "b" ] [ 1 ]', ["$['a']['b'][1]"]],
    ['$.list[?(@.n > 2)].flag', ["$['list'][1]['flag']"]],
    ['$.list[?@.n > 2 || @.flag == true].n', ["$['list'][0]['n']", "$['list'][1]['n']"]],
    ['$.list[?@.n == $.a.b[2].c]', ["$['list'][0]"]],
    ['$[?@.b]', ["$['a']"]],
    ['$.list.length', []],
    ['$.constructor', []],
    ['$.__proto__', []],
    ['$.list.constructor', []],
    ['$.nope.nope', []],
  ])('%s', (path, paths) => {
    expect(select(path, shop)).toEqual(paths);
  });

  test('a member found by name and among all is one node', () => {
    expect(select('$["a","b","a",*,"b"]', '{"b":1,"a":2,"c":3}')).toEqual([
      "$['a']",
      "$['b']",
      "$['c']",
    ]);
  });

  test('a node comes before its children, children in stored order', () => {
    expect(select('$..*', '{"b":[1],"a":2}')).toEqual(["$['b']", "$['a']", "$['b'][0]"]);
    expect(select('$..x', '{"z":{"x":1},"x":{"x":2}}')).toEqual([
      "$['x']",
      "$['z']['x']",
      "$['x']['x']",
    ]);
  });

  test.each([
    [String.raw`"a\"b"`, `$['a"b']`],
    [String.raw`"a\\b"`, String.raw`$['a\\b']`],
    [String.raw`"a\\\"b"`, String.raw`$['a\\"b']`],
    [String.raw`"\u000b\n"`, String.raw`$['\u000b\n']`],
    ['"__proto__"', "$['__proto__']"],
    ['""', "$['']"],
    [String.raw`"\u0041é😀"`, "$['Aé😀']"],
  ])('the name %s is written as %s', (name, path) => {
    expect(select('$.*', `{${name}:1}`)).toEqual([path]);
    expect(select(path, `{${name}:1}`)).toEqual([path]);
  });
});

describe('malformed paths', () => {
  test.each([
    '',
    'a',
    ' $',
    '$ ',
    '$.',
    '$..',
    '$.a.',
    '$. a',
    '$.1',
    '$.a-b',
    '$[',
    '$[]',
    '$[1',
    '$[01]',
    '$[-0]',
    '$[1.0]',
    '$[9007199254740992]',
    '$[1,]',
    "$['a]",
    String.raw`$['a\"b']`,
    String.raw`$["\ud800"]`,
    '$["\n"]',
    '$[?]',
    '$[?()]',
    '$[?(@.a]',
    '$[?@.a == ]',
    '$[?@.a = 1]',
    '$[?@.a =~ "b"]',
    '$[?@.a + 1 == 2]',
    '$[?@.a^]',
    '$[?true]',
    '$[?1 == 01]',
    '$[?@.* == 1]',
    '$[?@..a == 1]',
    '$[?!@.a == 1]',
    '$[?(@.a) == 1]',
    '$[?count(@.a)]',
    '$[?count(1) == 1]',
    '$[?length(@.*) == 1]',
    '$[?length (@.a) == 1]',
    '$[?match(@.a, "b") == true]',
    '$[?match(@.a)]',
    '$[?nope(@.a)]',
    '$[?@.a and @.b]',
    `$[?${'('.repeat(65)}@.a${')'.repeat(65)}]`,
    `$.${'a'.repeat(65_536)}`,
  ])('%s', (path) => {
    expect(select(path, '{}')).toBe('malformed');
  });
});

describe('comparisons, on an array of values', () => {
  const numbers = '[9007199254740993,9007199254740992,1,1.0,1e400,1e-400,-0,0.5,100E-2,null,"1"]';
  test.each([
    ['$[?@ == 9007199254740993]', [0]],
    ['$[?@ == 1]', [2, 3, 8]],
    ['$[?@ == 1e400]', [4]],
    ['$[?@ > 9007199254740992]', [0, 4]],
    ['$[?@ < 1]', [5, 6, 7]],
    ['$[?@ < 0.5]', [5, 6]],
    ['$[?@ <= 0]', [6]],
    ['$[?@ == 0]', [6]],
    ['$[?@ == 0.50]', [7]],
    ['$[?@ < -1]', []],
    ['$[?@ == null]', [9]],
    ["$[?@ == '1']", [10]],
    ['$[?@ > 1e399]', [4]],
  ])('%s', (path, places) => {
    expect(select(path, numbers)).toEqual(places.map((place) => `$[${place}]`));
  });

  const values =
    '[{"a":null},{"a":false},{"a":0},{"a":""},{"b":1},{"a":[1,{"x":1,"y":2}]},{"a":"\\uff00"},{"a":"😀"}]';
  test.each([
    ['$[?@.a]', [0, 1, 2, 3, 5, 6, 7]],
    ['$[?!@.a]', [4]],
    ['$[?@.a == null]', [0]],
    ['$[?@.a == @.nope]', [4]],
    ['$[?@.a <= @.nope]', [4]],
    ['$[?@.a < @.nope]', []],
    ['$[?@.a != null]', [1, 2, 3, 4, 5, 6, 7]],
    ['$[?@.a == $[5].a]', [5]],
    ['$[?@.a > "\uff00"]', [7]],
    ['$[?@.a < true]', []],
    ['$[?@.a <= false]', [1]],
    ['$[?(@.a == 0 || @.a == "") && !(@.a == 0)]', [3]],
    ['$[? @.b==1||@.a==false&&@.b==1 ]', [4]],
  ])('%s', (path, places) => {
    expect(select(path, values)).toEqual(places.map((place) => `$[${place}]`));
  });

  test('arrays and objects are equal by their parts, members in any order', () => {
    const json = '[{"x":1,"y":[2]},{"y":[2.0],"x":1},{"x":1},[1],{"x":1,"y":[3]}]';
    expect(select('$[?@ == $[0]]', json)).toEqual(['$[0]', '$[1]']);
  });
});

describe('functions and .length', () => {
  const values = '[["a","b"],"ab","😀",{"length":7},{"x":1,"y":2},5,null,{"list":[1,2,3]}]';
  test.each([
    ['$[?length(@) == 2]', [0, 1, 4]],
    ['$[?length(@) == 1]', [2, 3, 7]],
    ['$[?@.length == 2]', [0, 1]],
    ["$[?@['length'] == 7]", [3]],
    ['$[?@.length == 1]', [2]],
    ['$[?@.length]', [0, 1, 2, 3]],
    ['$[?@..length]', [3]],
    ['$[?@.list.length >= 3]', [7]],
    ['$[?@.list[?@.length]]', []],
    ['$[?count(@.*) == 3]', []],
    ['$[?count(@.list[*]) == 3]', [7]],
    ['$[?count(@.list[0,0]) == 2]', [7]],
    ['$[?value(@.list[?@ > 2]) == 3]', [7]],
    ['$[?value(@.list[*]) == 3]', []],
    ['$[?length(@.nope) == length(@.none)]', [0, 1, 2, 3, 4, 5, 6, 7]],
  ])('%s', (path, places) => {
    expect(select(path, values)).toEqual(places.map((place) => `$[${place}]`));
  });

  const texts = '["abc","xabcx","a\\nc","a.c","A",5,"a\\rc","a\\u2028c"]';
  test.each([
    ['$[?match(@, "abc")]', [0]],
    ['$[?search(@, "abc")]', [0, 1]],
    ['$[?match(@, "a.c")]', [0, 3, 7]],
    [String.raw`$[?match(@, "a\\.c")]`, [3]],
    ['$[?match(@, "a[.]c")]', [3]],
    [String.raw`$[?match(@, '\\p{Lu}')]`, [4]],
    ['$[?!match(@, "a.*") && !search(@, "x")]', [2, 4, 5, 6]],
    ['$[?match(@, "(")]', []],
    ['$[?match(@, 5)]', []],
    ['$[?search(@, $[3])]', [0, 1, 3, 7]],
  ])('%s', (path, places) => {
    expect(select(path, texts)).toEqual(places.map((place) => `$[${place}]`));
  });
});

describe('costly paths', () => {
  const wide = `[${Array.from({ length: 20_000 }, (_, index) => index).join(',')}]`;
  const deep = '['.repeat(1022) + ']'.repeat(1022);

  test.each([
    ['$[?count($[?count($[*]) > 0]) > 0]', wide],
    ['$..[?@..[?@..[?@..*]]]', deep],
    ['$..[?$..[?$..[?$..*]]]', deep],
    [
      `$[?count(@${'[0,0,0,0,0,0,0,0,0,0]'.repeat(8)}) == 0]`,
      `[${'['.repeat(9)}1${']'.repeat(9)}]`,
    ],
    ['$[?match(@, "(a?){300}a{300}")]', `["${'a'.repeat(100_000)}"]`],
  ])('%s is given up', (path, json) => {
    expect(select(path, json)).toBe('too costly');
  });

  test('the work is put aside again and again, so that others have their turn', () => {
    const query = parsePath('$[?count($[?@ > 0]) > 5]');
    const work = query && new PathSearch(query, new WorkBudget()).nodesOf(asJsonText(wide));
    for (let slice = 0; slice < 10; slice += 1) expect(work?.next().done).toBe(false);
  });

  test.each([
    ['$..*', deep, 1021],
    ['$[?match(@, "(a+)+b")]', `["${'a'.repeat(10_000)}"]`, 0],
    ['$[?@ >= 10000]', wide, 10_000],
    [`$${'[0,0,0,0,0,0,0,0,0,0]'.repeat(8)}`, `${'['.repeat(9)}1${']'.repeat(9)}`, 1],
  ])('%s is carried out', (path, json, count) => {
    expect(select(path, json)).toHaveLength(count);
  });

  test('ordinary searches of two megabytes are carried out', () => {
    const item = (index: number) => `{"id":${index},"name":"item ${index}","tags":["a","b"]}`;
    const items = `[${Array.from({ length: 40_000 }, (_, index) => item(index)).join(',')}]`;
    expect(items.length).toBeGreaterThan(1_900_000);
    expect(select('$[?@.id == 39999].name', items)).toEqual(["$[39999]['name']"]);
  });
});
