import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { startTestServer, type TestClient, type TestServer } from '../../test/server/testServer.ts';
import { createLog, type Log } from '../log.ts';
import { CloseLog, closeReasons, type CloseReason } from './closeReasons.ts';
import { defaultLimits, type Limits } from './limits.ts';

let server: TestServer;
const started: TestServer[] = [];
let lines: string[];
let log: Log;

beforeEach(() => {
  lines = [];
  log = createLog({ level: 'info', write: (line) => lines.push(line), nowMs: () => 0 });
});
afterEach(async () => {
  for (const each of started.splice(0)) await each.stop();
});

async function start(limits: Partial<Limits> = {}): Promise<void> {
  server = await startTestServer(['--max-payload', '100000'], { limits, log });
  started.push(server);
}

/** The bare connection under a client, for frames that the library would not send. */
function tcpOf(client: TestClient): Socket {
  return (client.socket as unknown as { _socket: Socket })._socket;
}

/** A frame as clients send it, with a mask of zeros. */
function frame(firstByte: number, payload: Buffer | string = ''): Buffer {
  const body = Buffer.from(payload);
  return Buffer.concat([Buffer.from([firstByte, 0x80 | body.length, 0, 0, 0, 0]), body]);
}

/** Lets a client that is paused read at least so much, and pauses it again. */
async function readThenPause(client: TestClient, bytes: number): Promise<void> {
  const tcp = tcpOf(client);
  const goal = tcp.bytesRead + bytes;
  await new Promise<void>((resolve) => {
    tcp.on('data', function pauseAtGoal() {
      if (tcp.bytesRead < goal) return;
      tcp.off('data', pauseAtGoal);
      client.socket.pause();
      resolve();
    });
    client.socket.resume();
  });
}

async function expectLine({ text, code }: CloseReason): Promise<void> {
  const line = new RegExp(`cut off: ${text} \\(${code}, .*127\\.0\\.0\\.1\\)`);
  await expect.poll(() => lines.join('\n')).toMatch(line);
}

test('docs/operations.md has a row for each reason, and no other', () => {
  const docs = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  const section = docs.split('## Close codes')[1]?.split('\n## ')[0] ?? '';
  const rows = [...section.matchAll(/^\| (\d{4}) +\| (.+?) +\|/gm)].map(
    ([, code, text]) => `${code} ${text}`,
  );
  const known = Object.values(closeReasons).map(({ code, text }) => `${code} ${text}`);
  expect(rows.sort()).toEqual(known.sort());
});

describe('what the peer does wrong has a close code and a line in the log', () => {
  test.each<[string, Buffer, CloseReason]>([
    ['reserved bits', frame(0xc1, '{}'), closeReasons.notAFrame],
    ['an unknown opcode', frame(0x83), closeReasons.notAFrame],
    ['no mask', Buffer.from([0x81, 0x00]), closeReasons.notAFrame],
    ['a piece of nothing', frame(0x80, 'x'), closeReasons.notAFrame],
    ['a ping in pieces', frame(0x09), closeReasons.notAFrame],
    ['a closing frame of one byte', frame(0x88, 'x'), closeReasons.notAFrame],
    ['a close code that is none', frame(0x88, Buffer.from([0x03, 0xed])), closeReasons.notAFrame],
    ['not UTF-8', frame(0x81, Buffer.from([0xff])), closeReasons.notUtf8],
    [
      'not UTF-8 in a closing frame',
      frame(0x88, Buffer.from([3, 232, 0xff])),
      closeReasons.notUtf8,
    ],
    [
      'a length of 2^53',
      Buffer.from([0x81, 0xff, 0x00, 0x20, 0, 0, 0, 0, 0, 0]),
      closeReasons.tooLarge,
    ],
    [
      'more than the limit',
      Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0, 1, 0x86, 0xa1]),
      closeReasons.tooLarge,
    ],
  ])('%s', async (_case, bytes, reason) => {
    await start();
    const client = await server.connect();
    tcpOf(client).write(bytes);
    expect(await client.closed).toBe(reason.code);
    await expectLine(reason);
    const other = await server.connect();
    expect(await other.ask('{"SH_INFO_ALL":{}}')).toContain('totalSessions');
  });

  test.each([
    [16_384, undefined],
    [16_385, 1008],
  ])('a message of %i pieces', async (pieces, code) => {
    await start();
    const client = await server.connect();
    const all = [frame(0x01, ' ')];
    for (let index = 2; index < pieces; index += 1) all.push(frame(0x00, ' '));
    tcpOf(client).write(Buffer.concat([...all, frame(0x80, '{"SH_INFO_ALL":{}}')]));
    if (code === undefined) {
      expect(await client.next()).toContain('SH_INFO_ALL_RSP');
      return;
    }
    expect(await client.closed).toBe(code);
    await expectLine(closeReasons.tooManyFragments);
  });
});

test('61 pings in one packet, and 5,000, are answered and cut nobody off', async () => {
  await start();
  const client = await server.connect();
  for (const count of [61, 5_000]) {
    let pongs = 0;
    client.socket.on('pong', () => (pongs += 1));
    tcpOf(client).write(Buffer.concat(Array.from({ length: count }, () => frame(0x89, 'p'))));
    await expect.poll(() => pongs).toBe(count);
    client.socket.removeAllListeners('pong');
  }
  expect(await client.ask('{"SH_INFO_ALL":{}}')).toContain('totalSessions');
  expect(lines).toEqual([]);
});

describe('slow readers', () => {
  const big = 'v'.repeat(90_000);

  /** Asks for so many replies of about 1 MB, or of fewer keys, and reads none of them. */
  async function startLazy(replies: number, keyCount = 12): Promise<TestClient> {
    const client = await server.connect();
    const tkn = await client.newSession();
    const keys = Array.from({ length: keyCount }, (_, index) => `k${index}`);
    for (const key of keys)
      await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"${key}":"${big}"}}}`);
    client.socket.pause();
    for (let index = 0; index < replies; index += 1) {
      client.socket.send(`{"KV_GET":{"tkn":"${tkn}","keys":["${keys.join('","')}"]}}`);
    }
    return client;
  }

  test('one that takes nothing is cut off after the limit, counted from what it took last', async () => {
    const clock = new FakeClock();
    server = await startTestServer(['--max-payload', '2000000'], { log, clock });
    started.push(server);
    const client = await server.connect();
    const tkn = await client.newSession();
    const keys = Array.from({ length: 22 }, (_, index) => `k${index}`);
    const value = 'v'.repeat(1_900_000);
    for (const key of keys)
      await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"${key}":"${value}"}}}`);
    client.socket.pause();
    // One reply of 42 MB: more than the system holds, so it stays held up while a part is read.
    client.socket.send(`{"KV_GET":{"tkn":"${tkn}","keys":["${keys.join('","')}"]}}`);
    const cut = () => lines.some((line) => line.includes(closeReasons.notReading.text));
    const { stallMs } = defaultLimits;
    await expect.poll(() => clock.waitsMs).toContain(stallMs);
    clock.advance(stallMs - 1_000);
    await readThenPause(client, 15_000_000);
    clock.advance(stallMs - 1);
    expect(cut()).toBe(false);
    clock.advance(1);
    await vi.waitFor(() => expect(cut()).toBe(true));
    client.socket.resume();
    expect(await client.closed).toBe(1013);
  });

  test('all together may keep so much waiting; then the worst is cut off, and others continue', async () => {
    // How much the system takes differs, and so what is left of a reply: of four lengths, some have much left.
    await start({ maxTotalQueuedBytes: 300_000, closeGraceMs: 50 });
    for (const keyCount of [9, 10, 11, 12]) await startLazy(50, keyCount);
    const cut = `${closeReasons.repliesOverTotal.text}|${closeReasons.droppedForMemory.text}`;
    await expect.poll(() => lines.join('\n')).toMatch(new RegExp(cut));
    const other = await server.connect();
    expect(await other.ask('{"SH_INFO_ALL":{}}')).toContain('"totalSessions":4');
  });

  test('pings between the pieces of a long reply break nothing', async () => {
    await start();
    const client = await startLazy(12);
    tcpOf(client).write(Buffer.concat(Array.from({ length: 100 }, () => frame(0x89, 'p'))));
    client.socket.resume();
    for (let index = 0; index < 12; index += 1) expect(await client.next()).toContain('KV_GET_RSP');
    client.socket.ping();
    await once(client.socket, 'pong');
  });
});

test('a heartbeat that is not answered has a line in the log', async () => {
  const clock = new FakeClock();
  server = await startTestServer([], { log, clock });
  started.push(server);
  const client = await server.connect();
  client.socket.pong = () => undefined;
  for (let beat = 0; beat < 8; beat += 1) clock.advance(30_000);
  expect(await client.closed).toBe(1006);
  await expectLine(closeReasons.silentPeer);
});

test('who does not finish the closing handshake is dropped, with a line in the log', async () => {
  await start({ closeGraceMs: 20 });
  const client = await server.connect();
  client.socket.pause();
  tcpOf(client).write(frame(0x83));
  await expect.poll(() => lines.join('\n')).toContain(closeReasons.closingUnanswered.text);
  client.socket.terminate();
});

test('of one reason 20 lines are written in ten seconds, then how many more there were', () => {
  const clock = new FakeClock();
  const closeLog = new CloseLog({ log, clock, onCut: () => undefined });
  for (let index = 0; index < 50; index += 1) closeLog.note(closeReasons.tooLarge, '127.0.0.1');
  expect(lines).toHaveLength(20);
  clock.advance(10_000);
  expect(lines[20]).toContain('… and 30 more: A message larger than the limit (1009)');
  closeLog.note(closeReasons.tooLarge, '127.0.0.1');
  expect(lines).toHaveLength(22);
});

describe('when the server is full', () => {
  /** Opens a WebSocket from one of this machine's addresses. @returns 101, or the status of the refusal. */
  function open(localAddress: string): { socket: WebSocket; status: Promise<number> } {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}`, { localAddress });
    socket.on('error', () => undefined);
    const status = new Promise<number>((resolve) => {
      socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 0));
      socket.on('upgrade', () => resolve(101));
    });
    return { socket, status };
  }

  test('idle WebSockets of one address keep nobody else out, and lose the oldest first', async () => {
    await start({ maxConnections: 4 });
    const idle = [];
    for (let index = 0; index < 4; index += 1) {
      const each = open('127.0.0.1');
      expect(await each.status).toBe(101);
      idle.push(each.socket);
    }
    const codes = idle.map(async (socket) => ((await once(socket, 'close')) as [number])[0]);
    expect(await open('127.0.0.1').status).toBe(503);
    expect(await open('127.0.0.2').status).toBe(101);
    expect(await codes[0]).toBe(1013);
    await expectLine(closeReasons.madeRoom);
    for (const socket of idle) socket.terminate();
  });

  test('one that has asked something is never closed for others', async () => {
    await start({ maxConnections: 2, unusedGraceMs: 0 });
    const used = [await server.connect(), await server.connect()];
    for (const client of used) await client.ask('{"SH_INFO_ALL":{}}');
    expect(await open('127.0.0.2').status).toBe(503);
    for (const client of used) expect(await client.ask('{"SH_INFO_ALL":{}}')).toContain('total');
  });

  test('one address has its own limit, which others do not feel', async () => {
    await start({ maxConnectionsPerAddress: 1 });
    expect(await open('127.0.0.1').status).toBe(101);
    expect(await open('127.0.0.1').status).toBe(503);
    expect(await open('127.0.0.3').status).toBe(101);
  });

  test('an unused one of the same address makes room after a while', async () => {
    await start({ maxConnections: 1, unusedGraceMs: 0 });
    const first = open('127.0.0.1');
    expect(await first.status).toBe(101);
    expect(await open('127.0.0.1').status).toBe(101);
    expect(((await once(first.socket, 'close')) as [number])[0]).toBe(1013);
  });

  test('silent TCP connections keep nobody out: the oldest goes', async () => {
    await start({ maxHttpConnections: 5 });
    const silent = Array.from({ length: 20 }, () => connect(server.port, '127.0.0.1'));
    for (const socket of silent) socket.on('error', () => undefined);
    await Promise.all(silent.map((socket) => once(socket, 'connect')));
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect(await open('127.0.0.2').status).toBe(101);
    const client = await server.connect();
    expect(await client.ask('{"SH_INFO_ALL":{}}')).toContain('totalSessions');
    const isOpen = silent.map((socket) => !socket.closed);
    expect([isOpen[0], isOpen.at(-1)]).toEqual([false, true]);
    for (const socket of silent) socket.destroy();
  });

  test('a WebSocket is none of the silent TCP connections', async () => {
    await start({ maxHttpConnections: 2 });
    const clients = [await server.connect(), await server.connect(), await server.connect()];
    const silent = Array.from({ length: 4 }, () => connect(server.port, '127.0.0.1'));
    for (const socket of silent) socket.on('error', () => undefined);
    await Promise.all(silent.map((socket) => once(socket, 'connect')));
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    for (const client of clients) expect(await client.ask('{"SV_INFO":{}}')).toContain('"st":1');
    for (const socket of silent) socket.destroy();
  });
});
