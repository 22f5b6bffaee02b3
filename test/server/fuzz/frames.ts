import { connect } from 'node:net';
import { once } from 'node:events';
import { readMessage } from '../../../protocol/wire/namedMessage.ts';
import type { Random } from '../crash/random.ts';
import { startTestServer, type TestClient, type TestServer } from '../testServer.ts';
import { fuzzPart, must } from './fuzzPart.ts';
import { below, jsonText, mutatedBytes, pick, several } from './grammar.ts';

const maxPayload = 1_024;

const handshake = Buffer.from(
  'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
);

interface FrameParts {
  /** Final bit, reserved bits and opcode. */
  readonly first: number;
  readonly isMasked: boolean;
  /** Bytes that the length takes; more than needed is a fault. */
  readonly lengthBytes: 0 | 2 | 8;
  readonly payload: Buffer;
}

function frame({ first, isMasked, lengthBytes, payload }: FrameParts): Buffer {
  const head = Buffer.alloc(2 + lengthBytes);
  head[0] = first;
  const inFirst = { 0: Math.min(payload.length, 125), 2: 126, 8: 127 }[lengthBytes];
  head[1] = (isMasked ? 0x80 : 0) | inFirst;
  if (lengthBytes === 2) head.writeUInt16BE(Math.min(payload.length, 65_535), 2);
  if (lengthBytes === 8) head.writeBigUInt64BE(BigInt(payload.length), 2);
  // A mask of zeros leaves the bytes as they are.
  return Buffer.concat([head, Buffer.alloc(isMasked ? 4 : 0), payload]);
}

function anyFrame(random: Random): Buffer {
  const payload = pick(random, [
    Buffer.from(`{"SH_NEW":{"name":${jsonText(random, 1)}}}`),
    Buffer.from('{"SV_INFO":{}}'),
    Buffer.from(jsonText(random)),
    Buffer.alloc(below(random, 200), below(random, 256)),
    Buffer.alloc(maxPayload + below(random, 3) - 1, 0x20),
    Buffer.from([0x03, 0xe8]),
  ]);
  const lengths = { short: 0, middle: 2, long: 8 } as const;
  const length = payload.length < 126 ? 'short' : 'middle';
  return frame({
    first:
      random() < 0.7
        ? 0x81
        : pick(random, [
            0x01,
            0x80,
            0x00,
            0x82,
            0x88,
            0x89,
            0x8a,
            0x83,
            0xc1,
            0x91,
            below(random, 256),
          ]),
    isMasked: random() < 0.95,
    lengthBytes: random() < 0.95 ? lengths[length] : pick(random, [0, 2, 8]),
    payload,
  });
}

function bytes(random: Random): Buffer {
  const all = Buffer.concat([anyFrame(random), ...several(random, 4, () => anyFrame(random))]);
  const sent = random() < 0.2 ? mutatedBytes(random, all) : all;
  const start = random() < 0.97 ? handshake : mutatedBytes(random, handshake);
  return Buffer.concat([start, sent]);
}

let server: Promise<TestServer> | undefined;
let innocent: TestClient | undefined;

/** All that the server sends until it ends the connection. */
async function answerTo(port: number, sent: Buffer): Promise<Buffer> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  // Cut off in the middle of what is sent.
  socket.on('error', () => undefined);
  socket.end(sent);
  const timer = setTimeout(() => socket.destroy(new Error('No end')), 20_000);
  await once(socket, 'close');
  clearTimeout(timer);
  return Buffer.concat(chunks);
}

const closeCodes: readonly number[] = [1000, 1001, 1002, 1003, 1005, 1007, 1008, 1009, 1011];

/** Text messages in what the server sent; its frames must be whole and of a kind that it sends. */
function checkFrames(received: Buffer): number {
  let messages = 0;
  for (let at = 0; at < received.length;) {
    const { first, payload, end } = frameAt(received, at);
    if (first === 0x81) messages += 1;
    checkFrame(first, payload);
    at = end;
  }
  return messages;
}

function frameAt(received: Buffer, at: number) {
  const [first = 0, second = 0] = received.subarray(at, at + 2);
  const isLong = second === 126;
  const start = at + (isLong ? 4 : 2);
  const end = start + (isLong ? received.readUInt16BE(at + 2) : second);
  must(second < 127 && end <= received.length, 'A frame that is none');
  return { first, payload: received.subarray(start, end), end };
}

function checkFrame(first: number, payload: Buffer): void {
  const text = payload.toString();
  if (first === 0x81) return must(readMessage(text) !== undefined, `No reply: ${text}`);
  if (first !== 0x88) return must(first === 0x8a || first === 0x89, `Opcode ${first}`);
  const code = payload.length === 0 ? 1005 : payload.readUInt16BE(0);
  must(closeCodes.includes(code), `Closed with ${code}`);
}

/** Bytes on a socket: replies or the documented end, and nobody else notices. */
export const frames = fuzzPart({
  name: 'frames',
  share: 0.005,
  make: bytes,
  check: async (sent) => {
    server ??= startTestServer(['--max-payload', String(maxPayload), '--max-sessions', '100']);
    const { port, connect: open } = await server;
    innocent ??= await open();
    const received = await answerTo(port, sent);
    const headEnd = received.indexOf('\r\n\r\n') + 4;
    must(received.length === 0 || headEnd > 4, 'No head of an answer');
    const isSocket = received.toString('latin1', 0, 12) === 'HTTP/1.1 101';
    if (isSocket) must(checkFrames(received.subarray(headEnd)) <= 6, 'More replies than messages');
    must(
      (await innocent.ask('{"SH_INFO_ALL":{}}')).includes('totalSessions'),
      'The server is gone',
    );
  },
  end: async () => {
    await (await server)?.stop();
    server = undefined;
    innocent = undefined;
  },
});
