import { expect, test } from 'vitest';
import { catalog, commandNames } from '../../protocol/commands/catalog.ts';
import { rankCommands } from './rankCommands.ts';

test('nothing typed: all of them in the usual order', () => {
  expect(rankCommands('').slice(0, 3)).toEqual(['SH_NEW', 'KV_SET', 'KV_GET']);
  expect(rankCommands('').toSorted()).toEqual(commandNames.toSorted());
});

test.each([
  ['all', 'SH_INFO_ALL'],
  ['ALL', 'SH_INFO_ALL'],
  ['SH_N', 'SH_NEW'],
  ['KV_S', 'KV_SET'],
  ['set', 'KV_SET'],
  ['KV_F', 'KV_FIND'],
  ['KG', 'KV_GET'],
  ['SH_END', 'SH_END'],
  ['SH_END_A', 'SH_END_ALL'],
])('%s: first comes %s', (typed, first) => {
  expect(rankCommands(typed)[0]).toBe(first);
});

test('a dangerous command is first only where its beginning was typed, or nothing else fits', () => {
  const partsOf = (name: string) =>
    Array.from(name, (_, from) =>
      Array.from(name.slice(from), (_letter, length) => name.slice(from, from + length + 1)),
    ).flat();
  const parts = commandNames.flatMap(partsOf);
  const wrong = [...new Set(parts)].filter((typed) => {
    const [first, ...others] = rankCommands(typed);
    if (!first || !catalog[first].isDangerous || first.startsWith(typed)) return false;
    return others.some((name) => !catalog[name].isDangerous);
  });
  expect(wrong).toEqual([]);
});

test('what fits nothing offers nothing', () => {
  expect(rankCommands('SELECT')).toEqual([]);
});
