import { createServer as createHttpServer } from 'node:http';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { burstOf } from './frames.ts';
import { LoadClient } from './loadClient.ts';

const toClose: { close: () => unknown }[] = [];
afterEach(() => {
  for (const each of toClose.splice(0)) each.close();
});

/** A client of a server that treats messages like that. */
async function clientOf(onMessage: (socket: WebSocket, text: string) => void): Promise<LoadClient> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  toClose.push(server);
  server.on('connection', (socket) => {
    socket.on('message', (data) => onMessage(socket, (data as Buffer).toString()));
  });
  await once(server, 'listening');
  const client = await LoadClient.open((server.address() as AddressInfo).port);
  toClose.push(client);
  return client;
}

const echo = (socket: WebSocket, text: string) => socket.send(text);

/** The port of a server that is no WebSocket server. */
async function portOf(server: Server): Promise<number> {
  toClose.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

test.each([0, 1, 125, 126, 65_535, 65_536, 300_000])(
  'a request of %i bytes arrives, and its reply comes back',
  async (length) => {
    const client = await clientOf(echo);
    const text = 'ü'.repeat(length >> 1) + 'a'.repeat(length % 2);
    expect(await client.ask(text)).toBe(text);
  },
);

test('a reply in several frames is one, with a ping between them', async () => {
  const client = await clientOf((socket, text) => {
    socket.send(text, { fin: false });
    socket.ping();
    socket.send(' and more', { fin: true });
  });
  expect(await client.ask('some')).toBe('some and more');
  expect(await client.ask('again')).toBe('again and more');
});

test('requests are sent in turn until the time is over, and all replies counted', async () => {
  const received: string[] = [];
  const client = await clientOf((socket, text) => {
    received.push(text);
    echo(socket, text);
  });
  const bursts = [burstOf(['a', 'b']), burstOf(['c'])];
  const untilMs = performance.now() + 20;
  const { replies, latencies } = await client.run(bursts, { untilMs });
  expect(replies).toBe(received.length);
  expect(received.slice(0, 3)).toEqual(['a', 'b', 'c']);
  expect(latencies.percentileMs(0.99)).toBeGreaterThan(0);
  expect(await client.ask('after')).toBe('after');
});

test('a reply that begins otherwise ends the run with what came', async () => {
  const client = await clientOf((socket) => socket.send('{"ERR":{"st":3,"m":""}}'));
  const run = client.run([burstOf(['a'])], { untilMs: performance.now(), begins: '{"KV_SET_RSP"' });
  await expect(run).rejects.toThrow(/a reply is another one: {"ERR":{"st":3,"m":""}}$/);
});

test('a connection that the server closes says so, and with which code', async () => {
  const client = await clientOf((socket) => socket.close(1008, 'too many'));
  await expect(client.ask('a')).rejects.toThrow(
    /^ws:.*: the server closed the connection with 1008 "too many"$/,
  );
  await expect(client.ask('a')).rejects.toThrow('1008');
});

test('a server that takes no WebSockets is named with its answer', async () => {
  const port = await portOf(createHttpServer((_, answer) => answer.writeHead(404).end()));
  await expect(LoadClient.open(port)).rejects.toThrow(
    `ws://127.0.0.1:${port}/ does not take WebSockets, it answered "HTTP/1.1 404 Not Found"`,
  );
});

test('a port where nobody listens is an error, also by name', async () => {
  const server = createServer();
  const port = await portOf(server);
  server.close();
  await once(server, 'close');
  await expect(LoadClient.open(port)).rejects.toThrow('ECONNREFUSED');
  await expect(LoadClient.open(new URL(`ws://localhost:${port}`))).rejects.toThrow('ECONNREFUSED');
});

test('a server that speaks without end is no WebSocket server', async () => {
  const talk = (socket: Socket) => {
    socket.on('error', () => undefined);
    socket.write('a'.repeat(20_000));
  };
  const port = await portOf(createServer(talk));
  await expect(LoadClient.open(port)).rejects.toThrow('this is no WebSocket server');
});
