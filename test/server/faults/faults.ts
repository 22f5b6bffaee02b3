import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createRandom } from '../crash/random.ts';
import { TestClient } from '../testServer.ts';
import { BadProxy } from './badProxy.ts';
import {
  frameOf,
  handshakeFor,
  isClosed,
  opcodes,
  openSocket,
  openTcp,
  shakeHands,
  vanish,
} from './rawSocket.ts';

/** How much of each fault: `full` for `npm run faults`, `small` for `npm test`. */
export type Size = 'full' | 'small';

export interface Fault {
  readonly name: string;
  /** Flags for the server, beside those that all have. */
  readonly flags?: readonly string[];
  /** Does it, and is done when those who did it are gone. */
  readonly commit: (port: number, size: Size) => Promise<void>;
}

const value = 'v'.repeat(100);
const askForKey = (tkn: string) => frameOf(`{"KV_GET":{"tkn":"${tkn}","keys":["a"]}}`);

/** @returns The token of a session with one key. */
async function sessionWith(port: number, text: string): Promise<string> {
  const client = await TestClient.open(`ws://127.0.0.1:${port}`);
  const tkn = await client.newSession();
  await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"a":"${text}"}}}`);
  client.socket.terminate();
  return tkn;
}

function sockets(port: number, count: number): Promise<Socket[]> {
  return Promise.all(Array.from({ length: count }, () => openSocket(port)));
}

/** Until the system takes no more of it, or all was sent. */
async function sendAll(tcp: Socket, bytes: Buffer, maxMs: number): Promise<void> {
  if (tcp.destroyed) return;
  // The callback comes as well when the connection ends.
  const sent = new Promise<void>((resolve) => {
    tcp.write(bytes, () => resolve());
  });
  await Promise.race([sent, pause(maxMs)]);
}

const repeated = (frame: Buffer, count: number) =>
  Buffer.concat(Array.from({ length: count }, () => frame));

export const faults: readonly Fault[] = [
  {
    name: 'vanish with 200,000 replies outstanding',
    commit: async (port, size) => {
      const requests = repeated(
        askForKey(await sessionWith(port, value)),
        size === 'full' ? 20_000 : 2_000,
      );
      for (let wave = 0; wave < (size === 'full' ? 5 : 1); wave += 1) {
        const all = await sockets(port, 10);
        await Promise.all(
          all.map((tcp) => {
            tcp.pause();
            return sendAll(tcp, requests, 300);
          }),
        );
        for (const tcp of all) vanish(tcp);
      }
    },
  },
  {
    name: 'vanish while 200,000 changes are carried out',
    commit: async (port, size) => {
      const tkn = await sessionWith(port, value);
      const change = frameOf(`{"KV_SET":{"tkn":"${tkn}","keys":{"a":"${value}"}}}`);
      const requests = repeated(change, size === 'full' ? 20_000 : 2_000);
      for (let wave = 0; wave < (size === 'full' ? 5 : 1); wave += 1) {
        const all = await sockets(port, 10);
        await Promise.all(all.map((tcp) => sendAll(tcp, requests, 300)));
        for (const tcp of all) vanish(tcp);
      }
    },
  },
  {
    name: 'never read what they asked for',
    commit: async (port, size) => {
      const requests = repeated(askForKey(await sessionWith(port, 'v'.repeat(500_000))), 200);
      const all = await sockets(port, size === 'full' ? 100 : 10);
      for (const tcp of all) {
        tcp.pause();
        tcp.write(requests);
      }
      // They are cut off after 20 s.
      if (size === 'full') await pause(24_000);
      for (const tcp of all) vanish(tcp);
    },
  },
  {
    name: 'read one byte a second',
    commit: async (port, size) => {
      const requests = repeated(askForKey(await sessionWith(port, 'v'.repeat(100_000))), 500);
      const all = Array.from({ length: size === 'full' ? 100 : 10 }, () =>
        readByBytes(port, requests),
      );
      await pause(size === 'full' ? 24_000 : 500);
      for (const end of all) end();
    },
  },
  {
    name: 'send half frames and wait',
    commit: async (port, size) => {
      const whole = frameOf(Buffer.alloc(2_000_000, 0x20));
      const all = await sockets(port, size === 'full' ? 100 : 10);
      for (const [index, tcp] of all.entries()) {
        tcp.write(whole.subarray(0, index % 3 === 0 ? 7 : whole.length / (1 + (index % 4)) - 1));
      }
      await pause(size === 'full' ? 10_000 : 300);
      for (const tcp of all) vanish(tcp);
    },
  },
  {
    name: 'send fragments of one byte',
    commit: async (port, size) => {
      const text = `{"SV_INFO":{"padding":"${'x'.repeat(size === 'full' ? 16_300 : 3_000)}"}}`;
      const last = text.length - 1;
      const parts = Array.from(text, (byte, index) => {
        const first = index === 0 ? opcodes.text : opcodes.continuation;
        return frameOf(byte, index === last ? first | 0x80 : first);
      });
      const message = Buffer.concat(parts);
      const all = await sockets(port, size === 'full' ? 50 : 5);
      const rounds = size === 'full' ? 10 : 1;
      await Promise.all(all.map((tcp) => sendAll(tcp, repeated(message, rounds), 30_000)));
      // One more fragment than a message may have.
      const tooMany = Buffer.concat([
        frameOf('x', opcodes.text),
        repeated(frameOf('x', opcodes.continuation), 16_384),
      ]);
      for (const tcp of all) tcp.write(tooMany);
      await Promise.all(all.map(isClosed));
    },
  },
  {
    name: 'flood with pings',
    commit: async (port, size) => {
      const pings = repeated(frameOf('p'.repeat(100), opcodes.ping), 1_000);
      const all = await sockets(port, size === 'full' ? 40 : 4);
      // Half of them do not read the pongs.
      for (const tcp of all.slice(all.length / 2)) tcp.pause();
      for (let round = 0; round < (size === 'full' ? 100 : 5); round += 1) {
        await Promise.all(all.map((tcp) => sendAll(tcp, pings, 100)));
      }
      for (const tcp of all) vanish(tcp);
    },
  },
  {
    name: 'open 5,000 idle connections, most of them refused',
    commit: (port, size) => openIdle(port, size),
  },
  {
    name: 'open 5,000 idle connections, all let in',
    flags: ['--max-connections', '6000', '--max-connections-per-address', '6000'],
    commit: (port, size) => openIdle(port, size),
  },
  {
    name: 'open 5,000 connections that say nothing',
    commit: async (port, size) => {
      const all = Array.from({ length: size === 'full' ? 5_000 : 400 }, () => openTcp(port));
      await pause(size === 'full' ? 10_000 : 300);
      for (const tcp of all) vanish(tcp);
    },
  },
  {
    name: 'reconnect in storms',
    commit: async (port, size) => {
      const tkn = await sessionWith(port, value);
      for (let wave = 0; wave < (size === 'full' ? 50 : 3); wave += 1) {
        const all = Array.from({ length: 200 }, () => openTcp(port));
        await Promise.all(all.map((tcp) => shakeHands(tcp, port)));
        for (const tcp of all) tcp.write(askForKey(tkn));
        for (const tcp of all) vanish(tcp);
      }
    },
  },
  {
    name: 'come through a proxy that delays and cuts',
    commit: async (port, size) => {
      const random = createRandom(7);
      const tkn = await sessionWith(port, value);
      const proxy = await BadProxy.start({ port, random, maxDelayMs: 40, maxBytes: 60_000 });
      const endsAtMs = performance.now() + (size === 'full' ? 20_000 : 1_000);
      const clients = Array.from({ length: size === 'full' ? 100 : 10 }, async () => {
        while (performance.now() < endsAtMs) await askThrough(proxy.port, { port, tkn });
      });
      await Promise.all(clients);
      proxy.close();
    },
  },
];

/** Asks until it is cut off. It stores nothing new: memory must be as before when all is over. */
async function askThrough(
  proxyPort: number,
  { port, tkn }: { readonly port: number; readonly tkn: string },
): Promise<void> {
  const tcp = openTcp(proxyPort);
  await shakeHands(tcp, port);
  const request = frameOf(`{"KV_SET":{"tkn":"${tkn}","keys":{"a":"${value}"}}}`);
  const timer = setInterval(() => tcp.write(request), 10);
  tcp.on('data', () => undefined);
  await isClosed(tcp);
  clearInterval(timer);
}

async function openIdle(port: number, size: Size): Promise<void> {
  const count = size === 'full' ? 5_000 : 400;
  const all: Socket[] = [];
  // As many at a time as the system queues for a server.
  for (let opened = 0; opened < count; opened += 250) {
    const some = Array.from({ length: Math.min(250, count - opened) }, () => openTcp(port));
    await Promise.all(some.map((tcp) => shakeHands(tcp, port)));
    all.push(...some);
  }
  await pause(size === 'full' ? 5_000 : 300);
  for (const tcp of all) vanish(tcp);
}

/** Sends all at once, and takes one byte a second from the system. @returns What makes it vanish. */
function readByBytes(port: number, requests: Buffer): () => void {
  let timer: NodeJS.Timeout | undefined;
  const tcp = openTcp(port, {
    onread: {
      buffer: Buffer.alloc(1),
      callback: () => {
        timer = setTimeout(() => tcp.resume(), 1_000);
        return false;
      },
    },
  });
  tcp.write(Buffer.concat([handshakeFor(port), requests]));
  return () => {
    clearTimeout(timer);
    vanish(tcp);
  };
}
