import { isUtf8 } from 'node:buffer';
import type { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { FrameFollower, maxFrames } from './frameFollower.ts';
import { lasting, viewOf } from './sharedReads.ts';

const wholeText = 0x81;
const masked = 0x80;
const length16 = 126;
const maskBytes = 4;
const beyondAscii = 0x80808080 | 0;

type Tcp = EventEmitter & Pick<Duplex, 'pause' | 'resume' | 'unshift'>;

/** A connection whose frames are read. */
export interface FramePeer {
  readonly socket: Pick<WebSocket, 'isPaused'>;
  /** The connection underneath. */
  readonly tcp: Tcp;
  /** What the library is reading; undefined while it is between two messages. */
  follower: FrameFollower | undefined;
  /** A chunk has come. */
  beginRead(): void;
  /** @param text As text where it is ASCII, else in UTF-8; that stands in the chunk: who keeps it copies it. */
  take(text: string | Buffer): void;
  /** So many bytes of the chunk have been read, and all messages taken that they complete. */
  endRead(bytes: number): void;
}

const peerOf = Symbol('peer');

/** A socket with listeners that all sockets share: they find the connection by it. */
interface Owned {
  readonly [peerOf]: FramePeer;
}

type Listener = (this: Tcp, chunk: Buffer) => void;

function beginRead(this: Owned): void {
  this[peerOf].beginRead();
}

function endRead(this: Owned, chunk: Buffer): void {
  this[peerOf].endRead(chunk.length);
}

/** The library reads everything. */
export function readByLibrary(peer: Pick<FramePeer, 'tcp' | 'beginRead' | 'endRead'>): void {
  const { tcp } = peer;
  Object.assign(tcp, { [peerOf]: peer });
  // Before the messages that a chunk completes are taken, and after.
  tcp.prependListener('data', beginRead);
  tcp.on('data', endRead);
}

/** Puts back what is to be read in another turn. */
function readLater(rest: Buffer, { tcp, socket }: FramePeer): void {
  tcp.pause();
  tcp.unshift(Buffer.from(rest));
  setImmediate(() => {
    // Who has paused it since resumes it.
    if (!socket.isPaused) tcp.resume();
  });
}

/**
 * Takes text messages that are one frame, whole in what has come at a time, off the sockets of a server in place. Everything
 * else goes to the library, in whose hands a connection is: fragments, control frames, what is incomplete, large or wrong.
 *
 * The library's listener is replaced by ours, by the public functions of an emitter, as `once` does: `listener` makes the
 * library's own `removeListener` find it. Where that does not work, nothing is changed.
 */
export class WholeFrames {
  readonly #maxPayloadBytes: number;
  /** In place of the library's listener, which is one for all sockets as well. */
  #ours: ((this: Owned, chunk: Buffer) => void) | undefined;
  #theirs: Listener | undefined;

  constructor(maxPayloadBytes: number) {
    this.#maxPayloadBytes = maxPayloadBytes;
  }

  /** @returns Whether the texts of this one are taken from now on. */
  takeOff(peer: FramePeer): boolean {
    const { tcp } = peer;
    const [theirs, ...others] = tcp.listeners('data') as Listener[]; // That is what listens to data.
    if (!theirs || others.length > 0) return false;
    const ours = this.#listenerFor(theirs);
    Object.assign(tcp, { [peerOf]: peer });
    tcp.removeListener('data', theirs);
    tcp.on('data', ours);
    if (tcp.listeners('data')[0] === theirs) return true;
    tcp.removeListener('data', ours);
    tcp.on('data', theirs);
    return false;
  }

  #listenerFor(theirs: Listener): (this: Owned, chunk: Buffer) => void {
    if (this.#ours && this.#theirs === theirs) return this.#ours;
    const read = (chunk: Buffer, peer: FramePeer) => this.#read(chunk, { peer, theirs });
    const ours = function readWhole(this: Owned, chunk: Buffer) {
      const peer = this[peerOf];
      peer.beginRead();
      const end = read(chunk, peer);
      if (end < chunk.length) readLater(chunk.subarray(end), peer);
      peer.endRead(end);
    };
    this.#theirs = theirs;
    this.#ours = Object.assign(ours, { listener: theirs });
    return this.#ours;
  }

  /** @returns Where what was read ends: others have their turn before the rest of thousands of small frames. */
  #read(chunk: Buffer, from: Source): number {
    const { peer } = from;
    const view = viewOf(chunk);
    let passed = 0;
    let at = 0;
    while (at < chunk.length && passed < maxFrames) {
      const end = peer.follower ? 0 : endOfText(view, at, chunk.length);
      const text =
        end === 0 ? undefined : this.#readText(chunk, view, { start: startOfText(view, at), end });
      if (text !== undefined) {
        peer.take(text);
        at = end;
      } else {
        const { end, frames } = passOn(chunk, at, from);
        passed += frames;
        at = end;
      }
    }
    return at;
  }

  /** @returns undefined when it is not right; then it is as it came, for the library to refuse. */
  #readText(chunk: Buffer, view: DataView, frame: Frame): string | Buffer | undefined {
    const { start, end } = frame;
    if (end - start > this.#maxPayloadBytes) return undefined;
    // One byte for each character, which is quicker than to look for others.
    if (unmask(view, frame)) return chunk.toString('latin1', start, end);
    const text = chunk.subarray(start, end);
    if (isUtf8(text)) return text;
    unmask(view, frame);
    return undefined;
  }
}

/** Where a chunk comes from, and the library's listener for it. */
interface Source {
  readonly peer: FramePeer;
  readonly theirs: Listener;
}

/**
 * Hands over what comes before the next whole text, all at a time: to hand over each of thousands of small frames would cost
 * more than to read it.
 * @returns Where that ends, and how many frames it was.
 */
function passOn(chunk: Buffer, start: number, { peer, theirs }: Source) {
  const follower = (peer.follower ??= new FrameFollower());
  const { frames } = follower;
  const view = viewOf(chunk);
  const { complete, end } = follower.followUntil(
    chunk,
    start,
    (at) => endOfText(view, at, chunk.length) > 0,
  );
  const handOver = (bytes: Buffer) => theirs.call(peer.tcp, bytes);
  if (complete > start) handOver(chunk.subarray(start, complete));
  // The library keeps what is not complete.
  if (complete < end) handOver(lasting(chunk.subarray(complete, end)));
  // Where it has not found all, something is wrong: from there on, all is for the library.
  if (follower.missing > 0) follower.giveUp();
  else if (complete === end) peer.follower = undefined;
  return { end, frames: follower.frames - frames };
}

/** Where a text frame has its payload. */
interface Frame {
  readonly start: number;
  readonly end: number;
}

/** @returns Where the text frame ends that begins here; 0 when it is something else, or not whole. */
function endOfText(view: DataView, at: number, size: number): number {
  if (at + 2 + maskBytes > size || view.getUint8(at) !== wholeText) return 0;
  const second = view.getUint8(at + 1) - masked;
  // Longer ones, with a length of eight bytes, seldom come at a time.
  if (second < 0 || second > length16) return 0;
  const start = startOfText(view, at);
  if (start > size) return 0;
  const end = start + (second === length16 ? view.getUint16(at + 2) : second);
  return end > size ? 0 : end;
}

/** @returns Where the payload of such a frame begins. */
function startOfText(view: DataView, at: number): number {
  return at + (view.getUint8(at + 1) === masked + length16 ? 4 : 2) + maskBytes;
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
