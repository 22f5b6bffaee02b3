import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import { fullRights } from '../../../protocol/inspection/rights.ts';
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

const secret = 'the key of the shop';

let clock: FakeClock;
let server: TestServer;
let client: TestClient;
let inspector: Inspector;
/** Of a session that the key is for, and of another. */
let own: string;
let other: string;

function allow(prefix: string): void {
  const sha256 = createHash('sha256').update(secret).digest('hex');
  const rights = { ...fullRights, prefix };
  server.server.renewInspectionKeys([{ name: 'shop', sha256, rights }]);
}

async function newSession(name: string, value: string): Promise<string> {
  const token = await client.newSession(`{"name":"${name}"}`);
  await client.ask(`{"KV_SET":{"tkn":"${token}","keys":{"k":"${value}"}}}`);
  return token;
}

let marks = 1_000;

/** What comes until the server has dealt with the requests, and had time. */
async function eventsAfter(...requests: InspectionRequest[]): Promise<InspectionEvent[]> {
  const events: InspectionEvent[] = [];
  for (const request of requests) inspector.ask(request);
  // Frames come one after the other, some over several turns.
  for (let step = 0; step < 16; step += 1) {
    marks += 1;
    inspector.ask({ type: 'cut', connection: marks, reason: '' });
    for (;;) {
      const event = await inspector.nextOfAny();
      if ('connection' in event && event.connection === marks) break;
      events.push(event);
    }
    clock.advance(step % 4 === 3 ? 1_000 : 0);
  }
  return events;
}

const eventOf = (events: readonly InspectionEvent[], type: InspectionEvent['type']) =>
  events.findLast((event) => event.type === type);

const all = (token: string) =>
  Object.values(inspectionExamples({ id: idOf(token as Token), token, key: 'k' })).filter(
    ({ type }) => !type.startsWith('un'),
  );

describe('a key for the sessions of a prefix', () => {
  beforeEach(async () => {
    clock = new FakeClock();
    server = await startTestServer(['--inspect-keys', 'keys.json'], { clock });
    client = await server.connect();
    own = await newSession('shop-1', 'ours');
    other = await newSession('bank-1', 'theirs');
    allow('shop-');
    inspector = await Inspector.openWithKey(server, secret);
  });
  afterEach(async () => {
    inspector.terminate();
    await server.stop();
  });

  test('gets everything about its sessions', async () => {
    const events = await eventsAfter(...all(own));
    expect(eventOf(events, 'keys')).toMatchObject({ changed: [{ key: 'k', value: '"ours"' }] });
    expect(eventOf(events, 'token')).toMatchObject({ token: own });
    expect(eventOf(events, 'value')).toMatchObject({ value: '"ours"' });
    expect(eventOf(events, 'peeked')).toMatchObject({ isLiving: true });
    expect(eventOf(events, 'acted')).toMatchObject({ reply: expect.stringContaining('"cnt":1') });
    expect(eventOf(events, 'rows')).toMatchObject({ matching: 1, all: 1, allKeys: 1 });
    expect(eventOf(events, 'sessions')).toMatchObject({ totalSessions: 1, totalKeys: 1 });
  });

  test('gets nothing about others, whatever it asks', async () => {
    const events = await eventsAfter(...all(other));
    for (const step of [1, 2]) {
      await client.ask(`{"KV_SET":{"tkn":"${other}","keys":{"k":"theirs ${step}"}}}`);
      await newSession(`bank-${step + 1}`, 'theirs');
      events.push(...(await eventsAfter()));
    }
    await client.ask(`{"SH_END":{"tkn":"${other}"}}`);
    events.push(...(await eventsAfter()));
    const text = JSON.stringify(events);
    expect(text).not.toContain('bank');
    expect(text).not.toContain('theirs');
    expect(eventOf(events, 'token')).toMatchObject({ token: null });
    expect(eventOf(events, 'peeked')).toMatchObject({ isLiving: false });
    expect(eventOf(events, 'acted')).toMatchObject({ reply: expect.stringContaining('"st":100') });
    expect(eventOf(events, 'gone')).toMatchObject({ id: idOf(other as Token) });
    expect(eventOf(events, 'rows')).toMatchObject({ all: 1, allKeys: 1 });
    expect(eventOf(events, 'keys')).toBeUndefined();
    expect(eventOf(events, 'streamed')).toBeUndefined();
  });

  test('follows what happens to its sessions, the stream of commands included', async () => {
    await eventsAfter(...all(own));
    const next = await newSession('shop-2', 'ours too');
    await newSession('bank-2', 'theirs');
    const events = await eventsAfter();
    expect(eventOf(events, 'rows')).toMatchObject({ matching: 2, all: 2, allKeys: 2 });
    expect(eventOf(events, 'sessions')).toMatchObject({ totalSessions: 2, totalKeys: 2 });
    const streamed = events.flatMap((event) => (event.type === 'streamed' ? event.entries : []));
    expect(streamed.map(({ command }) => command)).toEqual(['SH_NEW', 'KV_SET']);
    await client.ask(`{"SH_END":{"tkn":"${next}"}}`);
    const ended = await eventsAfter();
    expect(eventOf(ended, 'streamed')).toMatchObject({ entries: [{ command: 'SH_END' }] });
    expect(eventOf(ended, 'rows')).toMatchObject({ matching: 1, all: 1, allKeys: 1 });
  });

  test('follows another prefix as soon as it has one', async () => {
    await eventsAfter(...all(own));
    allow('bank-');
    const events = await eventsAfter();
    expect(events[0]).toMatchObject({ type: 'rights', prefix: 'bank-' });
    expect(eventOf(events, 'sessions')).toMatchObject({ isReset: true, totalSessions: 1 });
    expect(JSON.stringify(events.slice(1))).not.toContain('shop-');
    expect(eventOf(events, 'gone')).toMatchObject({ id: idOf(own as Token) });
  });
});
