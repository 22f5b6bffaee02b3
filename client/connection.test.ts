import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clientOf, type TestedClient } from '../test/client/clientOf.ts';
import { startProxied, type Proxy } from '../test/client/proxy.ts';
import { ScriptedServer } from '../test/client/scriptedServer.ts';
import type { TestServer } from '../test/server/testServer.ts';
import { NotSentError, OutcomeUnknownError } from './errors.ts';
import type { ConnectOptions } from './options.ts';

let server: TestServer;
let proxy: Proxy;
let second: Proxy;
const open: TestedClient[] = [];

beforeEach(async () => {
  const proxied = await startProxied(2);
  server = proxied.server;
  [proxy, second] = proxied.proxies as [Proxy, Proxy];
});

afterEach(async () => {
  await Promise.all(open.splice(0).map(({ client }) => client.close()));
  await proxy.stop();
  await second.stop();
  await server.stop();
});

function connectTo(addresses: string | readonly string[], options?: ConnectOptions): TestedClient {
  const tested = clientOf(addresses, options);
  open.push(tested);
  return tested;
}

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'It was carried out',
    (error: unknown) => error,
  );

const unknownAfter = (reason: string, mayHaveChanged: boolean) =>
  expect.objectContaining({ name: 'OutcomeUnknownError', reason, mayHaveChanged });
const notSent = (reason: string) => expect.objectContaining({ name: 'NotSentError', reason });

test('calls that are made before there is a connection are sent in their order', async () => {
  const { client } = connectTo(proxy.url);
  const session = client.sharedSession({ name: 'one' });
  const again = client.openSession('one');
  expect((await again)?.token).toBe((await session).token);
});

test('in flight when the connection is cut: the outcome is unknown, and the next call is carried out', async () => {
  const { client, clock, next } = connectTo(proxy.url);
  const session = await client.newSession({ name: 'one' });
  await next('connected');
  proxy.freezeReplies();
  const write = failure(session.set({ a: 1 }));
  const read = failure(session.get(['a']));
  // What the server has carried out is seen by another client.
  const other = connectTo(`ws://127.0.0.1:${server.port}`).client.session(session.token);
  while ((await other.count()) === 0);
  proxy.cut();
  expect(await write).toEqual(unknownAfter('disconnected', true));
  expect(await read).toEqual(unknownAfter('disconnected', false));
  const waiting = session.increment('n');
  const { retryInMs } = await next('disconnected');
  clock.advance(retryInMs);
  expect(await waiting).toBe(1);
});

test('a call that is not sent in time fails as not sent, and is not sent later', async () => {
  await proxy.stop();
  const { client, clock, next } = connectTo(proxy.url, { timeoutMs: 3_000 });
  const tooLate = failure(client.call('SV_INFO', {}));
  const patient = failure(client.call('SV_INFO', {}, { timeoutMs: 4_000 }));
  await next('disconnected');
  clock.advance(2_999);
  clock.advance(1);
  expect(await tooLate).toEqual(notSent('timeout'));
  clock.advance(1_000);
  expect(await patient).toEqual(notSent('timeout'));
});

test('a call without a reply in time is given up, and a silent server with it', async () => {
  const { client, clock, next } = connectTo(proxy.url, { timeoutMs: 3_000 });
  const session = await client.newSession({ name: 'one' });
  await next('connected');
  proxy.freeze();
  const first = failure(session.set({ a: 1 }));
  const second = failure(session.set({ a: 1 }, { timeoutMs: 60_000 }));
  clock.advance(3_000);
  expect(await first).toEqual(unknownAfter('timeout', true));
  expect(await second).toEqual(unknownAfter('disconnected', true));
  const { reason, retryInMs } = await next('disconnected');
  expect(reason).toBe('No reply in time');
  clock.advance(retryInMs);
  expect(await session.count()).toBe(0);
});

test('a call behind one that may take longer is given up alone; its reply is not taken for that of another', async () => {
  const replies: (() => void)[] = [];
  const slow = await ScriptedServer.start((text, socket) => {
    const name = /^\{"(\w+)"/.exec(text)?.[1] ?? '';
    const key = /"key":"(\w+)"/.exec(text)?.[1] ?? '';
    replies.push(() => socket.send(`{"${name}_RSP":{"tkn":"7","st":1,"key":"${key}","value":1}}`));
    if (replies.length === 3) for (const reply of replies) reply();
  });
  const { client, clock, next } = connectTo(slow.url, { timeoutMs: 3_000 });
  await next('connected');
  const session = client.session('7');
  const long = session.call('KV_INCR', { key: 'long' }, { timeoutMs: 60_000 });
  const short = failure(session.call('KV_INCR', { key: 'short' }));
  clock.advance(3_000);
  expect(await short).toEqual(unknownAfter('timeout', true));
  const last = session.call('KV_INCR', { key: 'last' });
  expect((await long).key).toBe('long');
  expect((await last).key).toBe('last');
  await slow.stop();
});

test('an aborted call is not sent when it was waiting, and unknown when it was sent', async () => {
  const { client, next } = connectTo(proxy.url);
  const stop = new AbortController();
  const { signal } = stop;
  const waiting = failure(client.newSession({ name: 'one' }, { signal }));
  stop.abort(new Error('The user left'));
  expect(await waiting).toEqual(notSent('aborted'));
  expect(((await waiting) as Error).cause).toEqual(new Error('The user left'));
  expect(await failure(client.call('SV_INFO', {}, { signal }))).toEqual(notSent('aborted'));

  await next('connected');
  expect((await client.call('SH_INFO_ALL', {})).totalSessions).toBe(0);
  const later = new AbortController();
  const sent = failure(client.newSession({ name: 'one' }, { signal: later.signal }));
  later.abort();
  expect(await sent).toEqual(unknownAfter('aborted', true));
  // It was carried out, and its reply is passed over.
  expect((await client.call('SH_INFO_ALL', {})).totalSessions).toBe(1);
});

test('the queue refuses more bytes than it may hold, not letters, and has room again later', async () => {
  const { client, next } = connectTo(proxy.url, { queue: { bytes: 200 } });
  const name = 'ü'.repeat(40); // A message of 102 bytes and 62 letters.
  const first = failure(client.newSession({ name }));
  expect(await failure(client.newSession({ name }))).toEqual(notSent('queue-full'));
  await next('connected');
  expect(await first).toBe('It was carried out');
  expect(await failure(client.newSession({ name }))).toBe('It was carried out');
});

test('the queue refuses more calls than it may hold, and has room again later', async () => {
  const { client, next } = connectTo(proxy.url, { queue: { max: 3 } });
  const calls = Array.from({ length: 4 }, () => failure(client.call('SV_INFO', {})));
  expect(await calls[3]).toEqual(notSent('queue-full'));
  await next('connected');
  await Promise.all(calls);
  const full = Array.from({ length: 3 }, () => client.call('SV_INFO', {}));
  const refused = failure(client.call('SV_INFO', {}));
  expect(await refused).toEqual(notSent('queue-full'));
  await Promise.all(full);
  expect((await client.call('SV_INFO', {})).st).toBe(1);
});

test('aborted calls leave the queue at once', async () => {
  await proxy.stop();
  const { client } = connectTo(proxy.url, { queue: { max: 2 } });
  for (let round = 0; round < 10; round += 1) {
    const stop = new AbortController();
    const calls = [1, 2].map(() => failure(client.call('SV_INFO', {}, { signal: stop.signal })));
    stop.abort();
    expect(await Promise.all(calls)).toEqual([notSent('aborted'), notSent('aborted')]);
  }
});

test('a message larger than the server takes is refused before it is sent, in bytes', async () => {
  const { client } = connectTo(proxy.url, { maxPayloadBytes: 100 });
  const session = await client.newSession({ name: 'one' });
  const room = 100 - `{"KV_SET":{"tkn":"${session.token}","keys":{"a":""}}}`.length;
  await session.set({ a: 'ü'.repeat(room / 2) });
  expect(await failure(session.set({ a: 'ü'.repeat(room / 2 + 1) }))).toEqual(notSent('too-large'));
});

test('drain waits for replies, refuses new calls, and closes', async () => {
  const { client, next } = connectTo(proxy.url);
  const session = client.newSession({ name: 'one' });
  const drained = client.drain();
  expect(await failure(client.call('SV_INFO', {}))).toEqual(notSent('closed'));
  expect((await session).token).toMatch(/^\d+$/);
  await drained;
  await next('closed');
});

test('the end of an await using drains', async () => {
  let made: Promise<unknown>;
  {
    await using client = clientOf(proxy.url).client;
    made = client.newSession({ name: 'one' });
  }
  expect(await made).toHaveProperty('token');
});

test('close gives up what is waiting and what is in flight, and settles when called again', async () => {
  const { client, next } = connectTo(proxy.url);
  await next('connected');
  proxy.freeze();
  const sent = failure(client.call('SV_INFO', {}));
  proxy.cut();
  const { client: other } = connectTo(proxy.url);
  const waiting = failure(other.newSession({ name: 'one' }));
  await Promise.all([client.close(), client.close(), other.close(), other.drain()]);
  expect(await sent).toBeInstanceOf(OutcomeUnknownError);
  expect(await waiting).toBeInstanceOf(NotSentError);
});

test('with several addresses the next one is used when one is lost', async () => {
  const { client, clock, next } = connectTo([proxy.url, second.url]);
  const session = await client.newSession({ name: 'one' });
  expect((await next('connected')).address).toBe(proxy.url);
  await proxy.stop();
  clock.advance((await next('disconnected')).retryInMs);
  expect((await next('connected')).address).toBe(second.url);
  expect(await session.count()).toBe(0);
  await second.stop();
  clock.advance((await next('disconnected')).retryInMs);
  expect((await next('disconnected')).address).toBe(proxy.url);
});

test('waits double with each round of failures up to the longest, and start again after a reply', async () => {
  await proxy.stop();
  const { client, clock, next } = connectTo(proxy.url, { reconnect: { minMs: 100, maxMs: 500 } });
  const waits: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const { retryInMs } = await next('disconnected');
    waits.push(retryInMs);
    clock.advance(retryInMs);
  }
  expect(waits).toEqual([50, 100, 200, 250, 250]);
  await client.close();
});

test.each([
  [1001, 50],
  [1012, 500],
  [1013, 7_500],
  [1008, 7_500],
])('after close code %i the wait is %i ms', async (code, waitMs) => {
  const scripted = await ScriptedServer.start(() => undefined);
  const { client, next } = connectTo(scripted.url);
  await next('connected');
  scripted.closeAll(code);
  expect(await next('disconnected')).toMatchObject({ code, retryInMs: waitMs });
  await client.close();
  await scripted.stop();
});

test('a server that accepts and closes at once is not asked ever faster', async () => {
  const scripted = await ScriptedServer.start(() => undefined);
  const { client, clock, next } = connectTo(scripted.url);
  const waits: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    await next('connected');
    scripted.closeAll(1001);
    const { retryInMs } = await next('disconnected');
    waits.push(retryInMs);
    clock.advance(retryInMs);
  }
  expect(waits).toEqual([50, 100, 200, 400]);
  await client.close();
  await scripted.stop();
});

test.each([
  'no JSON',
  '[]',
  '{"SV_INFO_RSP":{},"more":{}}',
  '{"KV_GET_RSP":{"tkn":"7","keys":{}}}',
  '{"ERR":{"st":3,"m":""}}',
])('a reply that fits no call ends the connection: %s', async (reply) => {
  const scripted = await ScriptedServer.start((_text, socket) => socket.send(reply));
  const { client, next } = connectTo(scripted.url);
  expect(await failure(client.call('SV_INFO', {}))).toEqual(unknownAfter('disconnected', false));
  expect((await next('disconnected')).reason).toBe('A reply that nothing was asked for');
  await client.close();
  await scripted.stop();
});

test('a server that never finishes the handshake is given up', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as { port: number };
  const { client, clock, next } = connectTo(`ws://127.0.0.1:${port}`, { connectTimeoutMs: 700 });
  await next('connecting');
  clock.advance(700);
  expect((await next('disconnected')).reason).toBe('No connection in time');
  await client.close();
  silent.close();
});
