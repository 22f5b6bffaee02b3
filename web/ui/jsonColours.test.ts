import { expect, test } from 'vitest';
import { colouredSpans } from './jsonColours.ts';

const coloured = (text: string) =>
  colouredSpans(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);

test('names, strings, numbers and words have their colours', () => {
  expect(coloured('{"a" : "b\\"c", "d":[-1.5e3,true,null]}')).toEqual([
    'key "a"',
    'string "b\\"c"',
    'key "d"',
    'number -1.5e3',
    'word true',
    'word null',
  ]);
});

test('text that is no JSON keeps what looks like it', () => {
  expect(coloured('error 42: "not found')).toEqual(['number 42', 'string "not found']);
  expect(coloured('trueish v1')).toEqual([]);
});
