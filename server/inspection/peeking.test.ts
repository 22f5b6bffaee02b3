import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Token } from '../../protocol/token.ts';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { Inspector } from '../../test/server/inspectorClient.ts';
import { idOf } from '../../test/server/memoryStore.ts';
import { storesWithCluster } from '../../test/server/stores.ts';
import { startTestServer, type TestClient, type TestServer } from '../../test/server/testServer.ts';

let clock: FakeClock;
let server: TestServer;
let client: TestClient;

const set = (tkn: string, keys: string) => client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":${keys}}}`);

async function peek(token: string) {
  const { inspector } = await Inspector.start(server, clock);
  inspector.ask({ type: 'peek', token });
  const peeked = await inspector.next('peeked');
  inspector.terminate();
  return peeked;
}

describe.each(storesWithCluster)('peeking, with %s', (_name, deps) => {
  beforeEach(async () => {
    clock = new FakeClock();
    server = await startTestServer([], { clock, ...deps });
    client = await server.connect();
  });

  afterEach(async () => {
    await server.stop();
  });

  test('gives the first keys of a session whose token the client has, with types and beginnings', async () => {
    await client.newSession('{"name":"other"}');
    const tkn = await client.newSession('{"name":"mine"}');
    await set(tkn, `{"a":1,"b":{"x":"${'y'.repeat(100)}"}}`);
    expect(await peek(tkn)).toMatchObject({
      token: tkn,
      isLiving: true,
      session: { id: idOf(tkn as Token), name: 'mine', keyCount: 2 },
      keys: [
        { key: 'a', type: 'number', preview: '1' },
        { key: 'b', type: 'object', preview: `{"x":"${'y'.repeat(54)}` },
      ],
    });
  });

  test('gives nothing of a session whose token the client does not have', async () => {
    const tkn = await client.newSession('{"name":"other"}');
    for (const token of ['14247375118774737462', '', tkn.slice(1)]) {
      const peeked = await peek(token);
      expect(peeked).toEqual({ type: 'peeked', token, isLiving: false });
    }
  });

  test('moves no deadline', async () => {
    const expiry = '{"duration":60,"deleteSession":true,"extendOnSetAdd":true,"extendOnGet":true}';
    const tkn = await client.newSession(`{"name":"mine","expiry":${expiry}}`);
    await set(tkn, '{"a":1}');
    clock.advance(59_000);
    await peek(tkn);
    clock.advance(2000);
    expect(await client.ask(`{"SH_EXISTS":{"tkns":["${tkn}"]}}`)).not.toContain(`"${tkn}"`);
  });
});
