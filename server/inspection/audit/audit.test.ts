import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AuditEntry } from '../../../protocol/inspection/audit.ts';
import { fullRights, type Rights } from '../../../protocol/inspection/rights.ts';
import type { Token } from '../../../protocol/token.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { Inspector } from '../../../test/server/inspectorClient.ts';
import { idOf } from '../../../test/server/memoryStore.ts';
import { startTestServer, type TestServer } from '../../../test/server/testServer.ts';
import { createLog } from '../../log.ts';
import { AuditList, maxAuditEntries, type Audited } from './auditList.ts';

let clock: FakeClock;
let server: TestServer;
let lines: string[];
const inspectors: Inspector[] = [];

const keys: Readonly<Record<string, Rights>> = {
  support: { may: ['look'], prefix: '' },
  operations: fullRights,
};

beforeEach(async () => {
  clock = new FakeClock();
  lines = [];
  const log = createLog({ level: 'info', write: (line) => lines.push(line), nowMs: () => 0 });
  server = await startTestServer(['--inspect-keys', 'keys.json'], { clock, log });
  server.server.renewInspectionKeys(
    Object.entries(keys).map(([name, rights]) => {
      return { name, sha256: createHash('sha256').update(secretOf(name)).digest('hex'), rights };
    }),
  );
});
afterEach(async () => {
  for (const inspector of inspectors.splice(0)) inspector.terminate();
  await server.stop();
});

const secretOf = (name: string) => `the key of ${name}`;

async function open(name: string): Promise<Inspector> {
  const inspector = await Inspector.openWithKey(server, secretOf(name));
  inspectors.push(inspector);
  await inspector.next('hello');
  clock.advance(0);
  await inspector.next('sessions');
  return inspector;
}

/** The list as it is, without what is the same for all entries. */
async function audited(inspector: Inspector): Promise<Partial<AuditEntry>[]> {
  inspector.ask({ type: 'audit', number: 5 });
  inspector.ask({ type: 'cut', connection: 999, reason: '' });
  let event = await inspector.nextOfAny();
  while (event.type !== 'audited') {
    if (event.type === 'cut') clock.advance(0);
    event = await inspector.nextOfAny();
  }
  return event.entries.map(
    ({ number: _number, atMs: _atMs, address: _address, ...entry }) => entry,
  );
}

test('what inspectors reveal, change, end, cut and are refused is listed with the name of the key', async () => {
  const client = await server.connect();
  const [tkn, next] = [await client.newSession(), await client.newSession()];
  const [session, ended] = [idOf(tkn as Token), idOf(next as Token)];
  const operations = await open('operations');
  operations.ask({ type: 'reveal', id: session });
  await operations.next('token');
  operations.ask({ type: 'reveal', id: 'nope' });
  await operations.next('token');
  const act = (message: string, id: string) => {
    operations.ask({ type: 'act', number: 1, session: id, message });
    return operations.next('acted');
  };
  await act('{"KV_SET":{"keys":{"a":"secret"}}}', session);
  await act('{"KV_GET":{"keys":["a"]}}', session);
  await act('{"SH_END":{}}', ended);
  const other = await server.connect();
  operations.ask({ type: 'cut', connection: 3, reason: '' });
  await operations.next('cut');
  await other.closed;
  const support = await open('support');
  const message = '{"KV_SET":{"keys":{"a":1}}}';
  for (let time = 0; time < 3; time += 1) {
    support.ask({ type: 'act', number: 1, session, message });
    await support.next('refused');
  }
  const headers = { Authorization: `Bearer ${secretOf('support')}` };
  await fetch(`${server.url}/inspect/backup`, { headers });
  headers.Authorization = `Bearer ${secretOf('operations')}`;
  await (await fetch(`${server.url}/inspect/backup`, { headers })).arrayBuffer();
  expect(await audited(operations)).toEqual([
    { key: 'operations', action: 'reveal', session },
    { key: 'operations', action: 'change', command: 'KV_SET', session },
    { key: 'operations', action: 'end', command: 'SH_END', session: ended, status: 1 },
    { key: 'operations', action: 'cut', connection: 3 },
    { key: 'support', action: 'refused', command: 'KV_SET', session, right: 'change', times: 3 },
    { key: 'support', action: 'refused', request: 'backup', right: 'values' },
    { key: 'operations', action: 'backup' },
  ]);
  const log = lines.filter((line) => line.includes('Audit: ')).join('\n');
  expect(log.split('\n')).toHaveLength(7);
  expect(log).toContain(`Audit: operations (127.0.0.1) revealed the token of session ${session}`);
  for (const secret of [tkn, 'secret', secretOf('operations')]) expect(log).not.toContain(secret);
});

test('what is new comes as it happens', async () => {
  const operations = await open('operations');
  expect(await audited(operations)).toEqual([]);
  const support = await open('support');
  support.ask({ type: 'audit', number: 1 });
  expect(await support.next('refused')).toMatchObject({ request: 'audit', right: 'audit' });
  expect(await operations.next('audited')).toMatchObject({
    number: 5,
    entries: [{ number: 1, key: 'support', action: 'refused', request: 'audit' }],
    dropped: 0,
  });
});

test('so many entries are kept, the newest; a refusal that comes again and again is one', () => {
  const list = new AuditList({
    clock,
    log: createLog({ level: 'silent', write: () => {}, nowMs: () => 0 }),
  });
  const refused: Audited = { key: 'a', action: 'refused', request: 'cut', right: 'end' };
  for (let index = 0; index < maxAuditEntries + 5; index += 1) {
    list.note({ key: 'a', action: 'cut', connection: index });
  }
  for (let index = 0; index < 10; index += 1) list.note(refused);
  expect(list.entries).toHaveLength(maxAuditEntries);
  expect(list.dropped).toBe(6);
  expect(list.entries[0]).toMatchObject({ number: 7, connection: 6 });
  expect(list.entries.at(-1)).toMatchObject({ action: 'refused', times: 10 });
});
