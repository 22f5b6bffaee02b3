import { expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import { compareKeys, differenceCommands } from './compareKeys.ts';

const entry = (key: string, text: string) => ({
  key,
  length: text.length,
  value: asJsonText(text),
});
const long = (key: string, length: number) => ({ key, length });

const keys = compareKeys(
  [entry('a', '1.0'), entry('b', '1.50'), entry('c', 'true'), long('d', 70_000), long('e', 70_000)],
  [
    entry('n"', 'null'),
    entry('a', '1.0'),
    entry('b', '1.51'),
    long('d', 70_000),
    long('e', 80_000),
  ],
);

test('keys stand side by side, those of the first session before those that only the second has', () => {
  expect(keys.map(({ key, state }) => [key, state])).toEqual([
    ['a', 'same'],
    ['b', 'different'],
    ['c', 'onlyHere'],
    ['d', 'unknown'],
    ['e', 'different'],
    ['n"', 'onlyThere'],
  ]);
});

test('the difference is commands that make the first like the second', () => {
  expect(differenceCommands(keys)).toEqual([
    String.raw`{"KV_SET":{"tkn":"{{tkn}}","keys":{"b":1.51,"n\"":null}}}`,
    '{"KV_RMV":{"tkn":"{{tkn}}","keys":["c"]}}',
  ]);
  expect(differenceCommands(compareKeys([entry('a', '1')], [entry('a', '1')]))).toEqual([]);
});
