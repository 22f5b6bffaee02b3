import { bytesOfChange, HistoryChunk } from './historyChunk.ts';
import type { NotedKeys } from './notedKeys.ts';
import { HistoryOwners } from './historyOwners.ts';
import { ServerNames } from './serverNames.ts';
import type { NewChange } from './writtenChange.ts';

/** Memory of a {@link SessionHistory}. */
export const historyBytes = 112;

/** Which changes of a session are remembered, and where the newest is. */
export class SessionHistory {
  /** Stands for it in chunks; -1: there is nothing of it in them. */
  number = -1;
  /** Changes in chunks, also those that are not remembered any more. */
  written = 0;
  /** Number of the chunk with the newest change, and where it is there; 0: there is none. */
  lastChunk = 0;
  lastAt = 0;
  length = 0;
  dropped = 0;
  /** Index of the last change whose keys are not kept; less than 0: there is none. */
  brokenAt = -1;
  /** All changes after it are remembered; milliseconds since the store was opened. */
  sinceMs = 0;
  /** Bytes that those take, about. */
  bytes = 0;
  /** Of a session with many changes: where only its own are. */
  own: HistoryChunk[] | undefined = undefined;
  /** Its session has ended and had this id. */
  endedId: string | undefined = undefined;
}

/** One session takes so much of the memory for all at most. */
const sessionShare = 1 / 4;

/** One that has so much of it gets chunks of its own. */
const ownShare = 1 / 32;

const maxChunkBytes = 64 * 1024;
const minChunkBytes = 512;

/** Of all memory, a chunk has such a part at most, so that little is dropped at once. */
const chunkShare = 1 / 64;

/**
 * The memory for what is remembered: chunks that are filled one after the other and emptied in the same order. Sessions share
 * them, until one has so many changes that it gets its own: then it loses its own oldest ones first.
 */
export class HistoryChunks {
  readonly #maxBytes: number;
  readonly #chunkBytes: number;
  readonly #onEmpty: (history: SessionHistory) => void;
  readonly #servers = new ServerNames();
  readonly #owners = new HistoryOwners<SessionHistory>();
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
    return bytesOfChange(change) + goneBytes <= this.#maxBytes * sessionShare;
  }

  /** Lets the keys of the next change be noted where most changes are written. */
  expect(keys: NotedKeys): void {
    if (this.#shared) this.#shared.expect(keys);
    else keys.begin();
  }

  /** Makes the newest change of a session one more time. @returns Whether it is of the same kind and cause. */
  repeat(change: NewChange, { length, lastChunk, lastAt }: SessionHistory): boolean {
    if (length === 0) return false;
    const chunk = this.#chunks.get(lastChunk);
    if (!chunk || !isSame(chunk.readHead(lastAt), change)) return false;
    chunk.repeat(lastAt, change);
    return true;
  }

  write(change: NewChange, history: SessionHistory, goneBytes: number): void {
    const bytes = bytesOfChange(change);
    const chunk = this.#chunkFor(bytes, history);
    const isFirst = history.length === 0;
    if (isFirst) history.sinceMs = change.afterMs;
    this.#owners.add(history);
    const at = chunk.write(change, history);
    if (!change.keys) history.brokenAt = history.dropped + history.length;
    history.lastChunk = chunk.number;
    history.lastAt = at;
    history.length += 1;
    history.bytes += bytes;
    const besideBytes = goneBytes + (isFirst ? historyBytes : 0);
    if (besideBytes === 0) return;
    chunk.besideBytes += besideBytes;
    this.#bytes += besideBytes;
    this.#makeRoom(0);
  }

  /** A chunk with room for so many bytes. */
  #chunkFor(byteLength: number, history: SessionHistory): HistoryChunk {
    if (!history.own && history.bytes > this.#maxBytes * ownShare) history.own = [];
    const { own } = history;
    const open = own ? own[own.length - 1] : this.#shared;
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
    const chunk = new HistoryChunk(this.#lastNumber, this.#memoryFor(byteLength), this.#servers);
    this.#chunks.set(chunk.number, chunk);
    this.#bytes += chunk.byteLength;
    return chunk;
  }

  #memoryFor(byteLength: number): ArrayBuffer {
    const spare = this.#spare;
    this.#spare = undefined;
    if (spare && byteLength === this.#chunkBytes) return spare;
    // Not set to 0 first: nothing is read that was not written.
    return Buffer.allocUnsafeSlow(Math.ceil(byteLength / 8) * 8).buffer;
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
    for (const chunk of own) bytes += chunk.byteLength + chunk.besideBytes;
    for (const chunk of own.slice(0, -1)) {
      if (bytes <= this.#maxBytes * sessionShare) return;
      bytes -= chunk.byteLength + chunk.besideBytes;
      this.#drop(chunk);
    }
  }

  #drop(chunk: HistoryChunk): void {
    this.#chunks.delete(chunk.number);
    this.#bytes -= chunk.byteLength + chunk.besideBytes;
    if (chunk === this.#shared) this.#shared = undefined;
    chunk.forEachOwner((number, index) => {
      const owner = this.#owners.remove(number);
      if (owner.own?.[0] === chunk) owner.own.shift();
      // The index may have lost its highest bits, the difference is small.
      const count = (index + 1 - owner.dropped) | 0;
      if (count > 0) this.#dropOldest(owner, count, chunk.lastAfterMs);
    });
    if (chunk.byteLength === this.#chunkBytes) this.#spare = chunk.memory;
  }

  /** Without a change of a session none before it can be reached, wherever it is. */
  #dropOldest(history: SessionHistory, count: number, sinceMs: number): void {
    history.bytes -= Math.round((history.bytes / history.length) * count);
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
    history.lastChunk = 0;
    history.lastAt = 0;
    history.own = undefined;
  }

  /** In no time, however much it is. No change of these sessions may follow. */
  clear(): void {
    this.#oldest = this.#lastNumber + 1;
    this.#chunks.clear();
    this.#owners.clear();
    this.#shared = undefined;
    this.#bytes = 0;
  }
}

type Made = Pick<NewChange, 'kind' | 'cause'>;

function isSame(one: Made, other: Made): boolean {
  if (one.kind !== other.kind || one.cause?.connection !== other.cause?.connection) return false;
  return one.cause?.command === other.cause?.command && one.cause?.server === other.cause?.server;
}
