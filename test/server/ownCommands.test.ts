import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestClient, type TestServer } from './testServer.ts';
import { written } from './writtenJson.ts';

let server: TestServer;
let clients: TestClient[];
let client: TestClient;
let tkn: string;

beforeAll(async () => {
  server = await startTestServer();
  clients = await Promise.all(Array.from({ length: 4 }, () => server.connect()));
  [client] = clients as [TestClient];
  tkn = await client.newSession();
});
afterAll(() => server.stop());

const set = (key: string, value: string) =>
  client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"${key}":${value}}}}`);

/** Up to 101 digits, the ends of the range more often than not. */
const limit = 10n ** 100n;
const whole = fc.oneof(
  fc.bigInt({ min: -limit, max: limit }),
  fc.bigInt({ min: -20n, max: 20n }),
  fc.bigInt({ min: limit - 5n, max: limit }),
  fc.bigInt({ min: -limit, max: 5n - limit }),
  fc.bigInt({ min: 2n ** 53n - 5n, max: 2n ** 53n + 5n }),
);
const isTooLong = (number: bigint) => number >= limit || number <= -limit;

test('KV_INCR adds exactly as BigInt does, up to 100 digits', async () => {
  await fc.assert(
    fc.asyncProperty(whole, whole, async (start, by) => {
      await set('n', String(start));
      const reply = await client.ask(`{"KV_INCR":{"tkn":"${tkn}","key":"n","by":${by}}}`);
      const isRefused = isTooLong(start) || isTooLong(by) || isTooLong(start + by);
      const wanted = isRefused
        ? '"st":42,"tkn":null,"m":"by"'
        : `"tkn":"${tkn}","st":1,"key":"n","value":${start + by}`;
      expect(reply).toBe(`{"KV_INCR_RSP":{${wanted}}}`);
      const found = await client.ask(`{"KV_GET":{"tkn":"${tkn}","keys":["n"]}}`);
      expect(found).toContain(`"n":${isRefused ? start : start + by}}`);
    }),
    { numRuns: 300 },
  );
});

test('KV_CAS stores when the old value is the same text but for white space, and else says what is there', async () => {
  await fc.assert(
    fc.asyncProperty(written, written, fc.boolean(), async (there, other, isSame) => {
      fc.pre(there.sent.length + other.sent.length < 100_000);
      await set('k', there.sent);
      const old = isSame ? there : other;
      const swap = `{"KV_CAS":{"tkn":"${tkn}","key":"k","old":${old.sent},"value":${other.sent}}}`;
      const isSwapped = old.kept === there.kept;
      const more = isSwapped ? '"st":21,"key":"k"' : `"st":28,"key":"k","value":${there.kept}`;
      expect(await client.ask(swap)).toBe(`{"KV_CAS_RSP":{"tkn":"${tkn}",${more}}}`);
      const found = await client.ask(`{"KV_GET":{"tkn":"${tkn}","keys":["k"]}}`);
      expect(found).toContain(`{"k":${isSwapped ? other.kept : there.kept}}`);
    }),
    { numRuns: 300 },
  );
});

/** Each client sends one request after the other, all clients at the same time. */
async function askAll(requestsOf: (at: number) => readonly string[]): Promise<string[]> {
  const replies = clients.map(async (each, at) => {
    const own: string[] = [];
    for (const request of requestsOf(at)) own.push(await each.ask(request));
    return own;
  });
  return (await Promise.all(replies)).flat();
}

const codes = ['a', 'b', 'c', 'd'];

test('of several clients that take the same keys each gets a value once', async () => {
  const questions = fc.array(fc.array(fc.subarray(codes), { maxLength: 4 }), {
    minLength: 4,
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(questions, async (lists) => {
      for (const code of codes) await set(code, `"value of ${code}"`);
      const replies = await askAll((at) =>
        (lists[at] ?? []).map(
          (keys) => `{"KV_TAKE":{"tkn":"${tkn}","keys":${JSON.stringify(keys)}}}`,
        ),
      );
      const got = replies.flatMap((reply) => reply.match(/value of ./g) ?? []);
      const asked = [...new Set(lists.flat(2))].map((code) => `value of ${code}`);
      expect(got.toSorted()).toEqual(asked.toSorted());
    }),
    { numRuns: 50 },
  );
});

test('of several clients that count at once no count is lost', async () => {
  const count = `{"KV_INCR":{"tkn":"${tkn}","key":"hits"}}`;
  const replies = await askAll(() => Array.from({ length: 100 }, () => count));
  const sums = replies.map((reply) => /"value":(\d+)/.exec(reply)?.[1]);
  expect(new Set(sums).size).toBe(400);
  expect(await client.ask(count)).toContain('"value":401}');
});
