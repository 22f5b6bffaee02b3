import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestServer, type TestClient, type TestServer } from './testServer.ts';

let server: TestServer;
let client: TestClient;
let tkn: string;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  client = await server.connect();
  tkn = await client.newSession();
});

const fill = (text: string) => text.replaceAll('<T>', tkn);
const ask = (request: string) => client.ask(fill(request));
const store = (keys: string) => ask(`{"KV_SET":{"tkn":"<T>","keys":${keys}}}`);

describe('the checks of KV_FIND and KV_UPDATE, in their order', () => {
  const find = (st: number, m = '') => `{"KV_FIND_RSP":{"st":${st},"tkn":null,"m":"${m}"}}`;
  const update = (st: number, m = '') => `{"KV_UPDATE_RSP":{"st":${st},"tkn":null,"m":"${m}"}}`;
  test.each([
    ['{"KV_FIND":{}}', find(101)],
    ['{"KV_FIND":{"tkn":""}}', find(101)],
    ['{"KV_FIND":{"tkn":"7","a":1,"b":2,"c":3,"d":4}}', find(5)],
    ['{"KV_FIND":{"tkn":"7","path":5}}', find(41, 'path')],
    ['{"KV_FIND":{"tkn":"7","path":""}}', find(42, 'path')],
    ['{"KV_FIND":{"tkn":"7","path":"x"}}', find(40, 'rsp')],
    ['{"KV_FIND":{"tkn":"7","path":"x","rsp":null}}', find(41, 'rsp')],
    ['{"KV_FIND":{"tkn":"7","path":"x","rsp":"KV","keys":1}}', find(13, 'rsp')],
    ['{"KV_FIND":{"tkn":"7","path":"x","rsp":"kv","keys":1}}', find(41, 'keys')],
    ['{"KV_FIND":{"tkn":"7","path":"x","rsp":"kv","keys":[],"a":1}}', find(13)],
    ['{"KV_FIND":{"tkn":"7","path":"x","rsp":"kv","a":1,"b":2}}', find(13)],
    [
      '{"KV_FIND":{"tkn":"7","path":"x","rsp":"kv","a":1}}',
      '{"KV_FIND_RSP":{"st":100,"tkn":"7","m":""}}',
    ],
    [
      '{"KV_FIND":{"tkn":"<T>","path":"x","rsp":"kv","a":1}}',
      '{"KV_FIND_RSP":{"st":4,"tkn":"<T>","m":"path"}}',
    ],
    [
      '{"KV_FIND":{"tkn":<T>,"path":"$","rsp":"kv"}}',
      '{"KV_FIND_RSP":{"tkn":"<T>","st":1,"keys":{}}}',
    ],
    ['{"KV_UPDATE":{"key":5}}', update(101)],
    ['{"KV_UPDATE":{"tkn":"7","a":1,"b":2,"c":3,"d":4}}', update(26, 'key')],
    ['{"KV_UPDATE":{"tkn":"7","key":5}}', update(41, 'key')],
    ['{"KV_UPDATE":{"tkn":"7","key":""}}', update(26, 'path')],
    ['{"KV_UPDATE":{"tkn":"7","key":"","path":null}}', update(41, 'path')],
    ['{"KV_UPDATE":{"tkn":"7","key":"","path":""}}', update(42, 'path')],
    ['{"KV_UPDATE":{"tkn":"7","key":"","path":"x","a":1,"b":2}}', update(26, 'value')],
    ['{"KV_UPDATE":{"tkn":"7","key":"","path":"x","value":1,"a":1}}', update(13)],
    [
      '{"KV_UPDATE":{"tkn":"7","key":"","path":"x","value":null}}',
      '{"KV_UPDATE_RSP":{"st":100,"tkn":"7","m":""}}',
    ],
    [
      '{"KV_UPDATE":{"tkn":"<T>","key":"nope","path":"x","value":null}}',
      '{"KV_UPDATE_RSP":{"st":4,"tkn":"<T>","m":"path"}}',
    ],
    [
      '{"KV_UPDATE":{"tkn":"<T>","key":"nope","path":"$","value":null}}',
      '{"KV_UPDATE_RSP":{"tkn":"<T>","st":22,"key":"nope","cnt":0}}',
    ],
  ])('%s', async (request, reply) => {
    expect(await ask(request)).toBe(fill(reply));
  });
});

describe('KV_FIND', () => {
  const cars = '{"b":[{"n":9007199254740993}],"a":[{"n":1.0},{"n":1}],"c":5,"__proto__":{"n":1}}';
  const find = (body: string) => ask(`{"KV_FIND":{"tkn":"<T>",${body}}}`);
  beforeEach(() => store(cars));

  test.each([
    ['"rsp":"keys","path":"$..n"', '"keys":["b","a","__proto__"]'],
    [
      '"rsp":"keys","path":"$..n","keys":["__proto__",5,"a","nope","a"]',
      '"keys":["__proto__","a"]',
    ],
    ['"rsp":"keys","path":"$","keys":[]', '"keys":[]'],
    ['"rsp":"kv","path":"$","keys":[]', '"keys":{}'],
    ['"rsp":"paths","path":"$","keys":[]', '"paths":[]'],
    ['"rsp":"kv","path":"$[?@.n == 1]"', '"keys":{"a":[{"n":1.0},{"n":1}]}'],
    ['"rsp":"kv","path":"$[?@.n > 9007199254740992]"', '"keys":{"b":[{"n":9007199254740993}]}'],
    ['"rsp":"paths","path":"$[0,0].n"', `"paths":["$[0]['n']","$[0]['n']"]`],
    ['"rsp":"paths","path":"$..nope"', '"paths":[]'],
  ])('%s', async (body, found) => {
    expect(await find(body)).toBe(fill(`{"KV_FIND_RSP":{"tkn":"<T>","st":1,${found}}}`));
  });

  test('a path that costs too much is refused, and others are served', async () => {
    await store(`{"wide":[${'1,'.repeat(20_000)}1]}`);
    const other = await server.connect();
    client.socket.send(
      fill('{"KV_FIND":{"tkn":"<T>","rsp":"keys","path":"$[?count($[?@ > 0]) > 5]"}}'),
    );
    expect(await other.ask('{"SH_INFO_ALL":{}}')).toContain('totalSessions');
    expect(await client.next()).toBe(fill('{"KV_FIND_RSP":{"st":4,"tkn":"<T>","m":"path"}}'));
  });
});

describe('KV_UPDATE', () => {
  const old = '{"list":[1.0,{"a":1e400,"it\'s":"x"},[2]],"__proto__":0}';
  const update = (body: string) => ask(`{"KV_UPDATE":{"tkn":"<T>","key":"k",${body}}}`);
  beforeEach(() => store(`{"k":${old}}`));

  test.each([
    ['"path":"$","value":null', 1, 'null'],
    ['"path":"$.list[0]","value":{"b":1.50}', 1, old.replace('1.0', '{"b":1.50}')],
    ['"path":"$.list[1].a","value":"y"', 1, old.replace('1e400', '"y"')],
    ['"path":"$.list[2][0,0]","value":3', 1, old.replace('[2]', '[3]')],
    ['"path":"$[\'__proto__\']","value":[]', 1, old.replace(':0', ':[]')],
    ['"path":"$.list[*]","value":7', 3, '{"list":[7,7,7],"__proto__":0}'],
    ['"path":"$..*","value":7', 8, '{"list":7,"__proto__":7}'],
    ['"path":"$.list[2,0]","value":[]', 2, old.replace('1.0', '[]').replace('[2]', '[]')],
    ['"path":"$.list[?@.a > 1e399].a","value":0', 1, old.replace('1e400', '0')],
    ['"path":"$.nope","value":1', 0, old],
    ['"path":"$.list.length","value":1', 0, old],
    ['"path":"$.list[9]","value":1', 0, old],
  ])('%s', async (body, count, value) => {
    const reply = `{"KV_UPDATE_RSP":{"tkn":"<T>","st":1,"key":"k","cnt":${count}}}`;
    expect(await update(body)).toBe(fill(reply));
    expect(await ask('{"KV_GET":{"tkn":"<T>","keys":["k"]}}')).toBe(
      fill(`{"KV_GET_RSP":{"tkn":"<T>","keys":{"k":${value}}}}`),
    );
  });

  test('a value grows to 1022 levels and no deeper', async () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(await update(`"path":"$.list[2]","value":${nested(1021)}`)).toBe(
      '{"KV_UPDATE_RSP":{"st":42,"tkn":null,"m":"value"}}',
    );
    expect(await update(`"path":"$.list[2]","value":${nested(1020)}`)).toContain('"cnt":1');
  });

  test('a value grows to 64 MiB and no further', async () => {
    await store(`{"k":[${'0,'.repeat(99)}0]}`);
    const big = 'x'.repeat(700_000);
    expect(await update(`"path":"$[*]","value":"${big}"`)).toBe(
      '{"KV_UPDATE_RSP":{"st":42,"tkn":null,"m":"value"}}',
    );
    expect(await ask('{"KV_FIND":{"tkn":"<T>","rsp":"paths","path":"$[?@ != 0]"}}')).toContain(
      '"paths":[]',
    );
    expect(await update(`"path":"$[:90]","value":"${big}"`)).toContain('"cnt":90');
  });
});
