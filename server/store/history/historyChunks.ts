import { HistoryChunk, roomFor, type SessionHistory } from './historyChunk.ts';
import { ServerNames } from './serverNames.ts';
import type { NewChange } from './writtenChange.ts';

/** One session takes so much of the memory for all at most. */
const sessionShare = 1 / 4;

/** One that has so much of it gets chunks of its own. */
const ownShare = 1 / 32;

const maxChunkBytes = 64 * 1024;
const minChunkBytes = 512;

/** Of all memory, a chunk has such a part at most, so that little is dropped at once. */
const chunkShare = 1 / 64;

/** Places in a chunk are less. A place among all is the number of the chunk times this, and the place in it. */
export const placesPerChunk = 2 ** 32;

/**
 * The memory for what is remembered: chunks that are filled one after the other and emptied in the same order. Sessions share
 * them, until one has so many changes that it gets its own: then it loses its own oldest ones first.
 */
export class HistoryChunks {
  readonly #maxBytes: number;
  readonly #chunkBytes: number;
  readonly #onEmpty: (history: SessionHistory) => void;
  /** Those that have changes, by number. */
  readonly #histories = new Map<number, SessionHistory>();
  #lastHistory = 0;
  readonly #servers = new ServerNames();
  /** By number. */
  readonly #chunks = new Map<number, HistoryChunk>();
  /** None has a lower number. */
  #oldest = 1;
  #shared: HistoryChunk | undefined;
  /** Of a chunk that was dropped: new memory takes the system some 0.1 ms. */
  #spare: ArrayBuffer | undefined;
  #bytes = 0;
  #lastNumber = 0;

  /** @param onEmpty Called when the last change of a session is dropped. */
  constructor(maxBytes: number, onEmpty: (history: SessionHistory) => void) {
    this.#maxBytes = maxBytes;
    const share = Math.ceil((maxBytes * chunkShare) / 8) * 8;
    this.#chunkBytes = Math.max(minChunkBytes, Math.min(maxChunkBytes, share));
    this.#onEmpty = onEmpty;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(number: number): HistoryChunk | undefined {
    return this.#chunks.get(number);
  }

  /** Whether a change is not too large, with so many bytes of keys that went at once. */
  canKeep(change: NewChange, goneBytes: number): boolean {
    return bytesOf(change) + goneBytes <= this.#maxBytes * sessionShare;
  }

  /** Makes the newest change of a session one more time. @returns Whether it is of the same kind and cause. */
  repeat(change: NewChange, { length, lastAt }: SessionHistory): boolean {
    if (length === 0) return false;
    const chunk = this.#chunks.get(Math.floor(lastAt / placesPerChunk));
    const at = lastAt % placesPerChunk;
    if (!chunk || !isSame(chunk.readHead(at), change)) return false;
    chunk.repeat(at, change);
    return true;
  }

  write(change: NewChange, history: SessionHistory, goneBytes: number): void {
    const bytes = bytesOf(change);
    const chunk = this.#chunkFor(bytes, history);
    if (history.length === 0) this.#begin(history, change.afterMs);
    const at = chunk.write(change, history);
    if (!change.keys) history.brokenAt = history.dropped + history.length;
    history.lastAt = chunk.number * placesPerChunk + at;
    history.length += 1;
    history.bytes += bytes;
    if (goneBytes === 0) return;
    chunk.goneBytes += goneBytes;
    this.#bytes += goneBytes;
    this.#makeRoom(0);
  }

  #begin(history: SessionHistory, afterMs: number): void {
    if (history.number === 0) {
      this.#lastHistory += 1;
      history.number = this.#lastHistory;
    }
    this.#histories.set(history.number, history);
    history.sinceMs = afterMs;
  }

  /** A chunk with room for so many bytes. */
  #chunkFor(byteLength: number, history: SessionHistory): HistoryChunk {
    if (!history.own && history.bytes > this.#maxBytes * ownShare) history.own = [];
    const { own } = history;
    const open = own ? own[own.length - 1] : this.#shared;
    if (open?.hasRoomFor(byteLength)) return open;
    open?.writeTexts();
    const chunk = this.#addChunk(Math.max(byteLength, this.#chunkBytes));
    if (own) {
      own.push(chunk);
      this.#keepShare(own);
    } else this.#shared = chunk;
    return chunk;
  }

  #addChunk(byteLength: number): HistoryChunk {
    this.#makeRoom(byteLength);
    this.#lastNumber += 1;
    const chunk = new HistoryChunk(this.#lastNumber, this.#memoryFor(byteLength), this.#servers);
    this.#chunks.set(chunk.number, chunk);
    this.#bytes += chunk.byteLength;
    return chunk;
  }

  #memoryFor(byteLength: number): ArrayBuffer {
    const spare = this.#spare;
    this.#spare = undefined;
    if (spare && byteLength === this.#chunkBytes) return spare;
    return new ArrayBuffer(Math.ceil(byteLength / 8) * 8);
  }

  /** Drops the oldest chunks until so many bytes are free. The newest stays. */
  #makeRoom(byteLength: number): void {
    while (this.#bytes + byteLength > this.#maxBytes) {
      if (this.#chunks.size === 0 || (this.#chunks.size === 1 && byteLength === 0)) return;
      const chunk = this.#chunks.get(this.#oldest);
      this.#oldest += 1;
      if (chunk) this.#drop(chunk);
    }
  }

  #keepShare(own: readonly HistoryChunk[]): void {
    let bytes = 0;
    for (const chunk of own) bytes += chunk.byteLength + chunk.goneBytes;
    for (const chunk of own.slice(0, -1)) {
      if (bytes <= this.#maxBytes * sessionShare) return;
      bytes -= chunk.byteLength + chunk.goneBytes;
      this.#drop(chunk);
    }
  }

  #drop(chunk: HistoryChunk): void {
    this.#chunks.delete(chunk.number);
    this.#bytes -= chunk.byteLength + chunk.goneBytes;
    if (chunk === this.#shared) this.#shared = undefined;
    for (const [number, index] of chunk.owners()) {
      const owner = this.#histories.get(number);
      if (!owner) continue;
      if (owner.own?.[0] === chunk) owner.own.shift();
      // The index may have lost its highest bits, the difference is small.
      const count = (index + 1 - owner.dropped) | 0;
      if (count > 0) this.#dropOldest(owner, count, chunk.lastAfterMs);
    }
    if (chunk.byteLength === this.#chunkBytes) this.#spare = chunk.memory;
  }

  /** Without a change of a session none before it can be reached, wherever it is. */
  #dropOldest(history: SessionHistory, count: number, sinceMs: number): void {
    history.bytes -= (history.bytes / history.length) * count;
    history.length -= count;
    history.dropped += count;
    history.sinceMs = sinceMs;
    if (history.length > 0) return;
    this.#histories.delete(history.number);
    this.#onEmpty(history);
  }

  /** Drops the changes of one session; where they are written stays until its time comes. */
  dropAll(history: SessionHistory): void {
    history.bytes = 0;
    history.dropped += history.length;
    history.length = 0;
    history.lastAt = -1;
    history.own = undefined;
    this.#histories.delete(history.number);
  }

  /** In no time, however much it is. No change of these sessions may follow. */
  clear(): void {
    this.#oldest = this.#lastNumber + 1;
    this.#chunks.clear();
    this.#histories.clear();
    this.#shared = undefined;
    this.#bytes = 0;
  }
}

function bytesOf({ keys, characters }: NewChange): number {
  return roomFor(keys ? keys.length / 2 : 0, characters);
}

type Made = Pick<NewChange, 'kind' | 'cause'>;

function isSame(one: Made, other: Made): boolean {
  if (one.kind !== other.kind || one.cause?.connection !== other.cause?.connection) return false;
  return one.cause?.command === other.cause?.command && one.cause?.server === other.cause?.server;
}
