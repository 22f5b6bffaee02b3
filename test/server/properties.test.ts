import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { written } from './writtenJson.ts';
import { savingTo, startTestServer, TestClient, type TestServer } from './testServer.ts';

let server: TestServer;
let client: TestClient;
let tkn: string;
let root: string;

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'seshdeck-test-'));
  server = await startTestServer(['--max-payload', '4096'], {}, savingTo(root));
  client = await server.connect();
  tkn = await client.newSession();
});
afterAll(async () => {
  await server.stop();
  rmSync(root, { recursive: true });
});

/** Compact JSON text of any value: numbers of any spelling, members in any order. */
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('null', 'true', 'false', '-0', '1.50', '1e400', '14247375118774737462', '0.0'),
    fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
    fc.array(tie('json'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
    fc
      .uniqueArray(fc.string(), { maxLength: 4 })
      .chain((names) =>
        fc.tuple(...names.map((name) => tie('json').map((value) => [name, value] as const))),
      )
      .map((members) => {
        const texts = members.map(([name, value]) => `${JSON.stringify(name)}:${value}`);
        return `{${texts.join(',')}}`;
      }),
  ),
}));

test('any JSON value that KV_SET stores comes back from KV_GET as the same text', async () => {
  await fc.assert(
    fc.asyncProperty(json, fc.string({ unit: 'grapheme' }), async (value, name) => {
      fc.pre(value.length < 3000);
      const key = JSON.stringify(name);
      const stored = await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{${key}: ${value} }}}`);
      expect(stored).toMatch(/:2[01]\}\}\}$/);
      const found = await client.ask(`{"KV_GET":{"tkn":"${tkn}","keys":[${key}]}}`);
      expect(found).toBe(`{"KV_GET_RSP":{"tkn":"${tkn}","keys":{${key}:${value}}}}`);
    }),
    { numRuns: 300 },
  );
});

test('whatever its spelling, JSON comes back without white space and repeated members, else as sent', async () => {
  await fc.assert(
    fc.asyncProperty(written, async ({ sent, kept }) => {
      fc.pre(Buffer.byteLength(sent) < 3500);
      await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"k":${sent}}}}`);
      const found = await client.ask(`{"KV_GET":{"tkn":"${tkn}","keys":["k"]}}`);
      expect(found).toBe(`{"KV_GET_RSP":{"tkn":"${tkn}","keys":{"k":${kept}}}}`);
    }),
    { numRuns: 400 },
  );
});

test('half of a surrogate pair is refused wherever it stands, and nothing is stored', async () => {
  const half = fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => `\\u${unit.toString(16)}`);
  const place = fc.constantFrom(
    (text: string) => `"${text}"`,
    (text: string) => `["a${text}b"]`,
    (text: string) => `{"${text}":1}`,
    (text: string) => `{"a":1,"a":"${text}x"}`,
  );
  await fc.assert(
    fc.asyncProperty(half, place, async (text, put) => {
      const reply = await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"half":${put(text)}}}}`);
      expect(reply).toBe('{"ERR":{"st":3,"m":""}}');
      expect(await client.ask(`{"KV_CONTAINS":{"tkn":"${tkn}","keys":["half"]}}`)).toContain(
        '"half":false',
      );
    }),
    { numRuns: 200 },
  );
});

test('values nested up to 1021 levels are stored, deeper ones are refused', async () => {
  const levels = fc.oneof(fc.integer({ min: 1, max: 1100 }), fc.integer({ min: 1018, max: 1024 }));
  await fc.assert(
    fc.asyncProperty(levels, async (count) => {
      const value = '['.repeat(count) + ']'.repeat(count);
      const reply = await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"deep":${value}}}}`);
      if (count > 1021) expect(reply).toBe('{"ERR":{"st":3,"m":""}}');
      else expect(reply).toMatch(/"deep":2[01]/);
    }),
  );
});

/** Messages from hopeless to nearly right. */
const message = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
  fc.json().map((text) => Buffer.from(text)),
  fc
    .tuple(fc.constantFrom('SH_NEW', 'SH_INFO', 'SH_OPEN', 'KV_SET', 'KV_GET', 'KV_RMV'), fc.json())
    .map(([name, body]) => Buffer.from(`{"${name}":${body}}`)),
  fc
    .tuple(fc.constantFrom('tkn', 'keys', 'name', 'expiry', 'shared'), fc.json())
    .map(([name, value]) => Buffer.from(`{"KV_SET":{"keys":{},"tkn":"1","${name}":${value}}}`)),
  fc
    .tuple(
      fc.constantFrom('SH_SAVE', 'SH_LOAD'),
      fc.oneof(fc.constant('"a"'), fc.json()),
      fc.json(),
    )
    .map(([command, name, tkns]) => Buffer.from(`{"${command}":{"name":${name},"tkns":${tkns}}}`)),
  fc.integer({ min: 4000, max: 5000 }).map((size) => Buffer.alloc(size, ' ')),
);

test('any bytes get one reply or the documented end, and the server lives', async () => {
  await fc.assert(
    fc.asyncProperty(message, fc.boolean(), async (bytes, isBinary) => {
      const own = await TestClient.open(`ws://127.0.0.1:${server.port}`);
      own.socket.send(bytes, { binary: isBinary });
      const end = await Promise.race([own.next(), own.closed]);
      const isText = Buffer.from(bytes.toString()).equals(bytes);
      if (bytes.length > 4096) expect(end).toBe(1009);
      else if (isBinary) expect(end).toBe('{"ERR":{"st":2,"m":""}}');
      else if (!isText) expect(end).toBe(1007);
      else expect(end).toMatch(/^\{"(?:ERR|.*_RSP)":\{(?:"name":".*",)?"st":\d+,.*\}\}$/s);
      expect(own.unread).toBe(0);
      own.socket.terminate();
      expect(await client.ask('{"SH_INFO_ALL":{}}')).toContain('totalSessions');
    }),
    { numRuns: 300 },
  );
});
