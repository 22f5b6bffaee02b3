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

/** Room for more is given back. */
const usualBytes = 16 * 1024;

/** The head of the value of a key that was not there, as no JSON text is empty. */
const noValue = 0;

/** A key of a change, and how to read its value before; undefined: it was not there. */
export interface WrittenKey {
  readonly key: string;
  readonly before: (() => JsonText) | undefined;
}

/** Keys with their values as entries. */
export class NotedKeys {
  #memory = Buffer.allocUnsafeSlow(usualBytes);
  #length = 0;

  get byteLength(): number {
    return this.#length;
  }

  /** Adds a key. @param value Undefined: it was not there. */
  note(key: string, value: JsonText | undefined): void {
    const [keyHead, valueHead] = [textHead(key), value === undefined ? noValue : textHead(value)];
    const isLong = keyHead >= longMark || valueHead > 0xffff;
    const keyAt = (isLong ? longHeadBytes : entryHeadBytes) + this.#length;
    const valueAt = keyAt + bytesOf(keyHead);
    const end = valueAt + bytesOf(valueHead);
    this.#reserve(end);
    const memory = this.#memory;
    write16(memory, this.#length, isLong ? longMark : keyHead);
    if (isLong) {
      memory.writeUInt32LE(keyHead, this.#length + 2);
      memory.writeUInt32LE(valueHead, this.#length + 6);
    } else write16(memory, this.#length + 2, valueHead);
    writeText(memory, keyAt, { text: key, head: keyHead });
    if (value !== undefined) writeText(memory, valueAt, { text: value, head: valueHead });
    this.#length = end;
  }

  /** Adds entries as they are. */
  copy(memory: Buffer, { from, to }: { from: number; to: number }): void {
    const end = this.#length + to - from;
    this.#reserve(end);
    memory.copy(this.#memory, this.#length, from, to);
    this.#length = end;
  }

  copyTo(target: Buffer, at: number): void {
    this.#memory.copy(target, at, 0, this.#length);
  }

  clear(): void {
    this.#length = 0;
    if (this.#memory.length > usualBytes) this.#memory = Buffer.allocUnsafeSlow(usualBytes);
  }

  #reserve(byteLength: number): void {
    if (byteLength <= this.#memory.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(byteLength, this.#memory.length * 2));
    this.#memory.copy(larger, 0, 0, this.#length);
    this.#memory = larger;
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
