import { HistoryChunk, roomFor, type NewChange, type SessionHistory } from './historyChunk.ts';

/** One session takes so much of the memory for all at most. */
const sessionShare = 1 / 4;

/** One that has so much of it gets chunks of its own. */
const ownShare = 1 / 32;

const maxChunkBytes = 64 * 1024;
const minChunkBytes = 512;

/** Of all memory, a chunk has such a part at most, so that little is dropped at once. */
const chunkShare = 1 / 64;

/** A place among the owners of a chunk, and among the indexes. */
const ownerBytes = 16;

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
  /** The oldest first, by number. */
  readonly #chunks = new Map<number, HistoryChunk>();
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

  /** Whether a change of so many bytes is not too large. */
  canKeep(byteLength: number): boolean {
    return byteLength <= this.#maxBytes * sessionShare;
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
    const bytes = roomFor(change);
    const chunk = this.#chunkFor(bytes, history);
    const at = chunk.write(change, history);
    chunk.goneBytes += goneBytes;
    this.#bytes += goneBytes + ownerBytes;
    if (history.length === 0) history.sinceMs = change.afterMs;
    if (!change.keys) history.brokenAt = history.dropped + history.length;
    history.lastAt = chunk.number * placesPerChunk + at;
    history.length += 1;
    history.bytes += bytes;
    if (goneBytes > 0) this.#makeRoom(0);
  }

  /** A chunk with room for so many bytes. */
  #chunkFor(byteLength: number, history: SessionHistory): HistoryChunk {
    if (!history.own && history.bytes > this.#maxBytes * ownShare) history.own = [];
    const { own } = history;
    const open = own ? own.at(-1) : this.#shared;
    if (open?.hasRoomFor(byteLength)) return open;
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
    const chunk = new HistoryChunk(this.#lastNumber, this.#memoryFor(byteLength));
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
    for (const chunk of this.#chunks.values()) {
      if (this.#bytes + byteLength <= this.#maxBytes) return;
      if (this.#chunks.size > 1 || byteLength > 0) this.#drop(chunk);
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
    this.#bytes -= chunk.byteLength + chunk.goneBytes + chunk.owners.length * ownerBytes;
    if (chunk === this.#shared) this.#shared = undefined;
    if (chunk.byteLength === this.#chunkBytes) this.#spare = chunk.memory;
    for (const [at, owner] of chunk.owners.entries()) {
      if (owner.own?.[0] === chunk) owner.own.shift();
      const count = (chunk.indexes[at] ?? 0) + 1 - owner.dropped;
      if (count > 0) this.#dropOldest(owner, count, chunk.lastAfterMs);
    }
  }

  /** Without a change of a session none before it can be reached, wherever it is. */
  #dropOldest(history: SessionHistory, count: number, sinceMs: number): void {
    history.bytes -= (history.bytes / history.length) * count;
    history.length -= count;
    history.dropped += count;
    history.sinceMs = sinceMs;
    if (history.length === 0) this.#onEmpty(history);
  }

  /** Drops the changes of one session; where they are written stays until its time comes. */
  dropAll(history: SessionHistory): void {
    history.bytes = 0;
    history.dropped += history.length;
    history.length = 0;
    history.lastAt = -1;
  }

  /** In no time, however much it is. */
  clear(): void {
    this.#chunks.clear();
    this.#shared = undefined;
    this.#bytes = 0;
  }
}

type Made = Pick<NewChange, 'kind' | 'cause'>;

function isSame(one: Made, other: Made): boolean {
  if (one.kind !== other.kind || one.cause?.connection !== other.cause?.connection) return false;
  return one.cause?.command === other.cause?.command;
}
