import type { EntryList } from '../../../protocol/json/entryList.ts';
import { jsonNull, type JsonText } from '../../../protocol/json/jsonText.ts';
import type { StatusName } from '../../../protocol/status.ts';
import { Blocks, bytesOfBlock, startOf } from './blocks.ts';
import {
  bytesOf,
  endOfEntry,
  entryHeadBytes,
  read16,
  readText,
  startOfValue,
  textHead,
  write16,
  writeText,
  type HeadedText,
} from '../entries.ts';
import { noteEntries, noteEntry, type KeyNotes } from './keyNotes.ts';
import {
  EntryReader,
  findEntries,
  findEntry,
  headBytes,
  headed,
  isKeyOf,
  isPackable,
  overwriteEntries,
  packedBytes,
  readValue,
  writeEntry,
  type Range,
} from './packedEntries.ts';

/** Keys with their values, side by side. */
export interface KeyLists {
  readonly keys: readonly string[];
  readonly values: readonly JsonText[];
}

/** What became of a key that was stored. */
export interface StoredKey {
  /** With the key; 0: there was no room, and the block is as it was. */
  readonly block: number;
  /** Where the key after it may be. */
  readonly next: number;
  readonly isNew: boolean;
}

const noRoom: StoredKey = { block: 0, next: -1, isNew: false };

/**
 * Keys with their values of many sessions, all of one in one block of memory. A block of 0 has none. What changes them
 * gives the block in which they are then.
 */
export class PackedKeys {
  readonly #blocks = new Blocks();

  /** Blocks in use. */
  get count(): number {
    return this.#blocks.count;
  }

  sizeOf(block: number): number {
    return block === 0 ? 0 : (this.#blocks.memoryOf(block)[startOf(block) + 2] ?? 0);
  }

  /** Memory that they take. */
  bytesOf(block: number): number {
    return block === 0 ? 0 : bytesOfBlock(this.#usedBytes(block));
  }

  /** Bytes of all texts. */
  textBytesOf(block: number): number {
    return block === 0 ? 0 : this.#usedBytes(block) - packedBytes(this.sizeOf(block), 0);
  }

  get(block: number, key: string): JsonText | undefined {
    return this.valueAt(block, this.find(block, key));
  }

  /** @param entry Less than 0: there is none. */
  valueAt(block: number, entry: number): JsonText | undefined {
    return entry < 0 ? undefined : readValue(this.#blocks.memoryOf(block), entry);
  }

  /**
   * Where the entry of a key is, until the block is changed; less than 0: there is none.
   * @param guess Looked at first.
   */
  find(block: number, key: string, guess = -1): number {
    if (block === 0) return -1;
    const memory = this.#blocks.memoryOf(block);
    const range = rangeOf(memory, block);
    if (guess >= 0 && guess < range.to && isKeyOf(memory, guess, key)) return guess;
    return findEntry(memory, range, key);
  }

  /** Values of keys, in less time than one after the other. */
  pick(block: number, keys: readonly string[]): (JsonText | undefined)[] {
    if (keys.length === 1) return [this.get(block, keys[0] ?? '')];
    if (block === 0) return keys.map(() => undefined);
    const memory = this.#blocks.memoryOf(block);
    const range = rangeOf(memory, block);
    const reader = new EntryReader(memory, range);
    const places = findEntries(memory, range, keys);
    return places.map((entry) => (entry < 0 ? undefined : reader.valueOf(entry)));
  }

  /** Reads of all entries, in order. */
  read<T>(block: number, read: (reader: EntryReader, entry: number) => T): T[] {
    const found: T[] = [];
    if (block === 0) return found;
    const memory = this.#blocks.memoryOf(block);
    const range = rangeOf(memory, block);
    const reader = new EntryReader(memory, range);
    for (let at = range.from; at < range.to; at = endOfEntry(memory, at)) {
      found.push(read(reader, at));
    }
    return found;
  }

  /** In a map; each has texts of its own. */
  mapOf(block: number): Map<string, JsonText> {
    const map = new Map<string, JsonText>();
    if (block === 0) return map;
    const memory = this.#blocks.memoryOf(block);
    const { from, to } = rangeOf(memory, block);
    for (let at = from; at < to; at = endOfEntry(memory, at)) {
      const key = readText(memory, at + entryHeadBytes, read16(memory, at));
      map.set(key, readValue(memory, at));
    }
    return map;
  }

  /** Notes a key with its value. @param entry Where it is; less than 0: it is not there. */
  note(block: number, entry: number, { key, notes }: { key: string; notes: KeyNotes }): void {
    if (entry < 0) notes.note(key, undefined);
    else noteEntry(this.#blocks.wordsOf(block), entry, notes);
  }

  /** @param entry Where the key is; less than 0: it is not there. */
  store(
    block: number,
    [key, text]: readonly [key: string, value: JsonText],
    entry: number,
  ): StoredKey {
    const value = { text, head: textHead(text) };
    if (entry < 0) return this.#append(block, key, value);
    return this.#overwrite(block, entry, value);
  }

  /**
   * Stores keys one after the other.
   * @param statuses Gets what became of each: of fewer keys, when there was no room for the next one.
   * @param notes Gets every key with its value before, unless the block is 0.
   * @returns The block in which they are.
   */
  storeAll(
    block: number,
    entries: EntryList<JsonText>,
    { statuses, notes }: { statuses: StatusName[]; notes: KeyNotes | undefined },
  ): number {
    if (block > 0) {
      const memory = this.#blocks.wordsOf(block);
      const { bytes } = memory;
      const places = findEntries(bytes, rangeOf(bytes, block), entries.names);
      if (notes) noteEntries(memory, places, { keys: entries.names, notes });
      overwriteEntries(bytes, places, { entries, statuses });
    }
    return this.#storeEach(block, entries, statuses);
  }

  /** Stores those that are left, whatever room they need. */
  #storeEach(block: number, { names, items }: EntryList<JsonText>, statuses: StatusName[]): number {
    let last = block;
    let next = -1;
    for (let at = statuses.length; at < names.length; at += 1) {
      const [key, text] = [names[at] ?? '', items[at] ?? jsonNull];
      const stored = this.store(last, [key, text], this.find(last, key, next));
      if (stored.block === 0) return last;
      last = stored.block;
      ({ next } = stored);
      statuses.push(stored.isNew ? 'KeySet' : 'KeyUpdated');
    }
    return last;
  }

  /** Stores keys, each once, in a new block. @returns 0: they have no room in one. */
  fill({ keys, values }: KeyLists): number {
    const entries = keys.map((key, index) => headed(key, values[index] ?? jsonNull));
    let textBytes = 0;
    for (const { key, value } of entries) textBytes += bytesOf(key.head) + bytesOf(value.head);
    if (keys.length === 0 || !isPackable(keys.length, textBytes)) return 0;
    const used = packedBytes(keys.length, textBytes);
    const block = this.#blocks.allocate(used);
    const memory = this.#blocks.memoryOf(block);
    const start = startOf(block);
    write16(memory, start, used);
    memory[start + 2] = keys.length;
    let at = start + headBytes;
    for (const entry of entries) {
      writeEntry(memory, at, entry);
      at = endOfEntry(memory, at);
    }
    return block;
  }

  delete(block: number, entry: number): number {
    const size = this.sizeOf(block);
    if (size === 1) {
      this.free(block);
      return 0;
    }
    const end = endOfEntry(this.#blocks.memoryOf(block), entry);
    const smaller = this.#moveRest(block, end, entry - end);
    this.#blocks.memoryOf(smaller)[startOf(smaller) + 2] = size - 1;
    return smaller;
  }

  free(block: number): void {
    if (block > 0) this.#blocks.free(block);
  }

  #usedBytes(block: number): number {
    return read16(this.#blocks.memoryOf(block), startOf(block));
  }

  #append(block: number, key: string, value: HeadedText): StoredKey {
    const keyHead = textHead(key);
    const [size, textBytes] = [this.sizeOf(block), this.textBytesOf(block)];
    const added = bytesOf(keyHead) + bytesOf(value.head);
    if (!isPackable(size + 1, textBytes + added)) return noRoom;
    const used = packedBytes(size, textBytes);
    const larger = this.#resize(block, used + entryHeadBytes + added);
    const memory = this.#blocks.memoryOf(larger);
    const entry = startOf(larger) + used;
    writeEntry(memory, entry, { key: { text: key, head: keyHead }, value });
    memory[startOf(larger) + 2] = size + 1;
    return { block: larger, next: -1, isNew: true };
  }

  #overwrite(block: number, entry: number, value: HeadedText): StoredKey {
    const memory = this.#blocks.memoryOf(block);
    const growth = bytesOf(value.head) - bytesOf(read16(memory, entry + 2));
    if (growth === 0) return this.#write(block, entry, value);
    if (!isPackable(this.sizeOf(block), this.textBytesOf(block) + growth)) return noRoom;
    const resized = this.#moveRest(block, endOfEntry(memory, entry), growth);
    return this.#write(resized, entry - startOf(block) + startOf(resized), value);
  }

  /** Writes the value of an entry that has room for it. */
  #write(block: number, entry: number, value: HeadedText): StoredKey {
    const memory = this.#blocks.memoryOf(block);
    write16(memory, entry + 2, value.head);
    writeText(memory, startOfValue(memory, entry), value);
    return { block, next: endOfEntry(memory, entry), isNew: false };
  }

  /** Moves all from a place on, in a block of the size that is necessary then. @returns That block. */
  #moveRest(block: number, from: number, by: number): number {
    const [start, used] = [startOf(block), this.#usedBytes(block)];
    if (by < 0) this.#blocks.memoryOf(block).copyWithin(from + by, from, start + used);
    const resized = this.#resize(block, used + by);
    const at = from - start + startOf(resized);
    const end = startOf(resized) + used;
    if (by > 0) this.#blocks.memoryOf(resized).copyWithin(at + by, at, end);
    return resized;
  }

  /** @returns The block, or another with the same in it, with room for so many bytes. */
  #resize(block: number, byteLength: number): number {
    const used = block === 0 ? 0 : this.#usedBytes(block);
    let resized = block;
    if (bytesOfBlock(used) !== bytesOfBlock(byteLength)) {
      resized = this.#blocks.allocate(byteLength);
      if (block > 0) this.#move(block, resized, Math.min(used, byteLength));
    }
    write16(this.#blocks.memoryOf(resized), startOf(resized), byteLength);
    return resized;
  }

  #move(block: number, to: number, byteLength: number): void {
    const start = startOf(block);
    const memory = this.#blocks.memoryOf(block);
    memory.copy(this.#blocks.memoryOf(to), startOf(to), start, start + byteLength);
    this.#blocks.free(block);
  }
}

/** Where the entries are. */
function rangeOf(memory: Buffer, block: number): Range {
  const start = startOf(block);
  return { from: start + headBytes, to: start + read16(memory, start) };
}
