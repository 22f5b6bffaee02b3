import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commandNames, type CommandName } from '../../../protocol/commands/catalog.ts';
import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import {
  fullRights,
  rightNames,
  type Right,
  type Rights,
} from '../../../protocol/inspection/rights.ts';
import type { Token } from '../../../protocol/token.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { inspectionExamples } from '../../../test/server/inspectionExamples.ts';
import { Inspector } from '../../../test/server/inspectorClient.ts';
import { idOf } from '../../../test/server/memoryStore.ts';
import {
  startTestServer,
  type TestClient,
  type TestServer,
} from '../../../test/server/testServer.ts';
import { commandNeeds } from './commands.ts';
import { whyRefused } from './door.ts';

let clock: FakeClock;
let server: TestServer;
let client: TestClient;
let inspector: Inspector;
let token: string;
let id: string;

beforeEach(async () => {
  clock = new FakeClock();
  server = await startTestServer(['--inspect-keys', 'keys.json'], { clock });
  client = await server.connect();
  token = await client.newSession('{"name":"shop-1"}');
  id = idOf(token as Token);
  await client.ask(`{"KV_SET":{"tkn":"${token}","keys":{"k":"secret"}}}`);
  allow(fullRights);
  inspector = await Inspector.openWithKey(server, secret);
});
afterEach(async () => {
  inspector.terminate();
  await server.stop();
});

const secret = 'the key of support';

function allow(rights: Rights): void {
  const sha256 = createHash('sha256').update(secret).digest('hex');
  server.server.renewInspectionKeys([{ name: 'support', sha256, rights }]);
}

let marks = 1_000;

/** What comes after the request, until the server has dealt with it. */
async function answersTo(request: InspectionRequest): Promise<InspectionEvent[]> {
  marks += 1;
  inspector.ask(request);
  inspector.ask({ type: 'cut', connection: marks, reason: '' });
  const events: InspectionEvent[] = [];
  for (;;) {
    const event = await inspector.nextOfAny();
    if ('connection' in event && event.connection === marks) return events;
    events.push(event);
  }
}

const refusalIn = (events: readonly InspectionEvent[]) =>
  events.find((event) => event.type === 'refused');

const without = (right: Right): Rights => ({
  may: rightNames.filter((each) => each !== right),
  prefix: '',
});

describe.each(rightNames)('without the right to %s', (right) => {
  test('every request that needs it is refused over the socket, and no other', async () => {
    allow(without(right));
    for (const request of Object.values(inspectionExamples({ id, token, key: 'k' }))) {
      // By its command: see below.
      if (request.type === 'act') continue;
      const refusal = refusalIn(await answersTo(request));
      const expected = whyRefused(request, without(right)) && { request: request.type, right };
      if (expected) expect(refusal).toMatchObject(expected);
      else expect([request.type, refusal]).toEqual([request.type, undefined]);
    }
  });

  test('so is every command', async () => {
    allow(without(right));
    for (const name of commandNames) {
      const message = `{"${name}":{}}`;
      const events = await answersTo({ type: 'act', number: 5, session: id, message });
      const isRefused = commandNeeds[name].rights.includes(right);
      const expected = isRefused
        ? { type: 'refused', right, number: 5 }
        : { type: 'acted', number: 5 };
      expect([name, events]).toEqual([
        name,
        expect.arrayContaining([expect.objectContaining(expected)]),
      ]);
    }
  });
});

test('a command that is refused changes nothing', async () => {
  allow(without('change'));
  const message = '{"KV_SET":{"keys":{"k":1}}}';
  await answersTo({ type: 'act', number: 1, session: id, message });
  expect(await client.ask(`{"KV_GET":{"tkn":"${token}","keys":["k"]}}`)).toContain('"secret"');
});

test('without the right to see values, none is in any event', async () => {
  allow(without('values'));
  const seen: InspectionEvent[] = [];
  for (const request of Object.values(inspectionExamples({ id, token, key: 'k' }))) {
    if (request.type.startsWith('un')) continue;
    seen.push(...(await answersTo(request)));
  }
  const readers = ['KV_GET', 'KV_TAKE', 'KV_FIND', 'KV_CAS'] satisfies CommandName[];
  for (const name of readers) {
    const message = `{"${name}":{"keys":["k"],"key":"k","path":"$","old":1,"value":2}}`;
    seen.push(...(await answersTo({ type: 'act', number: 1, session: id, message })));
  }
  await client.ask(`{"KV_SET":{"tkn":"${token}","keys":{"k":"secret"}}}`);
  const types = () => new Set(seen.map(({ type }) => type));
  // Frames come one after the other, some over several turns.
  for (let step = 0; step < 16 || (step < 100 && !types().has('streamed')); step += 1) {
    clock.advance(step % 4 === 3 ? 1_000 : 0);
    seen.push(...(await answersTo({ type: 'unclients' })));
  }
  expect([...types()]).toEqual(expect.arrayContaining(['keys', 'streamed', 'rows', 'refused']));
  expect(JSON.stringify(seen)).not.toContain('secret');
});

test('other rights count at once: what is watched stays as far as it may, or ends and says why', async () => {
  await answersTo({ type: 'watch', id });
  await answersTo({ type: 'clients', number: 7 });
  clock.advance(0);
  const before = await answersTo({ type: 'unstream' });
  expect(JSON.stringify(before)).toContain('secret');
  allow({ may: ['look', 'end'], prefix: '' });
  const changed = await answersTo({ type: 'unstream' });
  expect(changed[0]).toEqual({ type: 'rights', may: ['look', 'end'], prefix: '' });
  clock.advance(0);
  const after = await answersTo({ type: 'unstream' });
  expect(after.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['sessions', 'keys', 'clients']),
  );
  expect(JSON.stringify(after)).not.toContain('secret');
  allow({ may: ['end'], prefix: '' });
  const ended = await answersTo({ type: 'unstream' });
  expect(ended).toEqual([
    { type: 'rights', may: ['end'], prefix: '' },
    expect.objectContaining({ type: 'refused', request: 'watch', id, right: 'look' }),
    expect.objectContaining({ type: 'refused', request: 'clients', number: 7, right: 'look' }),
  ]);
  clock.advance(2_000);
  expect(await answersTo({ type: 'unstream' })).toEqual([]);
});
