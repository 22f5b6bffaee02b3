import { bytesOfChange, HistoryChunk } from './historyChunk.ts';
import type { NotedKeys } from './notedKeys.ts';
import { ServerNames } from './serverNames.ts';
import { timelineBytes, TimelineRow, TimelineRows } from './timelineRows.ts';
import type { NewChange } from './writtenChange.ts';

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
  readonly #onEmpty: (timeline: number) => void;
  readonly #servers = new ServerNames();
  readonly #timelines = new TimelineRows();
  /** The row of the timeline that gets a change, and of one that loses some: both may be in use at once. */
  readonly #written = new TimelineRow(this.#timelines);
  readonly #losing = new TimelineRow(this.#timelines);
  /** Chunks of timelines with many changes, in which only their own are. */
  readonly #own = new Map<number, HistoryChunk[]>();
  /** By number. */
  readonly #chunks = new Map<number, HistoryChunk>();
  /** None has a lower number. */
  #oldest = 1;
  #shared: HistoryChunk | undefined;
  /** Of a chunk that was dropped: new memory takes the system some 0.1 ms. */
  #spare: ArrayBuffer | undefined;
  #bytes = 0;
  #lastNumber = 0;

  /** @param onEmpty Called with a timeline when its last change is dropped. */
  constructor(maxBytes: number, onEmpty: (timeline: number) => void) {
    this.#maxBytes = maxBytes;
    const share = Math.ceil((maxBytes * chunkShare) / 8) * 8;
    this.#chunkBytes = Math.max(minChunkBytes, Math.min(maxChunkBytes, share));
    this.#onEmpty = onEmpty;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Timelines that are held or have changes in chunks. */
  get timelineCount(): number {
    return this.#timelines.count;
  }

  /** @returns A new timeline, which must be released. */
  open(): number {
    return this.#timelines.allocate();
  }

  /** The row of a timeline that is held. */
  rowOf(timeline: number): TimelineRow {
    return new TimelineRow(this.#timelines).moveTo(timeline);
  }

  /** @returns Undefined: the chunk has been dropped. */
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

  /** Counts the newest change of a timeline once more. @returns false: it is of another kind or cause, or too old. */
  repeat(change: NewChange, timeline: number): boolean {
    const { length, lastChunk, lastAt } = this.#written.moveTo(timeline);
    if (length === 0) return false;
    const chunk = this.#chunks.get(lastChunk);
    if (!chunk || !isSame(chunk.readHead(lastAt), change)) return false;
    return chunk.repeat(lastAt, change);
  }

  write(change: NewChange, timeline: number, goneBytes: number): void {
    const bytes = bytesOfChange(change);
    const row = this.#written.moveTo(timeline);
    const chunk = this.#chunkFor(row, bytes, change.afterMs);
    const isFirst = row.length === 0;
    if (isFirst) {
      row.sinceMs = change.afterMs;
      row.isFirstBroken = !change.keys;
    }
    row.setLast(chunk.number, chunk.write(change, row));
    row.written += 1;
    row.length += 1;
    row.bytes += bytes;
    const besideBytes = goneBytes + (isFirst ? timelineBytes : 0);
    if (besideBytes === 0) return;
    chunk.besideBytes += besideBytes;
    this.#bytes += besideBytes;
    this.#makeRoom(0);
  }

  /** A chunk with room for so many bytes of a change at this time. */
  #chunkFor(row: TimelineRow, byteLength: number, afterMs: number): HistoryChunk {
    const own = this.#ownOf(row);
    const open = own ? own[own.length - 1] : this.#shared;
    if (open?.hasRoomFor(byteLength, afterMs)) return open;
    const chunk = this.#addChunk(Math.max(byteLength, this.#chunkBytes));
    if (own) {
      own.push(chunk);
      this.#keepShare(own);
    } else this.#shared = chunk;
    return chunk;
  }

  /** Undefined: it has too few changes. */
  #ownOf({ number, bytes }: TimelineRow): HistoryChunk[] | undefined {
    const own = this.#own.size > 0 ? this.#own.get(number) : undefined;
    if (own || bytes <= this.#maxBytes * ownShare) return own;
    const none: HistoryChunk[] = [];
    this.#own.set(number, none);
    return none;
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
    chunk.forEachOwner((timeline, index) => this.#dropOne(chunk, timeline, index));
    if (chunk.byteLength === this.#chunkBytes) this.#spare = chunk.memory;
  }

  /** @param index Of the change among all of its timeline. */
  #dropOne(chunk: HistoryChunk, timeline: number, index: number): void {
    const own = this.#own.size > 0 ? this.#own.get(timeline) : undefined;
    if (own?.[0] === chunk) own.shift();
    const row = this.#losing.moveTo(timeline);
    // The index may have lost its highest bits, the difference is small.
    const count = (index + 1 - row.dropped) | 0;
    if (count > 0) this.#dropOldest(row, count, chunk.lastAfterMs);
    row.written -= 1;
    this.#freeUnused(row);
  }

  /** Without a change of a timeline none before it can be reached, wherever it is. */
  #dropOldest(row: TimelineRow, count: number, sinceMs: number): void {
    row.bytes -= (row.bytes / row.length) * count;
    row.length -= count;
    row.dropped += count;
    row.sinceMs = sinceMs;
    row.isFirstBroken = false;
    if (row.length === 0) this.#onEmpty(row.number);
  }

  /** Drops the changes of one timeline; where they are written stays until its time comes. */
  dropAll(timeline: number): void {
    const row = this.rowOf(timeline);
    row.bytes = 0;
    row.dropped += row.length;
    row.length = 0;
    row.setLast(0, 0);
    this.#own.delete(timeline);
  }

  /** Drops the changes of a timeline that gets no other, and whose number is not used any more. */
  release(timeline: number): void {
    this.dropAll(timeline);
    const row = this.rowOf(timeline);
    row.isHeld = false;
    this.#freeUnused(row);
  }

  #freeUnused(row: TimelineRow): void {
    if (row.written === 0 && !row.isHeld) this.#timelines.free(row.number);
  }

  /** Drops everything, in the same time however much it is. No timeline may be used afterwards. */
  clear(): void {
    this.#oldest = this.#lastNumber + 1;
    this.#chunks.clear();
    this.#own.clear();
    this.#timelines.clear();
    this.#shared = undefined;
    this.#bytes = 0;
  }
}

type Made = Pick<NewChange, 'kind' | 'cause'>;

function isSame(one: Made, other: Made): boolean {
  if (one.kind !== other.kind || one.cause?.connection !== other.cause?.connection) return false;
  return one.cause?.command === other.cause?.command && one.cause?.server === other.cause?.server;
}
