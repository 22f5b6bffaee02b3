import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { commandNames } from '../../protocol/commands/catalog.ts';
import { savingTo, startTestServer, type TestClient, type TestServer } from './testServer.ts';

let root: string;
let server: TestServer;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'seshdeck-test-'));
});
afterEach(async () => {
  await server.stop();
  rmSync(root, { recursive: true });
});

async function connectWith(...flags: string[]): Promise<TestClient> {
  server = await startTestServer(flags, {}, savingTo(root));
  return server.connect();
}

describe('a request that would exceed a limit is answered with 903, and one up to it is carried out', () => {
  const newSession = '{"SH_NEW":{"name":"demo"}}';
  const set = (keys: string) => `{"KV_SET":{"tkn":"T","keys":${keys}}}`;
  const save = '{"SH_SAVE":{"name":"demo"}}';

  test.each<[flag: string, value: number, asks: { last: string; beyond: string }]>([
    ['max-sessions', 2, { last: newSession, beyond: newSession }],
    ['max-keys', 2, { last: set('{"a":1,"b":2}'), beyond: set('{"a":1,"c":3}') }],
    [
      'max-memory',
      20_000,
      {
        last: set(`{"a":"${'v'.repeat(9_000)}"}`),
        beyond: set(`{"b":"${'v'.repeat(11_000)}"}`),
      },
    ],
    ['max-saves', 1, { last: save, beyond: save }],
    ['max-save-bytes', 300, { last: save, beyond: save }],
  ])('--%s %i', async (flag, value, { last, beyond }) => {
    const client = await connectWith(`--${flag}`, String(value));
    const tkn = await client.newSession();
    const ask = (request: string) => client.ask(request.replace('"T"', `"${tkn}"`));
    expect(await ask(last)).not.toContain('"m"');
    const name = /^\{"(\w+)"/.exec(beyond)?.[1];
    const refusal = `{"${name}_RSP":{"st":903,"tkn":null,"m":"${flag}"}}`;
    expect([await ask(beyond), await ask(beyond)]).toEqual([refusal, refusal]);
    expect(await ask('{"SH_INFO":{"tkn":"T"}}')).toContain('"st":1,');
  });

  test('a quiet command too', async () => {
    const client = await connectWith('--max-keys', '1');
    const tkn = await client.newSession();
    const reply = await client.ask(`{"KV_SETQ":{"tkn":"${tkn}","keys":{"a":1,"b":2}}}`);
    expect(reply).toBe('{"KV_SETQ_RSP":{"st":903,"tkn":null,"m":"max-keys"}}');
  });

  test('of a save that grows too large nothing is left', async () => {
    const client = await connectWith('--max-save-bytes', '300');
    await client.newSession(`{"name":"${'n'.repeat(300)}"}`);
    expect(await client.ask(save)).toContain('"m":"max-save-bytes"');
    expect(readdirSync(path.join(root, 'demo'))).toEqual([]);
  });
});

test.each([['--max-connections'], ['--max-connections-per-address']])(
  '%s: one more WebSocket is refused',
  async (flag) => {
    const client = await connectWith(flag, '2');
    const second = await server.connect();
    for (const each of [client, second]) await each.ask('{"SV_INFO":{}}');
    await expect(server.connect()).rejects.toThrow('503');
    second.socket.terminate();
    await second.closed;
    // The server learns of it a moment later.
    const third = await vi.waitFor(() => server.connect(), { timeout: 10_000, interval: 5 });
    expect(await third.ask('{"SV_INFO":{}}')).toContain('"st":1');
  },
);

test('a disabled command is answered with 14 before any other check, and the others work', async () => {
  const client = await connectWith('--disable-command=SH_END_ALL', '--disable-command=KV_SETQ');
  for (const [name, body] of [
    ['SH_END_ALL', '{}'],
    ['KV_SETQ', '{"tkn":5}'],
  ]) {
    const refusal = `{"${name}_RSP":{"st":14,"tkn":null,"m":""}}`;
    expect(await client.ask(`{"${name}":${body}}`)).toBe(refusal);
  }
  expect(await client.newSession()).toMatch(/^\d+$/);
});

test('each command can be disabled', async () => {
  const client = await connectWith(...commandNames.map((name) => `--disable-command=${name}`));
  for (const name of commandNames) {
    expect(await client.ask(`{"${name}":{}}`)).toBe(`{"${name}_RSP":{"st":14,"tkn":null,"m":""}}`);
  }
});

test('a command that cannot be disabled because there is none stops the start', async () => {
  server = await startTestServer();
  await expect(startTestServer(['--disable-command=SH_NOPE'])).rejects.toThrow(
    'There is no command SH_NOPE to disable',
  );
});
