import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, expectTypeOf, test } from 'vitest';
import { catalog, commandNames, type CommandName } from '../protocol/commands/catalog.ts';
import { readExactValue } from '../protocol/json/exactValue.ts';
import { readMessage } from '../protocol/wire/namedMessage.ts';
import { clientOf } from '../test/client/clientOf.ts';
import { savingTo, startTestServer, type TestServer } from '../test/server/testServer.ts';
import type { Client } from './client.ts';
import { commandFacts } from './commandFacts.ts';
import type { CommandParams, CommandReply, SessionCommand } from './commandTypes.ts';
import { ExactNumber } from './exactNumber.ts';
import type { Json } from './storedText.ts';

const saves = mkdtempSync(join(tmpdir(), 'seshdeck-'));
let server: TestServer;
let db: Client;

beforeAll(async () => {
  server = await startTestServer([], {}, savingTo(saves));
  db = clientOf(`ws://127.0.0.1:${server.port}`).client;
});

afterAll(async () => {
  await db.close();
  await server.stop();
  rmSync(saves, { recursive: true });
});

/** Sends a message of the catalog as an application would. */
async function send(text: string, tkn: string): Promise<unknown> {
  const message = readMessage(text.replaceAll('{{tkn}}', tkn));
  const params = readExactValue(message?.body ?? '', (written) => new ExactNumber(written));
  // Any command with its own parameters.
  return db.call(message?.name as CommandName, params as object);
}

test.each(commandNames)('the example of %s is carried out', async (name) => {
  const { given = [], request, reply } = catalog[name].example;
  const { token } = await db.newSession({ name: 'demo' });
  for (const text of given) await send(text, token);
  const answer = await send(request, token);
  const expected = reply === null ? undefined : readMessage(reply);
  if (expected === undefined) expect(answer).toBeNull();
  else if (commandFacts[name].keyStatuses === 'beside tkn') {
    expect(answer).toEqual({ tkn: token, keys: { colour: 'KeyRemoved', nope: 'KeyNotExist' } });
  } else {
    const names = expected.body.match(/"(\w+)":/g)?.map((member) => member.slice(1, -2)) ?? [];
    expect(names).toEqual(expect.arrayContaining(Object.keys(answer as object)));
  }
});

test('statuses of keys have their names, where the catalog says that there are some', () => {
  const places = commandNames.filter((name) => commandFacts[name].keyStatuses !== 'none');
  expect(places).toEqual(['KV_SET', 'KV_SETQ', 'KV_ADD', 'KV_ADDQ', 'KV_RMV', 'KV_CLEAR_SET']);
});

test('types follow from the catalog', () => {
  type Incr = CommandParams<'KV_INCR'>;
  expectTypeOf<Incr['tkn']>().toEqualTypeOf<string>();
  expectTypeOf<{ tkn: string; key: string }>().toExtend<Incr>();
  expectTypeOf<{ tkn: string }>().not.toExtend<Incr>();
  expectTypeOf<{ name: string }>().toExtend<CommandParams<'SH_NEW'>>();
  expectTypeOf<CommandParams<'KV_FIND'>['rsp']>().toEqualTypeOf<'keys' | 'kv' | 'paths'>();
  expectTypeOf<CommandReply<'KV_GET'>['keys'][string]>().toEqualTypeOf<Json>();
  expectTypeOf<CommandReply<'SH_OPEN'>['tkn']>().toEqualTypeOf<string | null>();
  expectTypeOf<null>().toExtend<CommandReply<'KV_SETQ'>>();
  expectTypeOf<'SH_NEW'>().not.toExtend<SessionCommand>();
  expectTypeOf<'KV_CAS' | 'SH_END'>().toExtend<SessionCommand>();
});
