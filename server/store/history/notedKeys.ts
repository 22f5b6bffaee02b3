import type { JsonText } from '../../../protocol/json/jsonText.ts';
import {
  bytesOf,
  entryHeadBytes,
  read16,
  readText,
  textHead,
  write16,
  writeText,
} from '../entries.ts';

/** In the place of the head of a key: the heads of long texts follow. No text has it, as two bytes a character are even. */
const longMark = 0xffff;
const longHeadBytes = 10;

/** The head of the value of a key that was not there, as no JSON text is empty. */
const noValue = 0;

/** A key of a change, and how to read its value before; undefined: it was not there. */
export interface WrittenKey {
  readonly key: string;
  readonly before: (() => JsonText) | undefined;
}

/** Memory for keys that have no place yet; more is given back after the change. */
const usualBytes = 16 * 1024;

/** Shorter ones are copied in a loop: a call takes as long as so many bytes, or four times as many where they go in words. */
const minCallBytes = 64;

/** Memory as bytes and as words of four. */
export interface WordMemory {
  readonly bytes: Buffer;
  readonly words: Int32Array;
}

/** @param memory A multiple of four bytes. */
export function wordMemory(memory: ArrayBuffer): WordMemory {
  return { bytes: Buffer.from(memory), words: new Int32Array(memory) };
}

/** The keys of one change, with their values before, as entries. They are written where they are to stay, if that is known. */
export class NotedKeys {
  readonly #own = wordMemory(new ArrayBuffer(usualBytes));
  #memory = this.#own;
  /** Multiples of four. */
  #from = 0;
  #to = usualBytes;
  #length = 0;
  #skew = 0;

  /** Of the entries, and of the {@link skew} before them. */
  get byteLength(): number {
    return this.#length;
  }

  /** Unused bytes before the entries, up to three: whole words are copied from where the keys are. */
  get skew(): number {
    return this.#skew;
  }

  /** Adds a key. @param value Undefined: it was not there. */
  note(key: string, value: JsonText | undefined): void {
    const [keyHead, valueHead] = [textHead(key), value === undefined ? noValue : textHead(value)];
    const isLong = keyHead >= longMark || valueHead > 0xffff;
    const headBytes = isLong ? longHeadBytes : entryHeadBytes;
    const at = this.#reserve(headBytes + bytesOf(keyHead) + bytesOf(valueHead));
    const { bytes } = this.#memory;
    if (isLong) {
      write16(bytes, at, longMark);
      bytes.writeUInt32LE(keyHead, at + 2);
      bytes.writeUInt32LE(valueHead, at + 6);
    } else {
      write16(bytes, at, keyHead);
      write16(bytes, at + 2, valueHead);
    }
    const keyAt = at + headBytes;
    writeText(bytes, keyAt, { text: key, head: keyHead });
    if (value === undefined) return;
    writeText(bytes, keyAt + bytesOf(keyHead), { text: value, head: valueHead });
  }

  /** Adds entries as they are. */
  copy(memory: WordMemory, { from, to }: { from: number; to: number }): void {
    const length = to - from;
    if (this.#length > 0 || length >= 4 * minCallBytes) this.#copyBytes(memory.bytes, from, to);
    else {
      this.#skew = from & 3;
      const at = this.#reserve(this.#skew + length);
      copyWords(memory.words, { from: from - this.#skew, to }, { words: this.#memory.words, at });
    }
  }

  #copyBytes(memory: Buffer, from: number, to: number): void {
    const length = to - from;
    const at = this.#reserve(length);
    const { bytes } = this.#memory;
    if (length >= minCallBytes) memory.copy(bytes, at, from, to);
    else
      for (let index = 0; index < length; index += 1) bytes[at + index] = memory[from + index] ?? 0;
  }

  /** @param at A multiple of four; up to three bytes after the entries are overwritten. */
  writeTo({ bytes, words }: WordMemory, at: number): void {
    const [memory, from, length] = [this.#memory, this.#from, this.#length];
    if (words === memory.words && at === from) return;
    if (length >= 4 * minCallBytes) memory.bytes.copy(bytes, at, from, from + length);
    else copyWords(memory.words, { from, to: from + length }, { words, at });
  }

  /**
   * Forgets what was noted.
   * @param memory Where those of the next change are to stay.
   * @param from A multiple of four, as is the end of the memory.
   */
  begin(memory = this.#own, from = 0): void {
    this.#memory = memory;
    this.#from = from;
    this.#to = memory.bytes.length;
    this.#length = 0;
    this.#skew = 0;
  }

  /** @returns Where there is room for so many bytes more. */
  #reserve(byteLength: number): number {
    const length = this.#length + byteLength;
    if (this.#from + length > this.#to) this.#move(length);
    const at = this.#from + this.#length;
    this.#length = length;
    return at;
  }

  /** To memory with room for so many bytes. */
  #move(byteLength: number): void {
    const larger = Math.ceil(Math.max(byteLength, this.#length * 2) / 4) * 4;
    const memory = larger <= usualBytes ? this.#own : wordMemory(new ArrayBuffer(larger));
    const { bytes } = this.#memory;
    if (this.#length > 0) bytes.copy(memory.bytes, 0, this.#from, this.#from + this.#length);
    this.#memory = memory;
    this.#from = 0;
    this.#to = memory.bytes.length;
  }
}

/** Copies the words in which these bytes are, in a loop. Both places are multiples of four. */
function copyWords(
  source: Int32Array,
  { from, to }: { from: number; to: number },
  { words, at }: { words: Int32Array; at: number },
): void {
  const [first, end] = [from >>> 2, (to + 3) >>> 2];
  const by = (at >>> 2) - first;
  for (let index = first; index < end; index += 1) words[index + by] = source[index] ?? 0;
}

/** Reads entries of {@link NotedKeys}. */
export function readNoted(memory: Buffer, from: number, to: number): WrittenKey[] {
  const found: WrittenKey[] = [];
  let at = from;
  while (at < to) {
    const isLong = read16(memory, at) === longMark;
    const keyHead = isLong ? memory.readUInt32LE(at + 2) : read16(memory, at);
    const valueHead = isLong ? memory.readUInt32LE(at + 6) : read16(memory, at + 2);
    const keyAt = at + (isLong ? longHeadBytes : entryHeadBytes);
    const valueAt = keyAt + bytesOf(keyHead);
    const before = () => readText(memory, valueAt, valueHead) as JsonText; // As the store had it.
    const key = readText(memory, keyAt, keyHead);
    found.push({ key, before: valueHead === noValue ? undefined : before });
    at = valueAt + bytesOf(valueHead);
  }
  return found;
}
