import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { stores } from '../stores.ts';
import { FakeClock } from '../fakeClock.ts';
import { savingTo, startTestServer, type TestClient, type TestServer } from '../testServer.ts';
import type { Row } from './row.ts';
import { sections } from './sections.ts';

const clock = new FakeClock();
let root: string;
let server: TestServer;
let client: TestClient;
let tokens: Map<string, string>;

const place = /<(?<token>[A-Z])>|<now(?:\+(?<seconds>\d+))?>/g;

/** Puts in what is known only now. */
function fill(text: string): string {
  return text.replaceAll(place, (_, token: string | undefined, seconds: string | undefined) => {
    if (token !== undefined) return tokens.get(token) ?? `no token ${token}`;
    return String(Math.floor(clock.nowMs() / 1000) + Number(seconds ?? 0));
  });
}

/** Asked after each request, so that silence and second replies show. No row asks this. */
const lastRequest = '{"the end of a row":{}}';
const lastReply = '{"the end of a row_RSP":{"st":10,"tkn":null,"m":""}}';

/** Sends a request. @returns All that comes before the end of the row. */
async function replyTo(request: string | Buffer): Promise<string> {
  client.socket.send(typeof request === 'string' ? fill(request) : request);
  client.socket.send(lastRequest);
  const replies: string[] = [];
  for (let reply = await client.next(); reply !== lastReply; reply = await client.next()) {
    replies.push(reply);
  }
  return replies.join(' and ');
}

async function prepare(line: string): Promise<void> {
  const [, seconds] = /^wait ([\d.]+)$/.exec(line) ?? [];
  if (seconds !== undefined) {
    // Not by the timers: every look must find the session expired, sweep or no sweep (D14, D40).
    clock.advanceWithoutTimers(Number(seconds) * 1000);
    return;
  }
  const [, name, request = line] = /^([A-Z]) = (.*)$/s.exec(line) ?? [];
  const reply = await replyTo(request);
  if (name !== undefined) tokens.set(name, /"tkn":"(\d+)"/.exec(reply)?.[1] ?? 'none');
}

async function replyToRow({ given, send, expect: wanted }: Row): Promise<string> {
  for (const line of given) await prepare(line);
  const reply = await replyTo(send);
  return wanted.includes('<?>') ? reply.replace(/"tkn":"[1-9]\d{0,19}"/, '"tkn":"<?>"') : reply;
}

const clip = (text: string) => (text.length > 120 ? `${text.slice(0, 120)}…` : text);

describe.each(stores)('with %s', (_engine, deps) => {
  beforeAll(async () => {
    root = mkdtempSync(path.join(tmpdir(), 'seshdeck-test-'));
    server = await startTestServer([], { clock, ...deps }, savingTo(root));
    client = await server.connect();
  });
  afterAll(async () => {
    await server.stop();
    rmSync(root, { recursive: true });
  });

  beforeEach(async () => {
    // Each row starts on a full second, wherever the waits of the last one led.
    clock.advanceWithoutTimers(1000 - (clock.nowMs() % 1000));
    await client.ask('{"SH_END_ALL":{}}');
    tokens = new Map([['T', await client.newSession()]]);
  });

  describe.each(sections)('$heading', ({ rows }) => {
    test.each(rows.map((row) => [row.rule, clip(String(row.send)), row] as const))(
      '%s: %s',
      async (_rule, _send, row) => {
        const reply = await replyToRow(row);
        expect(reply).toBe(fill(row.expect));
      },
    );
  });
});
