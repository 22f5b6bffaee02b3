/** The first keys of a map, at most `limit`, in order. */
export function firstOf<K>(map: ReadonlyMap<K, unknown>, limit: number): K[] {
  const keys: K[] = [];
  for (const key of map.keys()) {
    if (keys.length === limit) break;
    keys.push(key);
  }
  return keys;
}

/** The last keys of a map, at most `limit`, in order. */
export function lastOf<K>(map: ReadonlyMap<K, unknown>, limit: number): K[] {
  const keys: K[] = [];
  let skipped = map.size - limit;
  for (const key of map.keys()) {
    if (skipped > 0) skipped -= 1;
    else keys.push(key);
  }
  return keys;
}

/** The entries of those of the keys that the map has, in the order asked. */
export function present<K, V>(map: ReadonlyMap<K, V>, keys: Iterable<K>): Map<K, V> {
  const entries = new Map<K, V>();
  for (const key of keys) {
    const value = map.get(key);
    if (value !== undefined) entries.set(key, value);
  }
  return entries;
}
