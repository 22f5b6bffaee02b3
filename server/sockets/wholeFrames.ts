import { isUtf8 } from 'node:buffer';
import type { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { FrameFollower, maxFrames } from './frameFollower.ts';
import { lasting } from './sharedReads.ts';

const wholeText = 0x81;
const masked = 0x80;
const length16 = 126;
const maskBytes = 4;
const beyondAscii = 0x80808080 | 0;

interface FrameOptions {
  readonly socket: Pick<WebSocket, 'emit' | 'isPaused' | 'on'>;
  /** The connection underneath. */
  readonly tcp: EventEmitter & Pick<Duplex, 'pause' | 'resume' | 'unshift'>;
  readonly maxPayloadBytes: number;
}

/** Puts back what is to be read in another turn. */
function readLater(rest: Buffer, tcp: FrameOptions['tcp'], socket: FrameOptions['socket']): void {
  tcp.pause();
  tcp.unshift(Buffer.from(rest));
  setImmediate(() => {
    // Who has paused it since resumes it.
    if (!socket.isPaused) tcp.resume();
  });
}

type Listener = (chunk: Buffer) => void;

/**
 * Takes text messages that are one frame, whole in what has come at a time, off the socket in place. Everything else goes
 * to the library, in whose hands the connection is: fragments, control frames, what is incomplete, large or wrong.
 *
 * The library's listener is replaced by ours, by the public functions of an emitter, as `once` does: `listener` makes the
 * library's own `removeListener` find it. Where that does not work, nothing is changed.
 * Messages that are taken stand in the chunk: who keeps one copies it.
 * @returns Whether it is done.
 */
export function takeWholeFrames({ socket, tcp, maxPayloadBytes }: FrameOptions): boolean {
  const [theirs, ...others] = tcp.listeners('data') as Listener[]; // That is what listens to data.
  if (!theirs || others.length > 0) return false;
  const reader = new WholeFrames(socket, (bytes) => theirs.call(tcp, bytes), maxPayloadBytes);
  const read = (chunk: Buffer) => {
    const end = reader.read(chunk);
    if (end < chunk.length) readLater(chunk.subarray(end), tcp, socket);
  };
  const ours = Object.assign(read, { listener: theirs });
  tcp.removeListener('data', theirs);
  tcp.on('data', ours);
  if (tcp.listeners('data')[0] === theirs) return true;
  tcp.removeListener('data', ours);
  tcp.on('data', theirs);
  return false;
}

/** Reads what comes on one socket. */
class WholeFrames {
  readonly #socket: Pick<WebSocket, 'emit' | 'on'>;
  /** Hands bytes to the library. */
  readonly #handOver: (bytes: Buffer) => void;
  readonly #maxPayloadBytes: number;
  /** What the library is reading; undefined while it is between two messages. */
  #follower: FrameFollower | undefined;
  /** What the library has found since it was handed something. */
  #found = 0;
  /** Frames of this chunk that the library was handed. */
  #passed = 0;

  constructor(
    socket: Pick<WebSocket, 'emit' | 'on'>,
    handOver: (bytes: Buffer) => void,
    maxPayloadBytes: number,
  ) {
    this.#socket = socket;
    this.#handOver = handOver;
    this.#maxPayloadBytes = maxPayloadBytes;
    const note = () => {
      this.#found += 1;
    };
    for (const event of ['message', 'ping', 'pong'] as const) socket.on(event, note);
  }

  /** @returns Where what was read ends: others have their turn before the rest of thousands of small frames. */
  read(chunk: Buffer): number {
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
    this.#passed = 0;
    let at = 0;
    while (at < chunk.length && this.#passed < maxFrames) {
      const frame = this.#follower ? undefined : wholeTextAt(view, at);
      const isTaken = frame !== undefined && this.#take(chunk, view, frame);
      at = isTaken ? frame.end : this.#passOn(chunk, view, at);
    }
    return at;
  }

  /** @returns Whether it is a message that is right; otherwise it is as it came, for the library to refuse. */
  #take(chunk: Buffer, view: DataView, frame: Frame): boolean {
    const { start, end } = frame;
    if (end - start > this.#maxPayloadBytes) return false;
    const isAscii = unmask(view, frame);
    const payload = chunk.subarray(start, end);
    if (!isAscii && !isUtf8(payload)) {
      unmask(view, frame);
      return false;
    }
    this.#socket.emit('message', payload, false);
    return true;
  }

  /**
   * Hands over what comes before the next whole text, all at a time: to hand over each of thousands of small frames would cost
   * more than to read it.
   * @returns Where that ends.
   */
  #passOn(chunk: Buffer, view: DataView, start: number): number {
    const follower = (this.#follower ??= new FrameFollower());
    const { events, frames } = follower;
    const { complete, end } = follower.followUntil(
      chunk,
      start,
      (at) => wholeTextAt(view, at) !== undefined,
    );
    this.#passed += follower.frames - frames;
    this.#found = 0;
    if (complete > start) this.#handOver(chunk.subarray(start, complete));
    // The library keeps what is not complete.
    if (complete < end) this.#handOver(lasting(chunk.subarray(complete, end)));
    // Where it has not found all, something is wrong: from there on, all is for the library.
    if (this.#found < follower.events - events) follower.giveUp();
    else if (complete === end) this.#follower = undefined;
    return end;
  }
}

/** Where a text frame has its payload. */
interface Frame {
  readonly start: number;
  readonly end: number;
}

/** @returns undefined when what begins here is something else, or is not whole. */
function wholeTextAt(view: DataView, at: number): Frame | undefined {
  const size = view.byteLength;
  if (at + 2 + maskBytes > size || view.getUint8(at) !== wholeText) return undefined;
  const second = view.getUint8(at + 1) - masked;
  // Longer ones, with a length of eight bytes, seldom come at a time.
  if (second < 0 || second > length16) return undefined;
  const start = at + (second === length16 ? 4 : 2) + maskBytes;
  if (start > size) return undefined;
  const end = start + (second === length16 ? view.getUint16(at + 2) : second);
  return end > size ? undefined : { start, end };
}

/** Takes the mask off, or puts it on. @returns Whether all is ASCII, as it is now. */
function unmask(view: DataView, { start, end }: Frame): boolean {
  const mask = view.getInt32(start - maskBytes, true);
  let bits = 0;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const word = view.getInt32(at, true) ^ mask;
    bits |= word;
    view.setInt32(at, word, true);
  }
  for (let shift = 0; at < end; at += 1, shift += 8) {
    const byte = view.getUint8(at) ^ ((mask >>> shift) & 0xff);
    bits |= byte;
    view.setUint8(at, byte);
  }
  return (bits & beyondAscii) === 0;
}
