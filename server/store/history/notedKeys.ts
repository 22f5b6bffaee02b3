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

/** Memory that is used again for each change; more is given back after it. */
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

/** Keys with their values as entries. */
export class NotedKeys {
  #memory = wordMemory(new ArrayBuffer(usualBytes));
  #length = 0;

  get byteLength(): number {
    return this.#length;
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
  copy(memory: Buffer, { from, to }: { from: number; to: number }): void {
    const length = to - from;
    const at = this.#reserve(length);
    const { bytes } = this.#memory;
    if (length >= minCallBytes) memory.copy(bytes, at, from, to);
    else
      for (let index = 0; index < length; index += 1) bytes[at + index] = memory[from + index] ?? 0;
  }

  /** @param at A multiple of four; up to three bytes after the entries are overwritten. */
  writeTo({ bytes, words }: WordMemory, at: number): void {
    const [from, length] = [this.#memory, this.#length];
    if (length >= 4 * minCallBytes) from.bytes.copy(bytes, at, 0, length);
    else {
      const start = at >>> 2;
      for (let index = 0; index * 4 < length; index += 1)
        words[start + index] = from.words[index] ?? 0;
    }
  }

  clear(): void {
    this.#length = 0;
    if (this.#memory.bytes.length > usualBytes) {
      this.#memory = wordMemory(new ArrayBuffer(usualBytes));
    }
  }

  /** @returns Where there is room for so many bytes more. */
  #reserve(byteLength: number): number {
    const [at, end] = [this.#length, this.#length + byteLength];
    if (end > this.#memory.bytes.length) this.#grow(end);
    this.#length = end;
    return at;
  }

  #grow(byteLength: number): void {
    const larger = Math.max(byteLength, this.#memory.bytes.length * 2);
    const memory = wordMemory(new ArrayBuffer(Math.ceil(larger / 4) * 4));
    this.#memory.bytes.copy(memory.bytes, 0, 0, this.#length);
    this.#memory = memory;
  }
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
