import { once } from 'node:events';
import { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSocketPair, type SocketPair } from '../../test/server/socketPair.ts';
import { startTestServer } from '../../test/server/testServer.ts';
import { isShared, shareReads } from './sharedReads.ts';

describe('one socket', () => {
  let pair: SocketPair;
  let peer: Socket;
  let tcp: Socket;

  beforeEach(async () => {
    pair = await openSocketPair();
    ({ peer, tcp } = pair);
  });
  afterEach(() => pair.close());

  test('what comes stands in the shared buffer while it is read', async () => {
    expect(shareReads(tcp)).toBe(true);
    const chunks: [string, boolean][] = [];
    tcp.on('data', (chunk) => chunks.push([chunk.toString(), isShared(chunk)]));
    peer.write('one');
    await once(tcp, 'data');
    peer.write('two');
    await once(tcp, 'data');
    expect(chunks).toEqual([
      ['one', true],
      ['two', true],
    ]);
  });

  test('a socket that is paused again and again gets every byte, in order, and its end', async () => {
    shareReads(tcp);
    const sent = Buffer.from(Array.from({ length: 1_000_000 }, (_, at) => (at * 7) % 251));
    const chunks: Buffer[] = [];
    tcp.on('data', (chunk) => {
      chunks.push(Buffer.from(chunk));
      if (chunks.length % 2 === 0) return;
      tcp.pause();
      setImmediate(() => tcp.resume());
    });
    peer.end(sent);
    await once(tcp, 'end');
    expect(Buffer.concat(chunks).equals(sent)).toBe(true);
  });

  test('a socket that is paused reads on until it holds enough, so that what waits is known', async () => {
    shareReads(tcp);
    let received = 0;
    tcp.on('data', (chunk) => {
      received += chunk.length;
    });
    tcp.pause();
    peer.write(Buffer.alloc(30_000));
    await expect.poll(() => tcp.readableLength).toBe(30_000);
    peer.write(Buffer.alloc(3_000_000));
    await expect.poll(() => tcp.readableLength).toBeGreaterThanOrEqual(tcp.readableHighWaterMark);
    expect(tcp.readableLength).toBeLessThan(300_000);
    tcp.resume();
    await expect.poll(() => received).toBe(3_030_000);
  });

  test('a peer that is gone is noticed', async () => {
    shareReads(tcp);
    tcp.on('data', () => undefined);
    tcp.on('error', () => undefined);
    peer.resetAndDestroy();
    await expect.poll(() => tcp.closed).toBe(true);
  });

  test('what has been read before comes first, and is its own', async () => {
    tcp.unshift(Buffer.from('one'));
    shareReads(tcp);
    const chunks: string[] = [];
    tcp.on('data', (chunk) => chunks.push(chunk.toString()));
    peer.write('two');
    await expect.poll(() => chunks.join(' ')).toBe('one two');
  });

  test('where a part is missing, taken or not there on this system, the socket reads as ever', async () => {
    const symbol = Object.getOwnPropertySymbols(tcp).find(
      ({ description }) => description === 'kBufferCb',
    );
    const refused = [shareReads(tcp, 'win32'), shareReads(new Socket())];
    refused.push(shareReads(Object.assign(new Socket(), { _handle: {} })));
    Object.assign(tcp, { [symbol ?? '']: () => true });
    refused.push(shareReads(tcp));
    Object.assign(tcp, { [symbol ?? '']: null });
    expect(refused).toEqual([false, false, false, false]);
    peer.write('one');
    const [chunk] = (await once(tcp, 'data')) as [Buffer];
    expect([chunk.toString(), isShared(chunk)]).toEqual(['one', false]);
  });
});

/** As clients send it, with a mask of zeros. */
function frame(text: string, first = 0x81): Buffer {
  return Buffer.concat([Buffer.from([first, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);
}

test('thousands of pings, fragments and requests in any pieces are answered in their order', async () => {
  const server = await startTestServer();
  const client = await server.connect();
  const { _socket: tcp } = client.socket as unknown as { _socket: Socket };
  const pongs: string[] = [];
  client.socket.on('pong', (data) => pongs.push(data.toString()));
  const parts: Buffer[] = [];
  const pings: string[] = [];
  const names: string[] = [];
  for (let at = 0; at < 6_000; at += 1) {
    const name = `N_${at}`;
    if (at % 3 > 0) {
      pings.push(name);
      parts.push(frame(name, 0x89));
      continue;
    }
    names.push(name);
    const text = `{"${name}":{}}`;
    const half = at % 5;
    if (at % 2 === 0) parts.push(frame(text));
    else parts.push(frame(text.slice(0, half), 0x01), frame(text.slice(half), 0x80));
  }
  const bytes = Buffer.concat(parts);
  for (let at = 0; at < bytes.length; at += 20_011) {
    await new Promise((resolve) => {
      tcp.write(bytes.subarray(at, at + 20_011), resolve);
    });
  }
  for (const name of names) expect(await client.next()).toContain(`{"${name}_RSP":`);
  await expect.poll(() => pongs).toEqual(pings);
  await server.stop();
});

test('messages of many connections that come in two halves each are kept apart', async () => {
  const server = await startTestServer();
  const clients = await Promise.all(Array.from({ length: 20 }, () => server.connect()));
  const tcps = clients.map(({ socket }) => (socket as unknown as { _socket: Socket })._socket);
  const frames = clients.map((_, index) =>
    frame(`{"NAME_${index}":{"padding":"${'x'.repeat(30)}"}}`),
  );
  tcps.forEach((tcp, index) => tcp.write(frames[index]?.subarray(0, 30) ?? ''));
  // A request on a connection of its own has been answered: the halves before it have come.
  for (const client of [await server.connect()]) await client.ask('{"SV_INFO":{}}');
  tcps.forEach((tcp, index) => tcp.write(frames[index]?.subarray(30) ?? ''));
  const replies = await Promise.all(clients.map((client) => client.next()));
  expect(replies).toEqual(
    clients.map((_, index) => `{"NAME_${index}_RSP":{"st":10,"tkn":null,"m":""}}`),
  );
  await server.stop();
});
