import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { catalog, commandNames, type CommandName } from '../../protocol/commands/catalog.ts';
import { templateOf } from '../../protocol/wire/template.ts';
import { savingTo, startTestServer, type TestClient, type TestServer } from './testServer.ts';

let root: string;
let server: TestServer;
let client: TestClient;
let tkn: string;

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'seshdeck-test-'));
  server = await startTestServer([], {}, savingTo(root));
  client = await server.connect();
});
afterAll(async () => {
  await server.stop();
  rmSync(root, { recursive: true });
});
beforeEach(async () => {
  await client.ask('{"SH_END_ALL":{}}');
  tkn = await client.newSession();
});

const fill = (text: string) => text.replaceAll('{{tkn}}', tkn);

/** How long a save takes is up to the disk, and a clock runs. */
const isTimed = (name: CommandName) => name === 'SH_SAVE' || name === 'SH_TOUCH';

test.each(commandNames)('the example of %s is answered as the catalog says', async (name) => {
  const { given = [], request, reply } = catalog[name].example;
  for (const each of given) await client.ask(fill(each));
  client.socket.send(fill(request));
  if (reply === null) {
    expect(await client.ask('{"SH_OPEN":{}}')).toContain('SH_OPEN_RSP');
    return;
  }
  const parts = fill(reply).split(/\{\{[^{}]*\}\}/);
  const pattern = parts
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('[^"]+');
  const timed = isTimed(name)
    ? pattern.replaceAll(/(?<="(?:duration|time|remaining)":)\d+/g, String.raw`\d+`)
    : pattern;
  // And SV_INFO says that this server has one.
  const own = timed.replace('"persistEnabled":false', '"persistEnabled":true');
  expect(await client.next()).toMatch(new RegExp(`^${own}$`));
});

test.each(commandNames)('the template of %s can be sent as it is', async (name) => {
  await client.ask('{"SH_NEW":{"name":"defaults","shared":true}}');
  await client.ask(templateOf('SH_SAVE').text);
  client.socket.send(fill(templateOf(name).text));
  if (name.endsWith('Q')) {
    expect(await client.ask('{"SV_INFO":{}}')).toContain('SV_INFO_RSP');
    return;
  }
  const reply = await client.next();
  expect(reply).toContain(`{"${name}_RSP":`);
  // Done, or the key that it names is not there, or not of that value.
  const status = /"st":(\d+)/.exec(reply)?.[1] ?? '1';
  expect(['1', '22', '28', '121', '141']).toContain(status);
});
