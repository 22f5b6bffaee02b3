import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSocketPair, type SocketPair } from '../../test/server/socketPair.ts';
import { encodeFrames } from './encodeFrames.ts';
import { SendQueue, writeAtOnce } from './sendQueue.ts';
import { lastingWrite, roomForWrite } from './sharedWrites.ts';
import { WorkTurn } from './workTurn.ts';

let pair: SocketPair;
let peer: Socket;
let tcp: Socket;
let turn: WorkTurn;

beforeEach(async () => {
  pair = await openSocketPair();
  ({ peer, tcp } = pair);
  turn = new WorkTurn();
});
afterEach(() => pair.close());

function readAll(): { readonly bytes: () => Buffer } {
  const chunks: Buffer[] = [];
  peer.on('data', (chunk) => chunks.push(chunk));
  return { bytes: () => Buffer.concat(chunks) };
}

test('writes that share their room arrive as they were, also at a peer that does not read', async () => {
  const queue = new SendQueue(tcp, turn, { onTaken: () => undefined });
  peer.pause();
  const sizes = Array.from({ length: 400 }, (_, at) => 10_000 + ((at * 7_919) % 60_000));
  for (const [at, size] of sizes.entries()) queue.push(roomForWrite(size).fill(at % 251));
  expect(queue.waitingBytes).toBeGreaterThan(0);
  const { bytes } = readAll();
  peer.resume();
  const total = sizes.reduce((sum, size) => sum + size, 0);
  await expect.poll(() => bytes().length).toBe(total);
  const expected = Buffer.concat(sizes.map((size, at) => Buffer.alloc(size, at % 251)));
  expect(bytes().equals(expected)).toBe(true);
});

test('short frames that share their room arrive as they were, also at a peer that does not read', async () => {
  peer.pause();
  const sent: Buffer[] = [];
  const write = (frame: Buffer) => {
    sent.push(Buffer.from(frame));
    return writeAtOnce(tcp, frame);
  };
  for (let at = 0; write(encodeFrames([`${at} `.padEnd(120, '-')])); at += 1);
  const queue = new SendQueue(tcp, turn, { onTaken: () => undefined });
  queue.watch();
  for (let at = 0; at < 500; at += 1) {
    const frame = encodeFrames([`${at % 100} `.repeat(at % 30)]);
    sent.push(Buffer.from(frame));
    queue.push(frame);
  }
  const { bytes } = readAll();
  peer.resume();
  const expected = Buffer.concat(sent);
  await expect.poll(() => bytes().length).toBe(expected.length);
  expect(bytes().equals(expected)).toBe(true);
});

test('what waits holds no more memory than its bytes', () => {
  const room = roomForWrite(20_000);
  const waiting = lastingWrite(room);
  expect(room.buffer.byteLength).toBe(64 * 1024);
  expect(waiting.buffer.byteLength).toBe(20_000);
  // One that has its own is not copied.
  expect(lastingWrite(waiting)).toBe(waiting);
});

test('of large ones, a slice is written at a time while somebody waits for a turn', async () => {
  let taken = 0;
  const queue = new SendQueue(tcp, turn, { onTaken: () => (taken += 1) });
  const { bytes } = readAll();
  const takenBefore: number[] = [];
  const wait = () => {
    takenBefore.push(taken);
    if (takenBefore.length < 5) turn.next(wait, 'light');
  };
  turn.next(wait, 'light');
  queue.push(Buffer.alloc(500_000));
  await expect.poll(() => takenBefore.length).toBe(5);
  // Not more than one in each heavy turn, and one at once.
  takenBefore.forEach((count, at) => expect(count).toBeLessThanOrEqual(at + 1));
  await expect.poll(() => bytes().length).toBe(500_000);
});

test('of large ones, all is written at once where nobody waits', async () => {
  let taken = 0;
  const queue = new SendQueue(tcp, turn, { onTaken: () => (taken += 1) });
  queue.push(Buffer.alloc(300_000));
  await nextTurn();
  expect(taken).toBe(5);
});
