import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { storesWithCluster } from '../stores.ts';
import { FakeClock } from '../fakeClock.ts';
import { savingTo, startTestServer, type TestClient, type TestServer } from '../testServer.ts';
import { RowRun } from './rowRun.ts';
import { sections } from './sections.ts';

const clock = new FakeClock();
let root: string;
let server: TestServer;
let client: TestClient;
let run: RowRun;

/** Asked after each request, so that silence and second replies show. No row asks this. */
const lastRequest = '{"the end of a row":{}}';
const lastReply = '{"the end of a row_RSP":{"st":10,"tkn":null,"m":""}}';

/** @returns All that comes before the end of the row. */
async function ask(request: string | Buffer): Promise<string> {
  client.socket.send(request);
  client.socket.send(lastRequest);
  const replies: string[] = [];
  for (let reply = await client.next(); reply !== lastReply; reply = await client.next()) {
    replies.push(reply);
  }
  return replies.join(' and ');
}

const clip = (text: string) => (text.length > 120 ? `${text.slice(0, 120)}…` : text);

describe.each(storesWithCluster)('with %s', (_engine, deps) => {
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
    run = await RowRun.begin(clock, ask);
  });

  describe.each(sections)('$heading', ({ rows }) => {
    test.each(rows.map((row) => [row.rule, clip(String(row.send)), row] as const))(
      '%s: %s',
      async (_rule, _send, row) => {
        const reply = await run.reply(row);
        expect(reply).toBe(run.fill(row.expect));
      },
    );
  });
});
