/**
 * Entries of different keys, in order, as two lists side by side: for some tens of keys these are made and gone through in a
 * part of the time that a Map takes.
 */
export class EntryList<V> implements ReadonlyMap<string, V> {
  readonly names: readonly string[];
  readonly items: readonly V[];
  /**
   * True: no name needs an escape in JSON, and each character of names and items has room in one byte. False: that is not
   * known.
   */
  readonly isPlain: boolean;

  /** @param names Each once. @param items One for each. */
  constructor(names: readonly string[], items: readonly V[], isPlain = false) {
    this.names = names;
    this.items = items;
    this.isPlain = isPlain;
  }

  /** The entries as lists, if they are none yet. */
  static of<V>(entries: ReadonlyMap<string, V>): EntryList<V> {
    if (entries instanceof EntryList) return entries as EntryList<V>; // `instanceof` knows no V.
    return new EntryList([...entries.keys()], [...entries.values()]);
  }

  get size(): number {
    return this.names.length;
  }

  get(name: string): V | undefined {
    const at = this.names.indexOf(name);
    return at < 0 ? undefined : this.items[at];
  }

  has(name: string): boolean {
    return this.names.includes(name);
  }

  keys(): MapIterator<string> {
    return this.names.values();
  }

  values(): MapIterator<V> {
    return this.items.values();
  }

  entries(): MapIterator<[string, V]> {
    const pairs = this.items.map((item, at): [string, V] => [this.names[at] ?? '', item]);
    return pairs.values();
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  forEach(take: (item: V, name: string, entries: ReadonlyMap<string, V>) => void): void {
    for (const [at, item] of this.items.entries()) take(item, this.names[at] ?? '', this);
  }
}
