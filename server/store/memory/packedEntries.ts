import type { JsonText } from '../../../protocol/json/jsonText.ts';
import { isNarrow } from '../detachText.ts';
import { maxBlockBytes } from './blocks.ts';

// Keys with their values in a block of memory, one entry after the other. Each text has one byte a character, or two
// where one of its characters needs them.

/** More keys than this are found sooner in a map. */
export const maxPackedKeys = 32;

/** Before the entries: bytes up to their end, and how many there are. */
export const headBytes = 3;

/** Before the texts of an entry: the head of each. */
export const entryHeadBytes = 4;

/** Shorter texts are written one character after the other. */
const minBufferedLength = 16;

/** Bytes of so many entries with texts of so many bytes. */
export function packedBytes(keyCount: number, textBytes: number): number {
  return headBytes + keyCount * entryHeadBytes + textBytes;
}

/** Whether so much is kept in a block. */
export function isPackable(keyCount: number, textBytes: number): boolean {
  return keyCount <= maxPackedKeys && packedBytes(keyCount, textBytes) <= maxBlockBytes;
}

/** How many bytes a text takes, twice; plus one when its characters have two. */
export function textHead(text: string): number {
  return isNarrow(text) ? text.length * 2 : text.length * 4 + 1;
}

/** Bytes of a text with this head. */
export function bytesOf(head: number): number {
  return head >> 1;
}

export function read16(memory: Buffer, at: number): number {
  return (memory[at] ?? 0) | ((memory[at + 1] ?? 0) << 8);
}

export function write16(memory: Buffer, at: number, value: number): void {
  memory[at] = value;
  memory[at + 1] = value >> 8;
}

/** Where the texts of an entry end. */
export function endOfEntry(memory: Buffer, entry: number): number {
  return startOfValue(memory, entry) + bytesOf(read16(memory, entry + 2));
}

/** Where the value of an entry begins. */
export function startOfValue(memory: Buffer, entry: number): number {
  return entry + entryHeadBytes + bytesOf(read16(memory, entry));
}

/** Entries from one place to another. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Where the entry of a key is; less than 0: there is none. */
export function findEntry(memory: Buffer, { from, to }: Range, key: string): number {
  for (let entry = from; entry < to; entry = endOfEntry(memory, entry)) {
    if (isKeyOf(memory, entry, key)) return entry;
  }
  return -1;
}

/** A wide text has a character that no narrow one has, so equal texts have equal heads. */
export function isKeyOf(memory: Buffer, entry: number, key: string): boolean {
  const head = read16(memory, entry);
  const at = entry + entryHeadBytes;
  const { length } = key;
  if ((head & 1) === 0) {
    if (length * 2 !== head) return false;
    for (let index = 0; index < length; index += 1) {
      if (memory[at + index] !== key.charCodeAt(index)) return false;
    }
    return true;
  }
  return length * 4 + 1 === head && readText(memory, at, head) === key;
}

export function readText(memory: Buffer, at: number, head: number): string {
  return memory.toString((head & 1) === 1 ? 'utf16le' : 'latin1', at, at + bytesOf(head));
}

/** The value of an entry. */
export function readValue(memory: Buffer, entry: number): JsonText {
  return readText(memory, startOfValue(memory, entry), read16(memory, entry + 2)) as JsonText;
}

/** A text with its head. */
export interface HeadedText {
  readonly text: string;
  readonly head: number;
}

export function writeText(memory: Buffer, at: number, { text, head }: HeadedText): void {
  const { length } = text;
  if ((head & 1) === 1) memory.write(text, at, length * 2, 'utf16le');
  else if (length >= minBufferedLength) memory.write(text, at, length, 'latin1');
  else for (let index = 0; index < length; index += 1) memory[at + index] = text.charCodeAt(index);
}

/** Reads many texts of some entries. They share the memory of one text, which is as long as all entries. */
export class EntryReader {
  readonly #memory: Buffer;
  readonly #from: number;
  readonly #whole: string;

  constructor(memory: Buffer, { from, to }: Range) {
    this.#memory = memory;
    this.#from = from;
    this.#whole = memory.toString('latin1', from, to);
  }

  keyOf(entry: number): string {
    return this.#textAt(entry + entryHeadBytes, read16(this.#memory, entry));
  }

  valueOf(entry: number): JsonText {
    const head = read16(this.#memory, entry + 2);
    return this.#textAt(startOfValue(this.#memory, entry), head) as JsonText;
  }

  #textAt(at: number, head: number): string {
    if ((head & 1) === 1) return readText(this.#memory, at, head);
    const start = at - this.#from;
    return this.#whole.slice(start, start + bytesOf(head));
  }
}
