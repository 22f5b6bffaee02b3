import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTokenSource } from '../../server/store/tokenSource.ts';
import { FakeClock } from './fakeClock.ts';
import { storesWithCluster } from './stores.ts';
import { startTestServer, type TestClient, type TestServer } from './testServer.ts';

const servers: TestServer[] = [];
const clients: TestClient[] = [];

beforeAll(async () => {
  for (const [, deps] of storesWithCluster) {
    const server = await startTestServer([], { clock: new FakeClock(), ...deps });
    servers.push(server);
    clients.push(await server.connect());
  }
});
afterAll(() => Promise.all(servers.map((server) => server.stop())));

const names = ['red', 'green', 'blue'];
const tokens = createTokenSource();
const tkn = fc.constantFrom(...names).map((name) => `"tkn":"${tokens.sharedToken(name)}"`);
const keys = fc.constantFrom('"a":1', '"b":[1]', '"a":2,"c":3');
const name = fc.constantFrom(...names);
const request = fc.oneof(
  { arbitrary: name.map((each) => `{"SH_NEW":{"name":"${each}","shared":true}}`), weight: 2 },
  name.map((each) => `{"SH_OPEN":{"name":"${each}"}}`),
  tkn.map((each) => `{"SH_END":{${each}}}`),
  tkn.map((each) => `{"SH_EXISTS":{"tkns":[${each.slice(6)}]}}`),
  {
    arbitrary: fc.tuple(tkn, keys).map(([each, set]) => `{"KV_SET":{${each},"keys":{${set}}}}`),
    weight: 4,
  },
  fc.tuple(tkn, keys).map(([each, set]) => `{"KV_SETQ":{${each},"keys":{${set}}}}`),
  tkn.map((each) => `{"KV_GET":{${each},"keys":["a","b"]}}`),
  tkn.map((each) => `{"KV_RMV":{${each},"keys":["a"]}}`),
  tkn.map((each) => `{"KV_UPDATE":{${each},"key":"b","path":"$[0]","value":9}}`),
  tkn.map((each) => `{"KV_FIND":{${each},"path":"$","rsp":"keys"}}`),
  fc.constantFrom('{"SH_INFO_ALL":{}}', '{"SH_END_ALL":{}}', 'no JSON', '{"SH\\u005fINFO_ALL":{}}'),
);

test('requests sent without waiting are answered as if each had waited for the one before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 20, maxLength: 80 }), async (requests) => {
      const [ofMemory, ...ofOthers] = await Promise.all(
        clients.map(async (client) => {
          await client.ask('{"SH_END_ALL":{}}');
          for (const text of requests) client.socket.send(text);
          client.socket.send('{"the end":{}}');
          const replies: string[] = [];
          while (!replies.at(-1)?.includes('the end')) replies.push(await client.next());
          return replies;
        }),
      );
      for (const replies of ofOthers) expect(replies).toEqual(ofMemory);
    }),
    { numRuns: 30 },
  );
});
