import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalog, commandNames } from '../../protocol/commands/catalog.ts';
import { createDispatch } from '../../server/commands/dispatch.ts';
import { FakeClock } from './fakeClock.ts';
import { createMemoryStore } from './memoryStore.ts';
import { noDataSets } from './noDataSets.ts';
import { startTestServer, type TestServer } from './testServer.ts';

const changing = commandNames.filter((name) => catalog[name].isMutating);

describe('a read-only server with data', () => {
  let root: string;
  let server: TestServer;
  let tkn: string;

  beforeAll(async () => {
    root = mkdtempSync(path.join(tmpdir(), 'seshdeck-test-'));
    const before = await startTestServer(['--data', root]);
    const client = await before.connect();
    tkn = await client.newSession();
    await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"a":1}}}`);
    await before.stop();
    server = await startTestServer(['--data', root, '--read-only']);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(root, { recursive: true });
  });

  test.each(changing)('%s is answered with 902 and changes nothing', async (name) => {
    const client = await server.connect();
    const request = catalog[name].example.request.replaceAll(/\{\{.*?\}\}/g, tkn);
    expect(await client.ask(request)).toBe(`{"${name}_RSP":{"st":902,"tkn":null,"m":""}}`);
    const all = await client.ask('{"SH_INFO_ALL":{}}');
    expect(all).toContain('"totalSessions":1,"totalKeys":1');
    expect(await client.ask(`{"KV_GET":{"tkn":"${tkn}","keys":["a"]}}`)).toContain('"a":1');
  });

  test('a faulty command is answered with its fault', async () => {
    const client = await server.connect();
    expect(await client.ask('{"KV_SET":{"tkn":"7"}}')).toContain('"st":26');
  });

  test('/healthz says so', async () => {
    const health = await fetch(`${server.url}/healthz`);
    expect(await health.json()).toMatchObject({ state: 'ready', readOnly: true });
  });
});

describe('what reads a session that reading extends', () => {
  const clock = new FakeClock();
  const store = createMemoryStore({ clock });
  const parts = {
    store,
    facts: { serverVersion: '0', persistEnabled: false },
    dataSets: noDataSets,
  };
  const open = createDispatch(parts);
  const readOnly = createDispatch(parts, { isReadOnly: true });
  const made =
    '{"SH_NEW":{"name":"demo","expiry":{"duration":100,"deleteSession":true,"extendOnGet":true}}}';
  const many = Array.from({ length: 6_000 }, (_, index) => `"key ${index}"`).join(',');

  test.each([
    ['one key', '"a"'],
    ['as many keys as are read in steps', many],
  ])('%s: extends it, on a read-only server not', async (_name, keys) => {
    const tkn = /"tkn":"(\d+)"/.exec((await open(made, 1)) ?? '')?.[1];
    const get = `{"KV_GET":{"tkn":"${tkn}","keys":[${keys}]}}`;
    const remaining = async () =>
      /"remaining":(\d+)/.exec((await open(`{"SH_INFO":{"tkn":"${tkn}"}}`, 1)) ?? '')?.[1];
    clock.advance(10_000);
    expect(await readOnly(get, 1)).toContain('"keys":{');
    expect(await remaining()).toBe('90');
    await open(get, 1);
    expect(await remaining()).toBe('100');
  });
});
