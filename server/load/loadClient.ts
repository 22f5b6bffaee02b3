import { createHash, randomBytes } from 'node:crypto';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { burstOf, maskedFrame, opcodes, readFrame, type Burst } from './frames.ts';
import { Latencies } from './latencies.ts';

/** A server that does not answer for so long will not. */
const patienceMs = 10_000;

/** One for all clients: what is read is used up at once, but for what is left of a frame. */
const readBuffer = Buffer.alloc(0x10000);

const handshakeEnd = '\r\n\r\n';
/** The answer to the handshake of a server of this protocol is much shorter. */
const maxHandshakeBytes = 16_384;

const ignore = () => undefined;
const emptyBuffer: Buffer = Buffer.alloc(0);

/**
 * A WebSocket client that costs next to nothing, as a `ws` client would be the bottleneck: frames
 * are made beforehand, and of most replies only the first bytes are looked at.
 */
export class LoadClient {
  readonly #url: URL;
  readonly #socket: Socket;
  #rest = emptyBuffer;
  #isOpen = false;
  /** What a message of several frames has had so far. */
  #parts: Buffer[] = [];
  #awaited = 0;
  #fault: Error | undefined;
  /** Gets the last of the replies that are awaited. */
  #onLast: (reply: Buffer) => void = ignore;
  /** Gets the number of replies that came together. */
  #onReplies: (count: number) => void = ignore;
  #onFault: (error: Error) => void = ignore;

  /** @param to A port of this machine, or an address. Rejects with one line that says what is wrong. */
  static async open(to: number | URL): Promise<LoadClient> {
    const client = new LoadClient(typeof to === 'number' ? new URL(`ws://127.0.0.1:${to}`) : to);
    await client.#shakeHands();
    return client;
  }

  private constructor(url: URL) {
    this.#url = url;
    this.#socket = this.#connect();
    this.#socket.setNoDelay(true);
    this.#socket.setTimeout(patienceMs, () => {
      if (this.#awaited > 0) this.#fail(new Error(`no answer for ${patienceMs / 1000} s`));
    });
    this.#socket.on('error', (error) => this.#fail(error));
    this.#socket.on('close', () => this.#fail(new Error('the server closed the connection')));
  }

  #connect(): Socket {
    const { protocol, hostname, port } = this.#url;
    const host = hostname.replace(/^\[|\]$/g, '');
    if (protocol === 'wss:') {
      // Only a name may be asked for.
      const servername = isIP(host) === 0 ? host : '';
      const tls = connectTls({ host, port: Number(port || 443), servername });
      tls.on('data', (bytes: Buffer) => this.#take(bytes));
      return tls;
    }
    const callback = (count: number, bytes: Uint8Array) => {
      this.#take(Buffer.from(bytes.buffer, bytes.byteOffset, count));
      return true;
    };
    return connect({ host, port: Number(port || 80), onread: { buffer: readBuffer, callback } });
  }

  async #shakeHands(): Promise<void> {
    const key = randomBytes(16).toString('base64');
    const { host, pathname, search } = this.#url;
    const request =
      `GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\n` +
      `Connection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`;
    const head = (await this.#send({ frames: Buffer.from(request), count: 1 })).toString('latin1');
    const [status = ''] = head.split('\r\n', 1);
    const accepted = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
    if (/^HTTP\/1\.1 101\b/.test(status) && head.includes(accepted.digest('base64'))) return;
    this.close();
    throw new Error(`${this.#url.href} does not take WebSockets, it answered "${status}"`);
  }

  /** @returns The reply. */
  async ask(text: string): Promise<string> {
    return (await this.#send(burstOf([text]))).toString();
  }

  /** Sends all at once, and waits for their replies. */
  async askAll(texts: readonly string[]): Promise<void> {
    await this.#send(burstOf(texts));
  }

  /** Sends the same requests over and over. @returns Replies per second. */
  async rate(texts: readonly string[], durationMs: number): Promise<number> {
    const startedMs = performance.now();
    const { replies } = await this.run([burstOf(texts)], { untilMs: startedMs + durationMs });
    return (replies / (performance.now() - startedMs)) * 1000;
  }

  /**
   * Sends bursts in turn, the next when all replies of one are there, until that moment of `performance.now()`.
   * @param begins What each reply begins with; another one is an error.
   */
  run(
    bursts: readonly Burst[],
    { untilMs, begins = '' }: { readonly untilMs: number; readonly begins?: string },
  ): Promise<{ readonly replies: number; readonly latencies: Latencies }> {
    const latencies = new Latencies();
    let [turn, replies, sentAtMs] = [0, 0, 0];
    return new Promise((resolve, reject) => {
      const next = () => {
        const burst = bursts[turn % bursts.length] ?? { frames: emptyBuffer, count: 0 };
        turn += 1;
        replies += burst.count;
        sentAtMs = performance.now();
        this.#write(burst);
      };
      this.#onReplies = (count) => latencies.note(performance.now() - sentAtMs, count);
      this.#onFault = reject;
      this.#onLast = (reply) => {
        if (reply.toString('latin1', 0, begins.length) !== begins) {
          this.#fail(new Error(`a reply is another one: ${reply.toString('utf8', 0, 200)}`));
        } else if (performance.now() < untilMs) next();
        else {
          this.#onReplies = ignore;
          resolve({ replies, latencies });
        }
      };
      next();
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #send(burst: Burst): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      // Copied, as the buffer is read into again before anybody looks at it.
      this.#onLast = (reply) => resolve(Buffer.from(reply));
      this.#onFault = reject;
      this.#write(burst);
    });
  }

  #write({ frames, count }: Burst): void {
    if (this.#fault) {
      this.#onFault(this.#fault);
      return;
    }
    this.#awaited = count;
    this.#socket.write(frames);
  }

  #take(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const used = this.#isOpen ? this.#takeFrames(bytes) : this.#takeHandshake(bytes);
    this.#rest = used === bytes.length ? emptyBuffer : Buffer.from(bytes.subarray(used));
  }

  /** @returns How many bytes are used up. */
  #takeHandshake(bytes: Buffer): number {
    const end = bytes.indexOf(handshakeEnd);
    if (end < 0) {
      if (bytes.length > maxHandshakeBytes) this.#fail(new Error('this is no WebSocket server'));
      return 0;
    }
    this.#isOpen = true;
    this.#awaited = 0;
    this.#onLast(bytes.subarray(0, end));
    return end + handshakeEnd.length;
  }

  #takeFrames(bytes: Buffer): number {
    let [at, count] = [0, 0];
    let last = emptyBuffer;
    for (let frame = readFrame(bytes, at); frame; frame = readFrame(bytes, at)) {
      const payload = bytes.subarray(frame.start, frame.end);
      at = frame.end;
      if (frame.opcode >= opcodes.close) this.#takeControl(frame.opcode, payload);
      else if (!frame.isLast) this.#parts.push(Buffer.from(payload));
      else {
        count += 1;
        last = payload;
        if (this.#parts.length > 0) last = Buffer.concat([...this.#parts.splice(0), payload]);
      }
    }
    if (count > 0) this.#answered(count, last);
    return at;
  }

  #answered(count: number, last: Buffer): void {
    this.#onReplies(count);
    this.#awaited -= count;
    if (this.#awaited < 0) this.#fail(new Error('there are more replies than requests'));
    else if (this.#awaited === 0) this.#onLast(last);
  }

  #takeControl(opcode: number, payload: Buffer): void {
    if (opcode === opcodes.ping) this.#socket.write(maskedFrame(opcodes.pong, payload));
    if (opcode !== opcodes.close) return;
    const code = payload.length >= 2 ? ` with ${payload.readUInt16BE(0)}` : '';
    const why = payload.toString('utf8', 2);
    this.#fail(new Error(`the server closed the connection${code}${why && ` "${why}"`}`));
  }

  #fail(error: Error): void {
    this.#fault ??= new Error(`${this.#url.href}: ${messageOf(error)}`);
    this.#awaited = 0;
    this.#socket.destroy();
    const report = this.#onFault;
    this.#onFault = ignore;
    report(this.#fault);
  }
}

/** A name with several addresses has an error for each, and then no message. */
function messageOf(error: Error): string {
  if (error.message) return error.message;
  return 'code' in error ? `connect ${String(error.code)}` : String(error);
}
