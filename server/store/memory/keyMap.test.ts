import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EntryList } from '../../../protocol/json/entryList.ts';
import { asJsonText, jsonNull, type JsonText } from '../../../protocol/json/jsonText.ts';
import { isNarrow } from '../detachText.ts';
import { NotedKeys, readNoted, wordMemory } from '../history/notedKeys.ts';
import { Blocks } from './blocks.ts';
import { bytesOfKeys, bytesOfTexts, KeyMap } from './keyMap.ts';
import { PackedKeys } from './packedKeys.ts';

/** Names and values of one and two bytes a character; a few of the long ones do not fit into a block. */
const key = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('', 'a', 'b', 'é', '中', '__proto__', 'a long name of a key', '😀'),
  },
  fc.integer({ min: 0, max: 40 }).map((number) => `key ${number}`),
);
const value = fc
  .tuple(
    fc.constantFrom('v', 'é', '中', '😀'),
    fc.constantFrom(0, 1, 2, 7, 20, 21, 60, 61, 62, 400, 1_900),
  )
  .map(([unit, length]) => asJsonText(JSON.stringify(unit.repeat(length))));
const entries = fc.array(fc.tuple(key, value), { maxLength: 6 });
const manyEntries = fc.array(fc.tuple(key, fc.constant(asJsonText('1'))), { maxLength: 60 });

/** From the keys that are there, in order, with another value: as an application sets them again and again. */
type Choose = (model: ReadonlyMap<string, JsonText>) => [string, JsonText][];
const presentEntries = fc.tuple(fc.nat(5), value).map(
  ([from, each]): Choose =>
    (model) =>
      [...model.keys(), 'new'].slice(from, from + 4).map((name) => [name, each]),
);
const anyEntries = entries.map(
  (all): Choose =>
    () =>
      all,
);

type Move = (keys: KeyMap, model: Map<string, JsonText>) => void;

/** What is noted while keys change: each with its value before. */
function notedBy(make: (notes: NotedKeys) => void): [key: string, before: string | undefined][] {
  const notes = new NotedKeys();
  make(notes);
  const memory = wordMemory(new ArrayBuffer(Math.ceil(notes.byteLength / 4) * 4));
  notes.writeTo(memory, 0);
  return readNoted(memory.bytes, notes.skew, notes.byteLength).map(({ key, before }) => [
    key,
    before?.(),
  ]);
}

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(key, value).map(([name, each]): Move => (keys, model) => {
      const isNew = !model.has(name);
      const isPlain = isNarrow(each);
      const noted = notedBy((notes) =>
        expectEqual(keys.set(name, each, { notes, isPlain }), isNew),
      );
      expectEqual(noted, [[name, model.get(name)]]);
      model.set(name, each);
    }),
  },
  {
    weight: 4,
    arbitrary: key.map((name): Move => (keys, model) => {
      const wasThere = model.has(name);
      const noted = notedBy((notes) => expectEqual(keys.delete(name, notes), wasThere));
      expectEqual(noted, wasThere ? [[name, model.get(name)]] : []);
      model.delete(name);
    }),
  },
  fc.oneof(entries, manyEntries).map((all): Move => (keys, model) => {
    model.clear();
    for (const [name, each] of all) model.set(name, each);
    keys.replace(new Map(model), textBytesOf(model));
  }),
  fc.oneof(anyEntries, presentEntries).map((choose): Move => (keys, model) => {
    const all = choose(model);
    const names = [...new Map(all).keys()];
    expectEqual(
      keys.pick(names),
      names.map((name) => model.get(name)),
    );
    const statuses = names.map((name) => (model.has(name) ? 'KeyUpdated' : 'KeySet'));
    const noted = notedBy((notes) => expectEqual(keys.setAll(listOf(all), notes), statuses));
    expectEqual(
      noted,
      names.map((name) => [name, model.get(name)]),
    );
    for (const [name, each] of all) model.set(name, each);
  }),
  fc.oneof(entries, manyEntries).map((all): Move => (keys, model) => {
    keys.clear();
    model.clear();
    for (const [name, each] of all) model.set(name, each);
    keys.fill({ keys: [...model.keys()], values: [...model.values()] });
  }),
  fc.constant<Move>((keys, model) => {
    keys.clear();
    model.clear();
  }),
  fc.constant<Move>((keys, model) => {
    expectEqual([...keys.takeAll()[0]], [...model]);
    model.clear();
  }),
  fc.constant<Move>((keys) => void keys.unpack()),
);

/** Entries of different keys; marked as plain where they are. */
function listOf(entries: readonly (readonly [string, JsonText])[]): EntryList<JsonText> {
  const { names, items } = EntryList.of(new Map(entries));
  return new EntryList(names, items, /^[\0-\xff]*$/.test([...names, ...items].join('')));
}

function textBytesOf(keys: ReadonlyMap<string, JsonText>): number {
  let bytes = 0;
  for (const [name, each] of keys) bytes += bytesOfTexts(name, each);
  return bytes;
}

test('a map of keys is as one of the language, and its block is given back', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), move), { maxLength: 12 }), (moves) => {
      const packed = new PackedKeys();
      // Two beside each other: neither writes into the other's block.
      const place = () => ({ packed, block: 0, large: undefined });
      const maps = [new KeyMap(place()), new KeyMap(place())] as const;
      const models = [new Map<string, JsonText>(), new Map<string, JsonText>()] as const;
      for (const [isFirst, make] of moves) {
        const at = isFirst ? 0 : 1;
        make(maps[at], models[at]);
      }
      for (const [index, keys] of maps.entries()) expectSame(keys, models[index] ?? new Map());
      for (const keys of maps) keys.clear();
      expect(packed.count).toBe(0);
    }),
    { numRuns: 200 },
  );
});

test.each(['vé', 'v中', '中v', 'é中', '中中'])(
  'values in the place of others: %s',
  (characters) => {
    const [before, after] = characters.split('').map((each) => asJsonText(`"${each}${each}v"`));
    const keys = new KeyMap({ packed: new PackedKeys(), block: 0, large: undefined });
    const listed = (each = jsonNull) =>
      listOf([
        ['a', each],
        ['b', each],
      ]);
    keys.setAll(listed(before));
    keys.setAll(listed(after));
    expect(keys.lists()).toEqual({ keys: ['a', 'b'], values: [after, after] });
  },
);

function expectEqual(found: unknown, wanted: unknown): void {
  expect(found).toEqual(wanted);
}

function expectSame(keys: KeyMap, model: ReadonlyMap<string, JsonText>): void {
  const names = [...model.keys(), 'ab', '中', 'key 7'];
  const textBytes = textBytesOf(model);
  expect([
    [...keys],
    keys.lists(),
    [[...keys.keys()], [...keys.values()]],
    names.map((name) => [keys.get(name), keys.has(name)]),
    [keys.size, keys.textBytes, keys.bytes],
  ]).toEqual([
    [...model],
    { keys: [...model.keys()], values: [...model.values()] },
    [[...model.keys()], [...model.values()]],
    names.map((name) => [model.get(name), model.has(name)]),
    [model.size, textBytes, bytesOfKeys(model.size, textBytes)],
  ]);
}

test('blocks that are freed are used again, and a page without blocks is given back', () => {
  const blocks = new Blocks();
  const made = Array.from({ length: 20_000 }, (_, index) => blocks.allocate(1 + (index % 300)));
  const full = blocks.byteLength;
  for (const block of made) blocks.free(block);
  // One small page for each of 19 sizes stays.
  expect(blocks.byteLength).toBeLessThanOrEqual(19 * 4_096);
  const again = Array.from({ length: 20_000 }, (_, index) => blocks.allocate(1 + (index % 300)));
  expect(new Set(again).size).toBe(20_000);
  expect(blocks.byteLength).toBeLessThan(full * 1.5);
});

test('a block of a size that comes and goes takes no new memory each time', () => {
  const blocks = new Blocks();
  const first = blocks.allocate(100);
  const { buffer } = blocks.memoryOf(first);
  blocks.free(first);
  expect(blocks.memoryOf(blocks.allocate(100)).buffer).toBe(buffer);
});

test('keys that are set in an empty session get their block in one step', () => {
  const lists = { keys: ['a', 'b', 'c'], values: Array(3).fill(asJsonText('"long enough"')) };
  const place = { packed: new PackedKeys(), block: 0, large: undefined };
  new KeyMap(place).setAll(new EntryList(lists.keys, lists.values));
  expect(place.block).toBe(new PackedKeys().fill(lists));
});
