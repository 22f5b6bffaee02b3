import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { catalog, commandNames } from '../../protocol/commands/catalog.ts';
import { savingTo, startTestServer, type TestClient, type TestServer } from './testServer.ts';

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

describe('every example of the catalog', () => {
  test.each(commandNames)('%s answers what the catalog says', async (name) => {
    const root = mkdtempSync(path.join(tmpdir(), 'seshdeck-test-'));
    const alone = await startTestServer([], {}, savingTo(root));
    const peer = await alone.connect();
    const token = await peer.newSession();
    const { given = [], request, reply } = catalog[name].example;
    const real = (text: string) => text.replaceAll('{{tkn}}', token);
    for (const each of given) await peer.ask(real(each));
    peer.socket.send(real(request));
    if (reply === null) {
      expect(await peer.ask(`{"SH_OPEN":{}}`)).toContain('SH_OPEN_RSP');
    } else {
      const parts = real(reply).split(/\{\{[^{}]*\}\}/);
      const pattern = parts
        .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
        .join('[^"]+');
      // How long a save takes is up to the disk.
      const timed =
        name === 'SH_SAVE' ? pattern.replace(/(?<="duration":)\d+/, String.raw`\d+`) : pattern;
      // And SV_INFO tells that this server has been given one.
      const own = timed.replace('"persistEnabled":false', '"persistEnabled":true');
      expect(await peer.next()).toMatch(new RegExp(`^${own}$`));
    }
    await alone.stop();
    rmSync(root, { recursive: true });
  });
});

describe('the envelope', () => {
  const err = (st: number) => `{"ERR":{"st":${st},"m":""}}`;
  test.each([
    ['', err(3)],
    ['  ', err(3)],
    ['{"SH_INFO_ALL":{}} x', err(3)],
    ["{'SH_INFO_ALL':{}}", err(3)],
    ['{"SH_INFO_ALL":{},}', err(3)],
    ['// a\n{"SH_INFO_ALL":{}}', err(3)],
    ['{"A":"\\ud800"}', err(3)],
    ['null', err(13)],
    ['[]', err(13)],
    ['"SH_INFO_ALL"', err(13)],
    ['{}', err(13)],
    ['{"A":1,"B":2}', err(11)],
    ['{"SH_INFO_ALL":{},"SH_NEW":{"name":"a"}}', err(11)],
    ['{"NOPE":{}}', '{"NOPE_RSP":{"st":10,"tkn":null,"m":""}}'],
    ['{"sh_info_all":{}}', '{"sh_info_all_RSP":{"st":10,"tkn":null,"m":""}}'],
    ['{"__proto__":{}}', '{"__proto___RSP":{"st":10,"tkn":null,"m":""}}'],
    ['{"toString":5}', '{"toString_RSP":{"st":10,"tkn":null,"m":""}}'],
    ['{"a\\"b":5}', '{"a\\"b_RSP":{"st":10,"tkn":null,"m":""}}'],
    ['{"SH_NEW":[]}', '{"SH_NEW_RSP":{"st":12,"tkn":null,"m":""}}'],
    ['{"SH_NEW":null}', '{"SH_NEW_RSP":{"st":12,"tkn":null,"m":""}}'],
  ])('%s', async (request, reply) => {
    expect(await ask(request)).toBe(reply);
  });

  test('a byte-order mark and white space around the value are skipped', async () => {
    expect(await ask('\ufeff \n{"KV_COUNT":{"tkn":"<T>"}}\t')).toContain('"st":1');
  });

  test('of repeated members the first counts, in the envelope, the body and in keys', async () => {
    await ask('{"KV_SET":{"tkn":"<T>","keys":{"a":1,"a":2},"keys":{"b":1}},"KV_SET":{}}');
    expect(await ask('{"KV_GET":{"tkn":"<T>","keys":["a","b"]}}')).toContain('"a":1,"b":null');
  });

  test('a binary message is refused and the connection lives on', async () => {
    expect(await client.ask(Buffer.from('{"SH_INFO_ALL":{}}'))).toBe(err(2));
    expect(await ask('{"KV_COUNT":{"tkn":"<T>"}}')).toContain('"st":1');
  });

  test('1024 levels are taken, 1025 are not', async () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    const set = (levels: number) => `{"KV_SET":{"tkn":"<T>","keys":{"deep":${nested(levels)}}}}`;
    expect(await ask(set(1024 - 3))).toContain('"deep":20');
    expect(await ask(set(1025 - 3))).toBe(err(3));
  });
});

describe('the checks of each command, in their order', () => {
  const syntax = (name: string, m = '') => `{"${name}_RSP":{"st":13,"tkn":null,"m":"${m}"}}`;
  const refusal = (name: string, st: number, m = '') =>
    `{"${name}_RSP":{"st":${st},"tkn":null,"m":"${m}"}}`;
  test.each([
    ['{"SH_NEW":{}}', syntax('SH_NEW')],
    ['{"SH_NEW":{"a":1,"b":2,"c":3,"name":"x"}}', syntax('SH_NEW')],
    ['{"SH_NEW":{"shared":1}}', refusal('SH_NEW', 40, 'name')],
    ['{"SH_NEW":{"name":5}}', refusal('SH_NEW', 41, 'name')],
    ['{"SH_NEW":{"name":""}}', refusal('SH_NEW', 42, 'name')],
    ['{"SH_NEW":{"name":"a","expiry":5,"shared":5}}', syntax('SH_NEW', 'expiry')],
    ['{"SH_NEW":{"name":"a","expiry":{"duration":1}}}', syntax('SH_NEW', 'expiry')],
    ['{"SH_NEW":{"name":"a","shared":null}}', syntax('SH_NEW', 'shared')],
    ['{"SH_OPEN":{}}', syntax('SH_OPEN')],
    ['{"SH_OPEN":{"name":"a","b":1}}', syntax('SH_OPEN')],
    ['{"SH_OPEN":{"b":1}}', refusal('SH_OPEN', 40, 'name')],
    ['{"SH_OPEN":{"name":""}}', refusal('SH_OPEN', 42, 'name')],
    ['{"SH_OPEN":{"name":"nobody"}}', '{"SH_OPEN_RSP":{"st":102,"name":"nobody","tkn":null}}'],
    ['{"SH_INFO":{}}', refusal('SH_INFO', 101)],
    ['{"SH_INFO":{"tkn":"<T>","a":1}}', syntax('SH_INFO')],
    ['{"SH_INFO":{"tkn":"7"}}', '{"SH_INFO_RSP":{"st":100,"tkn":"7","shared":null,"keyCnt":null}}'],
    [
      '{"SH_INFO":{"tkn":"042"}}',
      '{"SH_INFO_RSP":{"st":100,"tkn":"042","shared":null,"keyCnt":null}}',
    ],
    ['{"SH_END":{"tkn":"7"}}', '{"SH_END_RSP":{"st":100,"tkn":"7"}}'],
    ['{"SH_END":{"tkn":1.0}}', refusal('SH_END', 101)],
    ['{"SH_INFO_ALL":{"a":1}}', syntax('SH_INFO_ALL')],
    ['{"KV_SET":{"tkn":5.5}}', refusal('KV_SET', 26, 'keys')],
    ['{"KV_SET":{"keys":[]}}', refusal('KV_SET', 41, 'keys')],
    ['{"KV_SET":{"keys":{}}}', refusal('KV_SET', 101)],
    ['{"KV_SET":{"tkn":"7","keys":{}}}', '{"KV_SET_RSP":{"st":100,"tkn":"7","m":""}}'],
    ['{"KV_SET":{"tkn":"<T>","keys":{}}}', '{"KV_SET_RSP":{"tkn":"<T>","keys":{}}}'],
    ['{"KV_SETQ":{"tkn":"<T>","keys":[]}}', refusal('KV_SETQ', 41, 'keys')],
    ['{"KV_ADDQ":{"tkn":"7","keys":{}}}', '{"KV_ADDQ_RSP":{"st":100,"tkn":"7","m":""}}'],
    ['{"KV_GET":{"tkn":"<T>","keys":{}}}', refusal('KV_GET', 41, 'keys')],
    ['{"KV_GET":{"tkn":"<T>","keys":[]}}', '{"KV_GET_RSP":{"tkn":"<T>","keys":{}}}'],
    ['{"KV_GET":{"tkn":<T>,"keys":[1,"a","a"]}}', '{"KV_GET_RSP":{"tkn":"<T>","keys":{"a":null}}}'],
    ['{"KV_RMV":{"tkn":"<T>","keys":["tkn","a"]}}', '{"KV_RMV_RSP":{"tkn":"<T>","a":22}}'],
    ['{"KV_CLEAR":{"tkn":"<T>","a":1}}', syntax('KV_CLEAR')],
    ['{"KV_COUNT":{"a":1}}', refusal('KV_COUNT', 101)],
    ['{"KV_COUNT":{"tkn":"<T>"}}', '{"KV_COUNT_RSP":{"st":1,"cnt":0,"tkn":"<T>"}}'],
    ['{"SH_EXISTS":{}}', refusal('SH_EXISTS', 26, 'tkns')],
    ['{"SH_EXISTS":{"tkns":"<T>"}}', refusal('SH_EXISTS', 41, 'tkns')],
    ['{"SH_EXISTS":{"tkns":[]}}', '{"SH_EXISTS_RSP":{"st":1,"exist":[]}}'],
    [
      '{"SH_EXISTS":{"tkns":["7",<T>,null,"","<T>",-1],"a":1}}',
      '{"SH_EXISTS_RSP":{"st":1,"exist":["<T>"]}}',
    ],
    ['{"KV_KEYS":{"tkn":""}}', refusal('KV_KEYS', 101)],
    ['{"KV_KEYS":{"tkn":"7"}}', '{"KV_KEYS_RSP":{"st":100,"tkn":"7","m":""}}'],
    ['{"SH_KEYS":{"tkn":"<T>","a":1}}', '{"SH_KEYS_RSP":{"tkn":"<T>","st":1,"keys":[]}}'],
    ['{"KV_CLEAR_SET":{"tkn":5.5}}', refusal('KV_CLEAR_SET', 26, 'keys')],
    ['{"KV_CLEAR_SET":{"keys":[]}}', refusal('KV_CLEAR_SET', 41, 'keys')],
    ['{"KV_CLEAR_SET":{"keys":{}}}', refusal('KV_CLEAR_SET', 101)],
    ['{"KV_CLEAR_SET":{"tkn":"7","keys":{}}}', '{"KV_CLEAR_SET_RSP":{"st":100,"tkn":"7","m":""}}'],
    ['{"KV_ARR_APPEND":{"items":[]}}', refusal('KV_ARR_APPEND', 26, 'key')],
    ['{"KV_ARR_APPEND":{"key":5}}', refusal('KV_ARR_APPEND', 41, 'key')],
    ['{"KV_ARR_APPEND":{"key":"a"}}', refusal('KV_ARR_APPEND', 26, 'items')],
    ['{"KV_ARR_APPEND":{"key":"a","items":{}}}', refusal('KV_ARR_APPEND', 41, 'items')],
    ['{"KV_ARR_APPEND":{"key":"a","items":[],"name":null}}', refusal('KV_ARR_APPEND', 41, 'name')],
    ['{"KV_ARR_APPEND":{"key":"a","items":[]}}', refusal('KV_ARR_APPEND', 101)],
    [
      '{"KV_ARR_APPEND":{"tkn":"<T>","key":"a","items":[]}}',
      '{"KV_ARR_APPEND_RSP":{"tkn":"<T>","st":22}}',
    ],
    [
      '{"SH_NEW":{"name":"a","expiry":{"duration":1,"deleteSession":true,"extendOnGet":1}}}',
      syntax('SH_NEW', 'expiry'),
    ],
  ])('%s', async (request, reply) => {
    expect(await ask(request)).toBe(fill(reply));
  });
});

describe('appending', () => {
  const stored = '{"list":[1.0],"empty":[],"box":{"list":["a"],"no":1},"text":"[]"}';
  const append = (body: string) => ask(`{"KV_ARR_APPEND":{"tkn":"<T>",${body}}}`);
  const get = (key: string) => ask(`{"KV_GET":{"tkn":"<T>","keys":["${key}"]}}`);
  beforeEach(() => ask(`{"KV_SET":{"tkn":"<T>","keys":${stored}}}`));

  test.each([
    ['"key":"list","items":[1.0,[],{"b":1e400}]', 'list', '[1.0,1.0,[],{"b":1e400}]'],
    ['"key":"list","items":[]', 'list', '[1.0]'],
    ['"key":"empty","items":[null]', 'empty', '[null]'],
    ['"key":"box","name":"list","items":["a","b"]', 'box', '{"list":["a","a","b"],"no":1}'],
  ])('%s is done', async (body, key, value) => {
    expect(await append(body)).toBe(fill('{"KV_ARR_APPEND_RSP":{"tkn":"<T>","st":1}}'));
    expect(await get(key)).toBe(fill(`{"KV_GET_RSP":{"tkn":"<T>","keys":{"${key}":${value}}}}`));
  });

  test.each([
    '"key":"box","items":[1]',
    '"key":"text","items":[1]',
    '"key":"list","name":"list","items":[1]',
    '"key":"box","name":"no","items":[1]',
    '"key":"box","name":"__proto__","items":[1]',
  ])('%s addresses no array', async (body) => {
    expect(await append(body)).toBe(fill('{"KV_ARR_APPEND_RSP":{"tkn":"<T>","st":1000}}'));
  });

  test('a value grows to 1022 levels and no deeper', async () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    const refusal = '{"KV_ARR_APPEND_RSP":{"st":42,"tkn":null,"m":"items"}}';
    await ask('{"KV_SET":{"tkn":"<T>","keys":{"box":{"list":[]}}}}');
    expect(await append(`"key":"list","items":[${nested(1021)}]`)).toContain('"st":1}');
    expect(await append(`"key":"box","name":"list","items":[${nested(1021)}]`)).toBe(refusal);
    expect(await append(`"key":"box","name":"list","items":[${nested(1020)}]`)).toContain(
      '"st":1}',
    );
  });
});

test('replacing all keys tells how many went and what was stored', async () => {
  await ask('{"KV_SET":{"tkn":"<T>","keys":{"a":1,"b":2}}}');
  expect(await ask('{"KV_CLEAR_SET":{"tkn":"<T>","keys":{"c":1,"a":2}}}')).toBe(
    fill('{"KV_CLEAR_SET_RSP":{"tkn":"<T>","st":1,"cnt":2,"keys":{"c":20,"a":20}}}'),
  );
  expect(await ask('{"SH_KEYS":{"tkn":"<T>"}}')).toBe(
    fill('{"SH_KEYS_RSP":{"tkn":"<T>","st":1,"keys":["c","a"]}}'),
  );
  expect(await ask('{"KV_CLEAR_SET":{"tkn":"<T>","keys":{}}}')).toBe(
    fill('{"KV_CLEAR_SET_RSP":{"tkn":"<T>","st":1,"cnt":2,"keys":{}}}'),
  );
});

test.each([
  ['0', '"extendOnGet":true', '"extendOnSetAdd":false,"extendOnGet":true'],
  ['60', '"extendOnSetAdd":false', '"extendOnSetAdd":false,"extendOnGet":false'],
])('SH_INFO shows both ways to extend when one was given', async (duration, given, shown) => {
  const expiry = `{"duration":${duration},"deleteSession":true,${given}}`;
  tkn = await client.newSession(`{"name":"a","expiry":${expiry}}`);
  expect(await ask('{"SH_INFO":{"tkn":"<T>"}}')).toContain(`,${shown}}}}`);
});

test('ending all sessions tells how many there were', async () => {
  const alone = await startTestServer();
  const peer = await alone.connect();
  await peer.newSession();
  await peer.newSession('{"name":"defaults","shared":true}');
  expect(await peer.ask('{"SH_END_ALL":{"a":1}}')).toBe('{"SH_END_ALL_RSP":{"st":1,"cnt":2}}');
  expect(await peer.ask('{"SH_END_ALL":{}}')).toBe('{"SH_END_ALL_RSP":{"st":1,"cnt":0}}');
  expect(await peer.ask('{"SH_INFO_ALL":{}}')).toContain('"totalSessions":0,"totalKeys":0');
  await alone.stop();
});

test.each(['10.0', '1e1', '-1', '"10"', '9007199254740992', 'null'])(
  'a duration of %s is refused',
  async (duration) => {
    const request = `{"SH_NEW":{"name":"a","expiry":{"duration":${duration},"deleteSession":true}}}`;
    expect(await ask(request)).toBe('{"SH_NEW_RSP":{"st":13,"tkn":null,"m":"expiry"}}');
  },
);

test('a shared session has one token for its name, living or created anew', async () => {
  const create = '{"SH_NEW":{"name":"shared one","shared":true}}';
  const first = await ask(create);
  const token = /"tkn":"(\d+)"/.exec(first)?.[1] ?? '';
  expect(await ask(create)).toBe(`{"SH_NEW_RSP":{"st":103,"name":"shared one","tkn":"${token}"}}`);
  await ask(`{"SH_END":{"tkn":"${token}"}}`);
  expect(await ask('{"SH_OPEN":{"name":"shared one"}}')).toContain('"st":102');
  expect(await ask(create)).toBe(first);
});

test('keys come back in the order of first storing, whatever their names', async () => {
  await ask('{"KV_SET":{"tkn":"<T>","keys":{"b":1,"__proto__":2,"10":3,"9":4}}}');
  await ask('{"KV_RMV":{"tkn":"<T>","keys":["b"]}}');
  await ask('{"KV_ADD":{"tkn":"<T>","keys":{"b":1,"9":5}}}');
  expect(await ask('{"KV_GET":{"tkn":"<T>","keys":["__proto__","9","b"]}}')).toBe(
    fill('{"KV_GET_RSP":{"tkn":"<T>","keys":{"__proto__":2,"9":4,"b":1}}}'),
  );
});

test('a duration of 0 is no expiry, and a running one is told whole', async () => {
  const withExpiry = (expiry: string) => client.newSession(`{"name":"a","expiry":${expiry}}`);
  const endless = await withExpiry('{"duration":0,"deleteSession":true}');
  expect(await ask(`{"SH_INFO":{"tkn":"${endless}"}}`)).toContain(
    '"expiry":{"expires":false,"duration":0,"time":0,"deleteSession":false}}',
  );
  const running = await withExpiry('{"duration":900,"deleteSession":false,"more":1}');
  expect(await ask(`{"SH_INFO":{"tkn":${running}}}`)).toMatch(
    /"expiry":\{"expires":true,"duration":900,"time":\d{10},"deleteSession":false,"remaining":(?:899|900)\}\}\}$/,
  );
});
