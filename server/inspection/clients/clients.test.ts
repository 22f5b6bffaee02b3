import { afterEach, beforeEach, expect, test } from 'vitest';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { Inspector } from '../../../test/server/inspectorClient.ts';
import {
  startTestServer,
  type TestClient,
  type TestServer,
} from '../../../test/server/testServer.ts';
import { tableMs } from './clientTable.ts';

let clock: FakeClock;
let server: TestServer;
let client: TestClient;
let inspector: Inspector;
const lines: string[] = [];

beforeEach(async () => {
  clock = new FakeClock();
  lines.length = 0;
  const note = (line: string) => lines.push(line);
  const log = { debug: note, info: note, warn: note, error: note };
  server = await startTestServer([], { clock, log });
  client = await server.connect();
  ({ inspector } = await Inspector.start(server, clock));
});
afterEach(async () => {
  inspector.terminate();
  await server.stop();
});

async function table() {
  await inspector.handled();
  clock.advance(0);
  return inspector.next('clients');
}

test('an inspector sees the clients, not itself, and what they ask', async () => {
  inspector.ask({ type: 'clients', number: 3 });
  const { number, connections, changed } = await table();
  expect([number, connections]).toEqual([3, [1]]);
  expect(changed).toMatchObject([
    { connection: 1, address: '127.0.0.1', commands: 0, inFlight: 0 },
  ]);
  await client.ask('{"SV_INFO":{}}');
  clock.advance(tableMs);
  expect((await inspector.next('clients')).changed).toMatchObject([
    { connection: 1, commands: 1, command: 'SV_INFO' },
  ]);
  inspector.ask({ type: 'unclients' });
  await inspector.handled();
  await client.ask('{"SV_INFO":{}}');
  clock.advance(3 * tableMs);
  await inspector.handled();
  expect(inspector.unread).toBe(0);
});

test.each([
  ['', 'Closed by an operator'],
  ['maintenance', 'maintenance'],
  ['two\nlines \u202e and ä', 'two lines and'],
  ['x'.repeat(200), 'x'.repeat(40)],
])('a client can be cut off, and gets the reason: %j', async (reason, said) => {
  const closed = new Promise((resolve) => {
    client.socket.on('close', (code, text) => resolve([code, text.toString()]));
  });
  inspector.ask({ type: 'cut', connection: 1, reason });
  expect(await inspector.next('cut')).toMatchObject({ connection: 1, wasOpen: true });
  expect(await closed).toEqual([1008, said]);
  expect(lines.join('\n')).toContain(`An inspector at 127.0.0.1 closed connection 1: ${said}`);
});

test('others stay, and a number that is none cuts nobody', async () => {
  const other = await server.connect();
  inspector.ask({ type: 'cut', connection: 1, reason: '' });
  await inspector.next('cut');
  await client.closed;
  for (const connection of [0, 1, 99]) {
    inspector.ask({ type: 'cut', connection, reason: '' });
    expect(await inspector.next('cut')).toMatchObject({ connection, wasOpen: false });
  }
  expect(await other.ask('{"SV_INFO":{}}')).toContain('"st":1');
});
