import { Socket } from 'node:net';
import { platform } from 'node:os';
import { Readable } from 'node:stream';

/** As much as Node reads at a time. */
const buffer = Buffer.allocUnsafeSlow(64 * 1024);

const view = new DataView(buffer.buffer);

/** What Node keeps on a socket that was made with `onread`, under symbols of these names. */
const names = ['kBuffer', 'kBufferCb', 'kBufferGen'] as const;
type Name = (typeof names)[number];

interface Handle {
  useUserBuffer(buffer: Buffer): void;
}

/**
 * Lets all sockets read into one buffer, where Node would make one of 64 KiB for each read. What comes is emitted as
 * `data`, and stands there only until the listeners return.
 *
 * Node has this as `onread`, but only for sockets that one makes oneself. So it is done to a socket that was accepted, if it has
 * all that belongs to it; if not, nothing is changed. Not on Windows, where reads may be under way on several sockets.
 * @returns Whether it is done.
 */
export function shareReads(tcp: Socket, system: NodeJS.Platform = platform()): boolean {
  const handle = (tcp as { _handle?: unknown })._handle;
  const symbols = symbolsOf(tcp);
  if (system === 'win32' || tcp.constructor !== Socket || !symbols || !isHandle(handle))
    return false;
  Object.assign(tcp, { [symbols.kBuffer]: buffer, [symbols.kBufferCb]: take });
  // Such a socket stops reading at once when it is paused. Others read on until they hold enough, and this one must too: what
  // it holds tells how much its peer has to be done.
  Object.assign(tcp, { pause });
  handle.useUserBuffer(buffer);
  return true;
}

/** Whether these bytes stand only until the listeners return. */
export function isShared(bytes: Buffer): boolean {
  return bytes.buffer === buffer.buffer;
}

/** Bytes that stand as long as they are needed: themselves, or a copy. */
export function lasting(bytes: Buffer): Buffer {
  return isShared(bytes) ? copyOf(bytes) : bytes;
}

/** Chunks of these lengths are kept: most requests are short, and many have the same length. */
const maxKeptLength = 2048;

/** By their lengths. */
const chunks: (Buffer | undefined)[] = Array.from({ length: maxKeptLength + 1 });

function chunkOf(length: number): Buffer {
  if (length > maxKeptLength) return buffer.subarray(0, length);
  return (chunks[length] ??= buffer.subarray(0, length));
}

/** A view that begins with these bytes; it may continue behind them. */
export function viewOf(bytes: Buffer): DataView {
  if (bytes === chunks[bytes.length]) return view;
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function pause(this: Socket): Socket {
  Readable.prototype.pause.call(this);
  return this;
}

/**
 * Node calls it on the socket. One for all: a closure for each would be memory of an idle connection.
 * @returns Whether to read on; who pauses the socket has stopped it.
 */
function take(this: Socket, length: number): boolean {
  const bytes = chunkOf(length);
  if (this.readableFlowing !== true || this.readableLength > 0) return this.push(copyOf(bytes));
  this.emit('data', bytes);
  return true;
}

/** @returns undefined when one of them is missing or in use. */
function symbolsOf(tcp: Socket): Record<Name, symbol> | undefined {
  const own = Object.getOwnPropertySymbols(tcp);
  const known = own.filter((symbol) => names.some((name) => name === symbol.description));
  const found = Object.fromEntries(known.map((symbol) => [symbol.description, symbol]));
  const isUnused = known.every((symbol) => Reflect.get(tcp, symbol) === null);
  return known.length === names.length && isUnused ? (found as Record<Name, symbol>) : undefined;
}

function isHandle(handle: unknown): handle is Handle {
  return typeof (handle as Partial<Handle> | undefined)?.useUserBuffer === 'function';
}

/** From this size on a copy has its own memory: the pool that Node 24 takes smaller ones from has 64 kB. */
const ownBytes = 4 * 1024;

/** A copy that may be kept: if it is not small, it keeps no other bytes in memory. */
export function copyOf(bytes: Buffer): Buffer {
  if (bytes.length < ownBytes) return Buffer.from(bytes);
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(copy);
  return copy;
}
