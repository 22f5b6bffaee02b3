import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EntryList } from './entryList.ts';

const names = fc.constantFrom('a', 'b', '', '__proto__', '10', '9');

test('is what a map with its entries is', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(names, fc.nat())), names, (entries, name) => {
      const map: ReadonlyMap<string, number> = new Map(entries);
      const list: ReadonlyMap<string, number> = EntryList.of(map);
      expect(list.size).toBe(map.size);
      expect([...list]).toEqual([...map]);
      expect([...list.keys()]).toEqual([...map.keys()]);
      expect([...list.values()]).toEqual([...map.values()]);
      expect(list.get(name)).toBe(map.get(name));
      expect(list.has(name)).toBe(map.has(name));
      const taken: [string, number][] = [];
      list.forEach((item, key) => taken.push([key, item]));
      expect(taken).toEqual([...map]);
    }),
  );
});
