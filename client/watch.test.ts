import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { clientOf, type TestedClient } from '../test/client/clientOf.ts';
import { FakeClock } from '../test/server/fakeClock.ts';
import { startProxied, type Proxy } from '../test/client/proxy.ts';
import { ScriptedServer } from '../test/client/scriptedServer.ts';
import { startTestServer, type TestServer } from '../test/server/testServer.ts';
import type { SocketClass } from './socket.ts';
import type { SessionChange } from './watch.ts';

/** As the server of a test reads it from its file. */
const inspectionKey = 'a key of sixteen characters or more';

let server: TestServer;
let proxy: Proxy;
let serverClock: FakeClock;
const open: TestedClient[] = [];

beforeEach(async () => {
  serverClock = new FakeClock();
  const flags = ['--inspect-key-file', 'key'];
  const proxied = await startProxied(1, flags, { clock: serverClock });
  server = proxied.server;
  [proxy] = proxied.proxies as [Proxy];
});

afterEach(async () => {
  await Promise.all(open.splice(0).map(({ client }) => client.close()));
  await proxy.stop();
  await server.stop();
});

function connectTo(key?: string) {
  const options = key === undefined ? {} : { inspectionKey: key };
  const tested = clientOf(`ws://127.0.0.1:${server.port}`, options);
  open.push(tested);
  return tested.client;
}

/** A watch of a new session, by a way that can be cut, with its first change taken; and the session without that. */
async function watched(keys: Readonly<Record<string, unknown>>, socketClass?: SocketClass) {
  const { token } = await connectTo().newSession({ name: 'cart' });
  const session = connectTo().session(token);
  await session.set(keys);
  const tested = clientOf(proxy.url, { inspectionKey, WebSocket: socketClass ?? WebSocket });
  open.push(tested);
  const stop = new AbortController();
  const changes = tested.client.session(token).watch({ signal: stop.signal });
  expect(await next(changes)).toEqual({ type: 'keys', isWhole: true, changed: keys, removed: [] });
  return { session, stop, changes, clock: tested.clock };
}

/** The next change; the server sends as its clock advances, and a watch connects again as that of its client does. */
async function next(
  changes: AsyncGenerator<SessionChange, void>,
  clock?: FakeClock,
): Promise<SessionChange | void> {
  let result: IteratorResult<SessionChange, void> | undefined;
  const waiting = changes.next().then((found) => (result = found));
  while (result === undefined) {
    serverClock.advance(50);
    clock?.advance(50);
    const turn = new Promise((resolve) => {
      setImmediate(resolve);
    });
    await Promise.race([waiting, turn]);
  }
  return (await waiting).value;
}

test('a watch shows what is there, then each change, then the end', async () => {
  const db = connectTo(inspectionKey);
  const session = await db.newSession({ name: 'cart' });
  const large = 'x'.repeat(70_000);
  await session.set({ qty: 1, big: 14247375118774737462n });
  const changes = session.watch();
  const big = expect.objectContaining({ text: '14247375118774737462' });
  const first = { type: 'keys', isWhole: true, changed: { qty: 1, big }, removed: [] };
  expect(await next(changes)).toEqual(first);

  const other = connectTo().session(session.token);
  await other.set({ qty: 2 });
  await other.remove(['big']);
  const second = { type: 'keys', isWhole: false, changed: { qty: 2 }, removed: ['big'] };
  expect(await next(changes)).toEqual(second);

  // A long value is fetched, and comes as soon as it is there.
  await other.set({ large });
  const found: Record<string, unknown> = {};
  while (!('large' in found)) {
    const change = await next(changes);
    if (change?.type === 'keys') Object.assign(found, change.changed);
  }
  expect(found).toEqual({ large });

  await other.end();
  expect(await next(changes)).toEqual({ type: 'ended' });
  expect(await next(changes)).toBeUndefined();
});

test('a session that does not exist has ended', async () => {
  const changes = connectTo(inspectionKey).session('7').watch();
  expect(await next(changes)).toEqual({ type: 'ended' });
});

test.each([
  [undefined, 'watch needs an inspectionKey in connect'],
  ['another key of sixteen characters', 'The inspection key was refused by 127.0.0.1:'],
])('with the key %s it says why it cannot be', async (key, message) => {
  const changes = connectTo(key).session('7').watch();
  await expect(next(changes)).rejects.toThrow(message);
});

test('it ends with its signal', async () => {
  const db = connectTo(inspectionKey);
  const session = await db.newSession({ name: 'cart' });
  const stop = new AbortController();
  const changes = session.watch({ signal: stop.signal });
  await next(changes);
  stop.abort(new Error('Enough'));
  await expect(next(changes)).rejects.toThrow('Enough');
});

test('after a lost connection it gives all that is there then, and each change from then on', async () => {
  const { session, changes, clock } = await watched({ qty: 1, old: 1 });
  await session.set({ note: 'seen by nobody' });
  proxy.cut();
  await session.set({ qty: 2 });
  await session.remove(['old', 'note']);
  const whole = { type: 'keys', isWhole: true, changed: { qty: 2 }, removed: [] };
  expect(await next(changes, clock)).toEqual(whole);
  await session.set({ qty: 3 });
  const change = { type: 'keys', isWhole: false, changed: { qty: 3 }, removed: [] };
  expect(await next(changes, clock)).toEqual(change);
});

test('it ends when its session has ended while the connection was lost', async () => {
  const { session, changes, clock } = await watched({ qty: 1 });
  proxy.cut();
  await session.end();
  expect(await next(changes, clock)).toEqual({ type: 'ended' });
});

test('it waits for a server that is away, until its signal', async () => {
  const { stop, changes, clock } = await watched({ qty: 1 });
  await proxy.stop();
  const waiting = next(changes, clock);
  stop.abort(new Error('Enough'));
  await expect(waiting).rejects.toThrow('Enough');
});

/** A WebSocket with what browsers have: nobody learns why it was not opened. */
class BrowserSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly #socket: WebSocket;

  constructor(
    url: string,
    protocols?: string[],
    { isClosedUnopened } = { isClosedUnopened: true },
  ) {
    let isKnown = isClosedUnopened;
    this.#socket = new WebSocket(url, protocols);
    this.#socket.onopen = () => {
      isKnown = true;
      this.onopen?.();
    };
    this.#socket.onmessage = ({ data }) => this.onmessage?.({ data });
    this.#socket.onclose = ({ code, reason }) => {
      if (isKnown) this.onclose?.({ code, reason });
    };
    this.#socket.onerror = () => this.onerror?.();
  }

  send(text: string): void {
    this.#socket.send(text);
  }

  close(code?: number): void {
    this.#socket.close(code);
  }
}

/** As that of Node 22: when it is not opened, there is an error and nothing else. */
class NodeSocket extends BrowserSocket {
  constructor(url: string, protocols?: string[]) {
    super(url, protocols, { isClosedUnopened: false });
  }
}

test.each([
  ['browsers', BrowserSocket],
  ['Node 22', NodeSocket],
] as const)('with the socket of %s a key that was never right is said to be', async (...row) => {
  const tested = clientOf(proxy.url, { inspectionKey: 'wrong', WebSocket: row[1] });
  open.push(tested);
  const expected = `${proxy.host} is ready, and refuses the inspection socket: the key may be wrong`;
  await expect(next(tested.client.session('7').watch())).rejects.toThrow(expected);
});

test.each([
  ['ws', WebSocket, 'The inspection key was refused by HOST with HTTP 401'],
  ['Node 22', NodeSocket, 'HOST is ready, and refuses the inspection socket'],
  ['browsers', BrowserSocket, 'HOST is ready, and refuses the inspection socket'],
] as const)('with the socket of %s it ends when its key is refused', async (...row) => {
  const [, socketClass, message] = row;
  const { changes, clock } = await watched({ qty: 1 }, socketClass);
  const flags = ['--allow-host', proxy.host, '--inspect-keys', 'keys.json'];
  const another = await startTestServer(flags, { clock: serverClock });
  proxy.targetPort = another.port;
  proxy.cut();
  const expected = message.replace('HOST', proxy.host);
  await expect(next(changes, clock)).rejects.toThrow(expected);
  await another.stop();
});

test('it waits for a server that has no room', async () => {
  const { session, changes, clock } = await watched({ qty: 1 });
  const before = proxy.targetPort;
  let refused = 0;
  const full = createServer((tcp) => {
    refused += 1;
    if (refused === 3) proxy.targetPort = before;
    tcp.on('error', () => undefined).end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
  }).listen(0, '127.0.0.1');
  await once(full, 'listening');
  proxy.targetPort = (full.address() as AddressInfo).port;
  proxy.cut();
  await session.set({ qty: 2 });
  const whole = { type: 'keys', isWhole: true, changed: { qty: 2 }, removed: [] };
  expect(await next(changes, clock)).toEqual(whole);
  expect(refused).toBeGreaterThanOrEqual(3);
  full.close();
});

test('a server that takes the key away ends it with an error', async () => {
  const scripted = await ScriptedServer.start(() => scripted.closeAll(1008));
  const tested = clientOf(scripted.url, { inspectionKey });
  open.push(tested);
  const changes = tested.client.session('7').watch();
  await expect(next(changes)).rejects.toThrow('The watch was refused: As the test wants');
  await scripted.stop();
});
