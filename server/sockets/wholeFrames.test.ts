import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { maxFrames } from './frameFollower.ts';
import { WholeFrames, type FramePeer } from './wholeFrames.ts';

const maxPayloadBytes = 300;
const mask = Buffer.from([0x01, 0xf2, 0x33, 0x80]);

/** A frame as clients send it. */
function frame(first: number, payload: Buffer | string = '', lengthBytes = 0): Buffer {
  const body = Buffer.from(payload);
  const isShort = body.length < 126 && lengthBytes === 0;
  const head = Buffer.alloc(isShort ? 2 : 2 + (lengthBytes || 2));
  head[0] = first;
  head[1] = 0x80 | (isShort ? body.length : lengthBytes === 8 ? 127 : 126);
  if (lengthBytes === 8) head.writeBigUInt64BE(BigInt(body.length), 2);
  else if (!isShort) head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, mask, body.map((byte, at) => byte ^ (mask[at & 3] ?? 0))]);
}

/** A connection to which a test gives what the peer sends. */
class Peer extends Duplex {
  readonly written: Buffer[] = [];

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.written.push(chunk);
    done();
  }
}

async function open(options: { readonly inPlace: boolean }) {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxPayloadBytes,
    maxFragments: 4,
    perMessageDeflate: false,
  });
  const peer = new Peer();
  const request = {
    method: 'GET',
    headers: {
      upgrade: 'websocket',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      'sec-websocket-version': '13',
    },
  } as IncomingMessage; // All that the library looks at.
  const socket = await new Promise<WebSocket>((resolve) => {
    server.handleUpgrade(request, peer, Buffer.alloc(0), resolve);
  });
  let taken = 0;
  const framePeer: FramePeer = {
    socket,
    tcp: peer,
    follower: undefined,
    beginRead: () => undefined,
    endRead: () => undefined,
    take: (text) => {
      taken += 1;
      events.push(`text ${text.toString('latin1')}`);
    },
  };
  const events: string[] = [];
  if (options.inPlace) expect(new WholeFrames(maxPayloadBytes).takeOff(framePeer)).toBe(true);
  for (const event of ['message', 'ping', 'pong'] as const) {
    socket.on(event, () => framePeer.follower?.noteFound());
  }
  socket.on('message', (data: Buffer, isBinary) => {
    events.push(`${isBinary ? 'binary' : 'text'} ${data.toString('latin1')}`);
  });
  socket.on('ping', (data) => events.push(`ping ${data.toString()}`));
  socket.on('pong', (data) => events.push(`pong ${data.toString()}`));
  socket.on('error', (error) => events.push(error.message));
  socket.on('close', (code) => events.push(`close ${code}`));
  const result = async () => {
    for (let turns = 0; turns < 4; turns += 1) await turn();
    const written = Buffer.concat(peer.written.slice(1)).toString('hex');
    peer.destroy();
    return { events: [...events], written };
  };
  return { peer, events, result, taken: () => taken };
}

/** What comes of these bytes in these chunks. */
async function outcome(chunks: readonly Buffer[], inPlace: boolean) {
  const { peer, result, taken } = await open({ inPlace });
  await turn();
  for (const chunk of chunks) {
    // A copy: what is read is changed in place.
    peer.push(Buffer.from(chunk));
    if (chunks.length > 1) await turn();
  }
  return { ...(await result()), taken: taken() };
}

const text = (payload: Buffer | string = '{"a":1}', lengthBytes = 0) =>
  frame(0x81, payload, lengthBytes);
const close = frame(0x88, Buffer.from([0x03, 0xe8]));

const cases: [what: string, bytes: Buffer[]][] = [
  ['a text', [text()]],
  ['texts', [text('one'), text('two'), text('three'), text('')]],
  ['a text that is not ASCII', [text('é中😀'), text('x')]],
  ['a text with a length of two bytes', [text('m'.repeat(200)), text('x')]],
  ['longer lengths than needed', [text('x', 2), text('y', 8), text('z')]],
  ['as long as may be', [text('m'.repeat(maxPayloadBytes)), text('x')]],
  ['too long', [text('x'), text('m'.repeat(maxPayloadBytes + 1)), text('x')]],
  ['fragments', [frame(0x01, 'a'), frame(0x00, 'b'), frame(0x80, 'c'), text('x')]],
  ['a ping between fragments', [frame(0x01, 'a'), frame(0x89, 'p'), frame(0x80, 'c'), text('x')]],
  ['a text between fragments', [frame(0x01, 'a'), text('x'), frame(0x80, 'c')]],
  ['too many fragments', [frame(0x01), ...Array<Buffer>(5).fill(frame(0x00)), text('x')]],
  [
    'fragments too long together',
    [frame(0x01, 'm'.repeat(200)), frame(0x80, 'm'.repeat(200)), text('x')],
  ],
  [
    'fragments that cut a character',
    [frame(0x01, Buffer.from([0xc3])), frame(0x80, Buffer.from([0xa9])), text('x')],
  ],
  ['fragments that are not UTF-8', [frame(0x01, Buffer.from([0xc3])), frame(0x80, 'a'), text('x')]],
  ['a piece of nothing', [frame(0x80, 'a'), text('x')]],
  ['a piece of nothing, not the last one', [frame(0x00, 'a'), text('x')]],
  ['binary', [frame(0x82, 'a'), text('x')]],
  ['ping and pong', [frame(0x89, 'p'), text('x'), frame(0x8a), frame(0x89)]],
  ['a ping in pieces', [frame(0x09, 'p'), text('x')]],
  ['a ping that is too long', [frame(0x89, 'm'.repeat(126)), text('x')]],
  ['no mask', [text('x'), Buffer.from([0x81, 0x01, 0x78]), text('x')]],
  ['reserved bits', [text('x'), frame(0xc1, 'a'), text('x')]],
  ['more reserved bits', [frame(0x91, 'a'), text('x'), text('y')]],
  ['an unknown opcode', [frame(0x83, 'a'), text('x')]],
  ['not UTF-8', [text('x'), text(Buffer.from([0x61, 0xff, 0x62])), text('y')]],
  ['half of a surrogate pair', [text(Buffer.from([0xed, 0xa0, 0x80])), text('y')]],
  ['a closing handshake', [text('x'), close, text('y')]],
  ['a closing frame without a code', [frame(0x88), text('y')]],
  ['a closing frame of one byte', [frame(0x88, 'x'), text('y')]],
  ['a length that no message has', [Buffer.from('81ff7fffffffffffffff00000000', 'hex'), text('x')]],
];

describe('whole frames are taken in place, and what comes of it is the same', () => {
  test.each(cases)('%s, cut anywhere', async (_what, parts) => {
    const bytes = Buffer.concat(parts);
    const { events, written } = await outcome([bytes], false);
    const cuts = Array.from({ length: bytes.length }, (_, at) => at);
    const outcomes = await Promise.all(
      cuts.map((at) =>
        outcome(
          [bytes.subarray(0, at), bytes.subarray(at)].filter(({ length }) => length > 0),
          true,
        ),
      ),
    );
    for (const each of outcomes) expect(each).toMatchObject({ events, written });
    const inBytes = await outcome(
      Array.from(bytes, (byte) => Buffer.from([byte])),
      true,
    );
    expect(inBytes).toMatchObject({ events, written, taken: 0 });
  });
});

test('of what comes at a time, the library sees only what is not a whole text', async () => {
  const wholes = [text('one'), text('two'), frame(0x89), text('three'), text('four')];
  const { taken, events } = await outcome(
    [Buffer.concat([...wholes, text('five').subarray(0, 8)])],
    true,
  );
  expect(taken).toBe(4);
  expect(events).toEqual(['text one', 'text two', 'ping ', 'text three', 'text four']);
});

test('behind a message in fragments, whole ones are taken again', async () => {
  const parts = [frame(0x01, 'a'), frame(0x89), frame(0x80, 'b'), text('one'), text('two')];
  const { taken, events } = await outcome([Buffer.concat(parts)], true);
  expect(events).toEqual(['ping ', 'text ab', 'text one', 'text two']);
  expect(taken).toBe(2);
});

/** Nothing of a connection but what is underneath. */
function bare(tcp: Peer): FramePeer {
  const fail = () => {
    throw new Error('A call of a connection whose frames are left alone');
  };
  const socket = new EventEmitter() as WebSocket; // Nothing of it is used.
  return { socket, tcp, follower: undefined, beginRead: fail, take: fail, endRead: fail };
}

test('where somebody else listens too, the library reads everything', () => {
  const tcp = new Peer();
  const seen: unknown[] = [];
  tcp.on('data', (chunk) => seen.push(chunk));
  tcp.on('data', () => undefined);
  expect(new WholeFrames(maxPayloadBytes).takeOff(bare(tcp))).toBe(false);
  tcp.emit('data', text());
  expect(seen).toEqual([text()]);
});

test('where an emitter does not find a listener by the one that it stands for, the library reads everything', () => {
  class OtherEmitter extends Peer {
    override listeners(event: string): ReturnType<Peer['listeners']> {
      return this.rawListeners(event);
    }
  }
  const tcp = new OtherEmitter();
  const seen: unknown[] = [];
  tcp.on('data', (chunk) => seen.push(chunk));
  expect(new WholeFrames(maxPayloadBytes).takeOff(bare(tcp))).toBe(false);
  tcp.emit('data', text());
  expect(seen).toEqual([text()]);
});

test('two connections whose library has a listener of its own each are read by that', () => {
  const frames = new WholeFrames(maxPayloadBytes);
  const seen: string[] = [];
  const peers = ['a', 'b'].map((name) => {
    const tcp = new Peer();
    tcp.on('data', (chunk: Buffer) => seen.push(`${name} ${chunk.length}`));
    const nothing = () => undefined;
    const peer = { ...bare(tcp), beginRead: nothing, take: nothing, endRead: nothing };
    expect(frames.takeOff(peer)).toBe(true);
    return tcp;
  });
  for (const tcp of peers) tcp.emit('data', frame(0x89));
  expect(seen).toEqual(['a 6', 'b 6']);
});

test('thousands of small frames are read in several turns, in their order', async () => {
  const { peer, events, taken } = await open({ inPlace: true });
  const pongs = Array.from({ length: 2 * maxFrames }, (_, at) => frame(0x8a, String(at)));
  peer.push(Buffer.concat([text('first'), ...pongs, text('last')]));
  await turn();
  expect(events).toHaveLength(1 + maxFrames);
  await expect.poll(() => events.at(-1)).toBe('text last');
  expect(events.slice(1, -1)).toEqual(pongs.map((_, at) => `pong ${at}`));
  expect(taken()).toBe(2);
});
