import { expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import { compareKey, differenceCommands } from './compareKeys.ts';

const entry = (key: string, text: string) => ({
  key,
  length: text.length,
  value: asJsonText(text),
});
const long = (key: string, length: number) => ({ key, length });

const keys = [
  compareKey('a', entry('a', '1.0'), entry('a', '1.0')),
  compareKey('b', entry('b', '1.50'), entry('b', '1.51')),
  compareKey('c', entry('c', 'true'), undefined),
  compareKey('d', long('d', 70_000), long('d', 70_000)),
  compareKey('e', long('e', 70_000), long('e', 80_000)),
  compareKey('n"', undefined, entry('n"', 'null')),
];
const maxLength = 100;

test('a key of two sessions is the same, different, in one only, or too long to be compared', () => {
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
  expect(differenceCommands(keys, maxLength)).toEqual([
    String.raw`{"KV_SET":{"tkn":"{{tkn}}","keys":{"b":1.51,"n\"":null}}}`,
    '{"KV_RMV":{"tkn":"{{tkn}}","keys":["c"]}}',
  ]);
  const same = [compareKey('a', entry('a', '1'), entry('a', '1'))];
  expect(differenceCommands(same, maxLength)).toEqual([]);
});

test('a command has no more keys than a message has room for', () => {
  const many = ['1', '22', '333', '4'].map((text) =>
    compareKey(text, undefined, entry(text, text)),
  );
  const keysOf = (length: number) =>
    differenceCommands(many, length).map((command) => /\{("\d.*?)\}/.exec(command)?.[1]);
  expect(keysOf(14)).toEqual(['"1":1,"22":22', '"333":333', '"4":4']);
  expect(keysOf(1)).toHaveLength(4);
});
