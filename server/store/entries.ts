import { isNarrow } from './detachText.ts';

// Keys with their values as bytes, one entry after the other. Each text has one byte a character, or two where one of its
// characters needs them.

/** Before the texts of an entry: the head of each. */
export const entryHeadBytes = 4;

/** Shorter texts are written one character after the other. */
const minBufferedLength = 16;

/** How many bytes a text takes, twice; plus one when its characters have two. */
export function textHead(text: string): number {
  return isNarrow(text) ? narrowHead(text) : text.length * 4 + 1;
}

/** As {@link textHead}, of a text that is known to have one byte a character. */
export function narrowHead(text: string): number {
  return text.length * 2;
}

/** Bytes of a text with this head. */
export function bytesOf(head: number): number {
  return head >>> 1;
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

export function readText(memory: Buffer, at: number, head: number): string {
  return memory.toString((head & 1) === 1 ? 'utf16le' : 'latin1', at, at + bytesOf(head));
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
