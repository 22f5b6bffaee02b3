import type { EntryList } from '../../../protocol/json/entryList.ts';
import { jsonNull, type JsonText } from '../../../protocol/json/jsonText.ts';
import type { StatusName } from '../../../protocol/status.ts';
import { bytesOfText } from '../detachText.ts';
import { keyOverheadBytes } from '../keyBytes.ts';
import { bytesOfBlock } from './blocks.ts';
import { storeLarge, type LargeKeys, type Storing } from './largeKeys.ts';
import { isPackable, maxPackedKeys, packedBytes } from './packedEntries.ts';
import type { KeyNotes } from './keyNotes.ts';
import type { KeyLists, PackedKeys } from './packedKeys.ts';

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

/** Where the keys of a session are. */
export interface KeysPlace {
  readonly packed: PackedKeys;
  /** 0: there are none. {@link noBlock}: they are large. */
  block: number;
  large: LargeKeys | undefined;
}

/** In the place of a block: there is another place for large ones. */
export const noBlock = -1;

/**
 * The keys of a session with their values, in the order in which they were first stored. Few are packed, many are kept
 * in a map.
 */
export class KeyMap implements ReadonlyMap<string, JsonText> {
  readonly #place: KeysPlace;

  constructor(place: KeysPlace) {
    this.#place = place;
  }

  /** Absent: they are packed. */
  get #large(): LargeKeys | undefined {
    const place = this.#place;
    return place.block === noBlock ? place.large : undefined;
  }

  get #map(): Map<string, JsonText> | undefined {
    return this.#large?.map;
  }

  get size(): number {
    const { block } = this.#place;
    return block === noBlock ? (this.#map?.size ?? 0) : this.#place.packed.sizeOf(block);
  }

  /** An upper bound of {@link size}, without reading the block. */
  get mostSize(): number {
    return this.#place.block === noBlock ? this.size : maxPackedKeys;
  }

  /** Bytes of all texts. */
  get textBytes(): number {
    return this.#large?.textBytes ?? this.#place.packed.textBytesOf(this.#place.block);
  }

  /** Memory that they take. */
  get bytes(): number {
    const { block } = this.#place;
    if (block !== noBlock) return this.#place.packed.bytesOf(block);
    const large = this.#large;
    return large ? bytesOfKeys(large.map.size, large.textBytes) : 0;
  }

  get(key: string): JsonText | undefined {
    const { block } = this.#place;
    return block === noBlock ? this.#map?.get(key) : this.#place.packed.get(block, key);
  }

  has(key: string): boolean {
    return this.#map?.has(key) ?? this.#place.packed.find(this.#place.block, key) >= 0;
  }

  /** Values of keys, in less time than one after the other. */
  pick(keys: readonly string[]): (JsonText | undefined)[] {
    const { block } = this.#place;
    if (block !== noBlock) return this.#place.packed.pick(block, keys);
    return keys.map((key) => this.#map?.get(key));
  }

  keys(): MapIterator<string> {
    if (this.#map) return this.#map.keys();
    return this.#place.packed.read(this.#place.block, (reader, at) => reader.keyOf(at)).values();
  }

  values(): MapIterator<JsonText> {
    if (this.#map) return this.#map.values();
    return this.#place.packed.read(this.#place.block, (reader, at) => reader.valueOf(at)).values();
  }

  entries(): MapIterator<[string, JsonText]> {
    if (this.#map) return this.#map.entries();
    const entries = this.#place.packed.read<[string, JsonText]>(this.#place.block, (reader, at) => [
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
    const keys = this.#place.packed.read(this.#place.block, (reader, at) => {
      values.push(reader.valueOf(at));
      return reader.keyOf(at);
    });
    return { keys, values };
  }

  /** Stores these keys, each once, where there are none. The texts belong to it from then on. */
  fill(lists: KeyLists): void {
    const { keys, values } = lists;
    if (this.#fillEmpty(lists)) return;
    const map = new Map<string, JsonText>();
    let textBytes = 0;
    for (let index = 0; index < keys.length; index += 1) {
      const [key, value] = [keys[index] ?? '', values[index] ?? jsonNull];
      map.set(key, value);
      textBytes += bytesOfTexts(key, value);
    }
    this.replace(map, textBytes);
  }

  /** Stores keys in a block that is large enough from the start. @returns Whether there were no others and it has room. */
  #fillEmpty(lists: KeyLists): boolean {
    const place = this.#place;
    if (place.block !== 0 || lists.keys.length > maxPackedKeys) return false;
    place.block = place.packed.fill(lists);
    return place.block > 0;
  }

  /** Stores a value. @returns Whether the key is new. */
  set(key: string, value: JsonText, storing: Storing = {}): boolean {
    return this.#store([key, value], storing);
  }

  /** Stores some. @returns What became of each. */
  setAll(entries: EntryList<JsonText>, notes?: KeyNotes): StatusName[] {
    const { names, items } = entries;
    const place = this.#place;
    const { block } = place;
    if (notes && block === 0) for (const key of names) notes.note(key, undefined);
    if (this.#fillEmpty({ keys: names, values: items })) return names.map(() => 'KeySet');
    if (block === noBlock) return this.#storeRest(entries, [], notes);
    const statuses: StatusName[] = [];
    const stored = place.packed.storeAll(block, entries, { statuses, notes });
    if (stored !== block) place.block = stored;
    return this.#storeRest(entries, statuses, undefined);
  }

  /** Stores those that have no status yet. @returns The statuses of all. */
  #storeRest(
    { names, items, isPlain }: EntryList<JsonText>,
    statuses: StatusName[],
    notes: KeyNotes | undefined,
  ): StatusName[] {
    for (let at = statuses.length; at < names.length; at += 1) {
      const entry = [names[at] ?? '', items[at] ?? jsonNull] as const;
      statuses.push(this.#store(entry, { isPlain, notes }) ? 'KeySet' : 'KeyUpdated');
    }
    return statuses;
  }

  /** @returns Whether the key was there. */
  delete(key: string, notes?: KeyNotes): boolean {
    const large = this.#large;
    if (!large) return this.#deletePacked(key, notes);
    const old = large.map.get(key);
    if (old === undefined) return false;
    notes?.note(key, old);
    large.map.delete(key);
    large.textBytes -= bytesOfTexts(key, old);
    this.#packIfSmall();
    return true;
  }

  #deletePacked(key: string, notes: KeyNotes | undefined): boolean {
    const entry = this.#place.packed.find(this.#place.block, key);
    if (entry < 0) return false;
    if (notes) this.#place.packed.note(this.#place.block, entry, { key, notes });
    this.#place.block = this.#place.packed.delete(this.#place.block, entry);
    return true;
  }

  /** Puts others in their place. @param keys Belong to it from then on. */
  replace(keys: Map<string, JsonText>, textBytes: number): void {
    this.clear();
    this.#keep({ map: keys, textBytes });
    this.#packIfSmall();
  }

  clear(): void {
    const place = this.#place;
    if (place.block === noBlock) place.large = undefined;
    else place.packed.free(place.block);
    place.block = 0;
  }

  #keep(large: LargeKeys): void {
    this.#place.large = large;
    this.#place.block = noBlock;
  }

  /** Puts all into a map, so that nothing has to be given back. */
  unpack(): LargeKeys {
    const there = this.#large;
    if (there) return there;
    const [map, { textBytes }] = [this.#place.packed.mapOf(this.#place.block), this];
    this.clear();
    const large = { map, textBytes };
    this.#keep(large);
    return large;
  }

  /** Takes all out. @returns Them, and the memory that they take in a map. */
  takeAll(): [keys: ReadonlyMap<string, JsonText>, bytes: number] {
    const bytes = this.size * keyOverheadBytes + this.textBytes;
    const { map } = this.unpack();
    this.clear();
    return [map, bytes];
  }

  /** Takes all out. @returns Them, in a map that has nothing to be given back. */
  taken(): KeyMap {
    const large = this.unpack();
    this.clear();
    return new KeyMap({ packed: this.#place.packed, block: noBlock, large });
  }

  /** @returns Whether the key is new. */
  #store(entry: readonly [string, JsonText], storing: Storing): boolean {
    const { packed, block } = this.#place;
    const large = this.#large;
    if (large) return this.#storeInMap(large, entry, storing);
    const [key] = entry;
    const { notes } = storing;
    const at = packed.find(block, key);
    if (notes) packed.note(block, at, { key, notes });
    const stored = packed.store(block, entry, at);
    if (stored.block === 0) return this.#storeInMap(this.unpack(), entry, {});
    if (stored.block !== block) this.#place.block = stored.block;
    return stored.isNew;
  }

  #storeInMap(large: LargeKeys, entry: readonly [string, JsonText], storing: Storing): boolean {
    const isNew = storeLarge(large, entry, storing);
    this.#packIfSmall();
    return isNew;
  }

  #packIfSmall(): void {
    const large = this.#large;
    if (!large || !isPackable(large.map.size, large.textBytes)) return;
    this.clear();
    for (const entry of large.map)
      this.#place.block = this.#place.packed.store(this.#place.block, entry, -1).block;
  }
}
