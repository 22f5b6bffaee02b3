import type { JsonText } from '../../../protocol/json/jsonText.ts';
import { bytesOf, entryHeadBytes, read16, readText, textHead, write16 } from '../entries.ts';

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

/**
 * Keys with their values as entries. They are collected as a text with a character for each byte: joining such texts and
 * writing very many at once takes less time than copying each.
 */
export class NotedKeys {
  #text = '';

  /** A character for each byte. */
  get text(): string {
    return this.#text;
  }

  get byteLength(): number {
    return this.#text.length;
  }

  /** Adds a key. @param value Undefined: it was not there. */
  note(key: string, value: JsonText | undefined): void {
    const [keyHead, valueHead] = [textHead(key), value === undefined ? noValue : textHead(value)];
    this.#text += headsOf(keyHead, valueHead) + bytewise(key, keyHead);
    if (value !== undefined) this.#text += bytewise(value, valueHead);
  }

  /** Adds entries as they are. */
  copy(memory: Buffer, { from, to }: { from: number; to: number }): void {
    this.#text += memory.toString('latin1', from, to);
  }

  clear(): void {
    this.#text = '';
  }
}

function headsOf(keyHead: number, valueHead: number): string {
  const isLong = keyHead >= longMark || valueHead > 0xffff;
  if (!isLong) {
    return String.fromCharCode(keyHead & 0xff, keyHead >> 8, valueHead & 0xff, valueHead >> 8);
  }
  const heads = Buffer.alloc(longHeadBytes);
  write16(heads, 0, longMark);
  heads.writeUInt32LE(keyHead, 2);
  heads.writeUInt32LE(valueHead, 6);
  return heads.toString('latin1');
}

function bytewise(text: string, head: number): string {
  return (head & 1) === 1 ? Buffer.from(text, 'utf16le').toString('latin1') : text;
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
