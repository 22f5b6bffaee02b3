import type { EntryList } from '../../../protocol/json/entryList.ts';
import { jsonNull, type JsonText } from '../../../protocol/json/jsonText.ts';
import { bytesOfText, detachText } from '../detachText.ts';
import { keyOverheadBytes } from '../keyBytes.ts';
import { bytesOfBlock } from './blocks.ts';
import { isPackable, maxPackedKeys, packedBytes } from './packedEntries.ts';
import type { KeyNotes } from './keyNotes.ts';
import type { KeyLists, PackedKeys, StoredKey } from './packedKeys.ts';

/** Memory of so many keys, which with their values have texts of so many bytes. */
export function bytesOfKeys(keyCount: number, textBytes: number): number {
  if (keyCount === 0) return 0;
  if (isPackable(keyCount, textBytes)) return bytesOfBlock(packedBytes(keyCount, textBytes));
  return keyCount * keyOverheadBytes + textBytes;
}

/** Bytes of the texts of a key and its value. */
export function bytesOfTexts(key: string, value: JsonText): number {
  return bytesOfText(key) + bytesOfText(value);
}

/**
 * The keys of a session with their values, in the order in which they were first stored. Few are packed, many are kept
 * in a map.
 */
export class KeyMap implements ReadonlyMap<string, JsonText> {
  readonly #packed: PackedKeys;
  #block = 0;
  /** Absent: they are packed. */
  #map: Map<string, JsonText> | undefined;
  #mapTextBytes = 0;

  constructor(packed: PackedKeys) {
    this.#packed = packed;
  }

  get size(): number {
    return this.#map?.size ?? this.#packed.sizeOf(this.#block);
  }

  /** Bytes of all texts. */
  get textBytes(): number {
    return this.#map ? this.#mapTextBytes : this.#packed.textBytesOf(this.#block);
  }

  /** Memory that they take. */
  get bytes(): number {
    if (this.#map) return bytesOfKeys(this.#map.size, this.#mapTextBytes);
    return this.#packed.bytesOf(this.#block);
  }

  get(key: string): JsonText | undefined {
    return this.#map ? this.#map.get(key) : this.#packed.get(this.#block, key);
  }

  has(key: string): boolean {
    return this.#map?.has(key) ?? this.#packed.find(this.#block, key) >= 0;
  }

  /** Values of keys, in less time than one after the other. */
  pick(keys: readonly string[]): (JsonText | undefined)[] {
    const map = this.#map;
    return map ? keys.map((key) => map.get(key)) : this.#packed.pick(this.#block, keys);
  }

  keys(): MapIterator<string> {
    if (this.#map) return this.#map.keys();
    return this.#packed.read(this.#block, (reader, at) => reader.keyOf(at)).values();
  }

  values(): MapIterator<JsonText> {
    if (this.#map) return this.#map.values();
    return this.#packed.read(this.#block, (reader, at) => reader.valueOf(at)).values();
  }

  entries(): MapIterator<[string, JsonText]> {
    if (this.#map) return this.#map.entries();
    const entries = this.#packed.read<[string, JsonText]>(this.#block, (reader, at) => [
      reader.keyOf(at),
      reader.valueOf(at),
    ]);
    return entries.values();
  }

  [Symbol.iterator](): MapIterator<[string, JsonText]> {
    return this.entries();
  }

  forEach(take: (value: JsonText, key: string, map: ReadonlyMap<string, JsonText>) => void): void {
    for (const [key, value] of this) take(value, key, this);
  }

  /** Keys and values side by side. */
  lists(): { readonly keys: string[]; readonly values: JsonText[] } {
    // A map's are copied by V8's fast path: a twentieth of the time of going through them.
    if (this.#map) return { keys: [...this.#map.keys()], values: [...this.#map.values()] };
    const values: JsonText[] = [];
    const keys = this.#packed.read(this.#block, (reader, at) => {
      values.push(reader.valueOf(at));
      return reader.keyOf(at);
    });
    return { keys, values };
  }

  /** Stores these keys, each once, where there are none. The texts belong to it from then on. */
  fill(lists: KeyLists): void {
    const { keys, values } = lists;
    if (keys.length <= maxPackedKeys) this.#block = this.#packed.fill(lists);
    if (this.#block > 0) return;
    const map = new Map<string, JsonText>();
    let textBytes = 0;
    for (let index = 0; index < keys.length; index += 1) {
      const [key, value] = [keys[index] ?? '', values[index] ?? jsonNull];
      map.set(key, value);
      textBytes += bytesOfTexts(key, value);
    }
    this.replace(map, textBytes);
  }

  /** Stores a value. @returns Whether the key is new. */
  set(key: string, value: JsonText, notes?: KeyNotes): boolean {
    return this.#store([key, value], -1, notes).isNew;
  }

  /** Stores some. @returns For each whether it was new. */
  setAll({ names, items }: EntryList<JsonText>, notes?: KeyNotes): boolean[] {
    if (notes) this.#noteAll(names, notes);
    let next = -1;
    return names.map((key, at) => {
      const stored = this.#store([key, items[at] ?? jsonNull], next, undefined);
      ({ next } = stored);
      return stored.isNew;
    });
  }

  #noteAll(keys: readonly string[], notes: KeyNotes): void {
    const map = this.#map;
    if (!map) this.#packed.noteAll(this.#block, keys, notes);
    else for (const key of keys) notes.note(key, map.get(key));
  }

  /** @returns Whether the key was there. */
  delete(key: string, notes?: KeyNotes): boolean {
    const map = this.#map;
    if (!map) return this.#deletePacked(key, notes);
    const old = map.get(key);
    if (old === undefined) return false;
    notes?.note(key, old);
    map.delete(key);
    this.#mapTextBytes -= bytesOfTexts(key, old);
    this.#packIfSmall();
    return true;
  }

  #deletePacked(key: string, notes: KeyNotes | undefined): boolean {
    const entry = this.#packed.find(this.#block, key);
    if (entry < 0) return false;
    if (notes) this.#packed.note(this.#block, entry, { key, notes });
    this.#block = this.#packed.delete(this.#block, entry);
    return true;
  }

  /** Puts others in their place. @param keys Belong to it from then on. */
  replace(keys: Map<string, JsonText>, textBytes: number): void {
    this.clear();
    this.#map = keys;
    this.#mapTextBytes = textBytes;
    this.#packIfSmall();
  }

  clear(): void {
    this.#packed.free(this.#block);
    this.#block = 0;
    this.#map = undefined;
    this.#mapTextBytes = 0;
  }

  /** Puts all into a map, so that nothing has to be given back. */
  unpack(): Map<string, JsonText> {
    if (this.#map) return this.#map;
    const [map, { textBytes }] = [this.#packed.mapOf(this.#block), this];
    this.clear();
    this.#map = map;
    this.#mapTextBytes = textBytes;
    return map;
  }

  /** Takes all out. @returns Them, and the memory that they take in a map. */
  takeAll(): [keys: ReadonlyMap<string, JsonText>, bytes: number] {
    const bytes = this.size * keyOverheadBytes + this.textBytes;
    const keys = this.unpack();
    this.clear();
    return [keys, bytes];
  }

  /** @param guess Where the key may be in the block. */
  #store(
    entry: readonly [string, JsonText],
    guess: number,
    notes: KeyNotes | undefined,
  ): Pick<StoredKey, 'next' | 'isNew'> {
    const [key] = entry;
    if (this.#map) {
      notes?.note(key, this.#map.get(key));
      return this.#storeInMap(this.#map, entry);
    }
    const at = this.#packed.find(this.#block, key, guess);
    if (notes) this.#packed.note(this.#block, at, { key, notes });
    const stored = this.#packed.store(this.#block, entry, at);
    if (stored.block === 0) return this.#storeInMap(this.unpack(), entry);
    this.#block = stored.block;
    return stored;
  }

  #storeInMap(
    map: Map<string, JsonText>,
    [key, value]: readonly [string, JsonText],
  ): Pick<StoredKey, 'next' | 'isNew'> {
    const old = map.get(key);
    map.set(old === undefined ? detachText(key) : key, detachText(value));
    this.#mapTextBytes += bytesOfText(value);
    if (old === undefined) this.#mapTextBytes += bytesOfText(key);
    else this.#mapTextBytes -= bytesOfText(old);
    this.#packIfSmall();
    return { next: -1, isNew: old === undefined };
  }

  #packIfSmall(): void {
    const map = this.#map;
    if (!map || !isPackable(map.size, this.#mapTextBytes)) return;
    this.clear();
    for (const entry of map) this.#block = this.#packed.store(this.#block, entry, -1).block;
  }
}
