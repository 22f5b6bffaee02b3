import type { EntryList } from '../../../protocol/json/entryList.ts';
import { jsonNull, type JsonText } from '../../../protocol/json/jsonText.ts';
import type { StatusName } from '../../../protocol/status.ts';
import {
  bytesOf,
  endOfEntry,
  entryHeadBytes,
  narrowHead,
  read16,
  readText,
  startOfValue,
  textHead,
  write16,
  writeText,
  type HeadedText,
} from '../entries.ts';
import { maxBlockBytes } from './blocks.ts';

// The entries of a session in a block of memory.

/** More keys than this are found sooner in a map. */
export const maxPackedKeys = 32;

/** Before the entries: bytes up to their end, and how many there are. */
export const headBytes = 3;

/** Bytes of so many entries with texts of so many bytes. */
export function packedBytes(keyCount: number, textBytes: number): number {
  return headBytes + keyCount * entryHeadBytes + textBytes;
}

/** Whether so much is kept in a block. */
export function isPackable(keyCount: number, textBytes: number): boolean {
  return keyCount <= maxPackedKeys && packedBytes(keyCount, textBytes) <= maxBlockBytes;
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

/** Where the entries of keys are. They often come in the order in which they were stored. */
export function findEntries(memory: Buffer, range: Range, keys: readonly string[]): number[] {
  let next = range.from;
  return keys.map((key) => {
    const isNext = next < range.to && isKeyOf(memory, next, key);
    const entry = isNext ? next : findEntry(memory, range, key);
    if (entry >= 0) next = endOfEntry(memory, entry);
    return entry;
  });
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

/** The value of an entry. */
export function readValue(memory: Buffer, entry: number): JsonText {
  return readText(memory, startOfValue(memory, entry), read16(memory, entry + 2)) as JsonText;
}

/**
 * Overwrites values in place, up to the first key that is missing or whose value has another size.
 * @param places Where each is.
 * @param statuses Gets what became of each.
 */
export function overwriteEntries(
  memory: Buffer,
  places: readonly number[],
  { entries, statuses }: { entries: EntryList<JsonText>; statuses: StatusName[] },
): void {
  const { items, isPlain } = entries;
  for (let at = 0; at < places.length; at += 1) {
    const [entry, text] = [places[at] ?? -1, items[at] ?? jsonNull];
    const head = isPlain ? narrowHead(text) : textHead(text);
    if (entry < 0 || head !== read16(memory, entry + 2)) return;
    writeText(memory, startOfValue(memory, entry), { text, head });
    statuses.push('KeyUpdated');
  }
}

export interface HeadedEntry {
  readonly key: HeadedText;
  readonly value: HeadedText;
}

export function headed(key: string, value: JsonText): HeadedEntry {
  return {
    key: { text: key, head: textHead(key) },
    value: { text: value, head: textHead(value) },
  };
}

export function writeEntry(memory: Buffer, entry: number, { key, value }: HeadedEntry): void {
  write16(memory, entry, key.head);
  write16(memory, entry + 2, value.head);
  writeText(memory, entry + entryHeadBytes, key);
  writeText(memory, startOfValue(memory, entry), value);
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
