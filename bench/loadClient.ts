import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Requests in flight: sent in bursts of so many, the next when all are answered. */
export const inFlight = 64;

/** Zero is a legal mask, and then the payload can be copied as it is; the server still unmasks. */
const mask = Buffer.alloc(4);

/**
 * A WebSocket client that costs next to nothing, as a `ws` client would be the bottleneck: frames
 * are made beforehand and replies are only counted. Replies must be shorter than 64 KiB.
 */
export class LoadClient {
  readonly #tcp: Socket;
  #rest: Buffer = Buffer.alloc(0);
  #awaited = 0;
  #last = '';
  #done: () => void = () => undefined;

  private constructor(tcp: Socket) {
    this.#tcp = tcp;
    tcp.setNoDelay(true);
    tcp.on('data', (chunk: Buffer) => this.#count(chunk));
  }

  static async open(port: number): Promise<LoadClient> {
    const tcp = connect(port, '127.0.0.1');
    await once(tcp, 'connect');
    const key = randomBytes(16).toString('base64');
    tcp.write(
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    );
    await once(tcp, 'data');
    return new LoadClient(tcp);
  }

  /** @returns The reply. */
  async ask(text: string): Promise<string> {
    await this.#burst(frameOf(text), 1);
    return this.#last;
  }

  /** Sends all at once, and waits for their replies. */
  async askAll(texts: readonly string[]): Promise<void> {
    await this.#burst(Buffer.concat(texts.map(frameOf)), texts.length);
  }

  /** Sends the same requests over and over. @returns Replies per second. */
  async rate(texts: readonly string[], durationMs: number): Promise<number> {
    const burst = Buffer.concat(texts.map(frameOf));
    const startedMs = performance.now();
    let replies = 0;
    let passedMs = 0;
    while (passedMs < durationMs) {
      await this.#burst(burst, texts.length);
      replies += texts.length;
      passedMs = performance.now() - startedMs;
    }
    return (replies / passedMs) * 1000;
  }

  close(): void {
    this.#tcp.destroy();
  }

  async #burst(frames: Buffer, count: number): Promise<void> {
    this.#awaited = count;
    const answered = new Promise<void>((resolve) => {
      this.#done = resolve;
    });
    this.#tcp.write(frames);
    await answered;
  }

  #count(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    while (bytes.length - at >= 2) {
      const short = bytes.readUInt8(at + 1);
      const start = at + (short === 126 ? 4 : 2);
      if (bytes.length < start) break;
      const end = start + (short === 126 ? bytes.readUInt16BE(at + 2) : short);
      if (bytes.length < end) break;
      this.#awaited -= 1;
      if (this.#awaited === 0) this.#last = bytes.toString('utf8', start, end);
      at = end;
    }
    this.#rest = bytes.subarray(at);
    if (this.#awaited === 0) this.#done();
  }
}

function frameOf(text: string): Buffer {
  const payload = Buffer.from(text);
  const isShort = payload.length < 126;
  const header = Buffer.alloc(isShort ? 2 : 4);
  header.writeUInt8(0x81, 0);
  header.writeUInt8(0x80 | (isShort ? payload.length : 126), 1);
  if (!isShort) header.writeUInt16BE(payload.length, 2);
  return Buffer.concat([header, mask, payload]);
}
