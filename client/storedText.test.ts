import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readExactValue } from '../protocol/json/exactValue.ts';
import { ValueError } from './errors.ts';
import { ExactNumber, keptNumber } from './exactNumber.ts';
import { RawJson, writeStored } from './storedText.ts';

test.each([
  ['a "b" \\ \n é 😀', '"a \\"b\\" \\\\ \\n é 😀"'],
  [-0, '-0'],
  [1e21, '1e+21'],
  [14247375118774737462n, '14247375118774737462'],
  [new ExactNumber('1e400'), '1e400'],
  [new RawJson(' { "a" : 1.0 } '), '{ "a" : 1.0 }'],
  [new Date(0), '"1970-01-01T00:00:00.000Z"'],
  [
    new Map<string, unknown>([
      ['2', 1],
      ['1', [null, true]],
    ]),
    '{"2":1,"1":[null,true]}',
  ],
  [{ a: undefined, b: 1 }, '{"b":1}'],
  [Object.fromEntries([['__proto__', 1]]), '{"__proto__":1}'],
])('%o is written as %s', (value, text) => {
  expect(writeStored(value)).toBe(text);
});

const circle: Record<string, unknown> = {};
circle['self'] = circle;

test.each([
  ['NaN', { a: [1, { b: Number.NaN }] }, ['a', 1, 'b']],
  ['Infinity', [Number.POSITIVE_INFINITY], [0]],
  ['undefined in an array', { a: [undefined] }, ['a', 0]],
  ['a function', { a: () => 1 }, ['a']],
  ['a symbol', Symbol('a'), []],
  ['a Set', { a: new Set([1]) }, ['a']],
  ['half a surrogate pair', { a: 'x\ud800' }, ['a']],
  ['half a surrogate pair in a name', { 'x\udc00': 1 }, ['x\udc00']],
])('%s is refused, with its place', (_what, value, path) => {
  expect(() => writeStored(value)).toThrow(expect.objectContaining({ name: 'ValueError', path }));
});

test('what refers to itself, or is too deep, is refused', () => {
  expect(() => writeStored(circle)).toThrow(ValueError);
  const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);
  expect(writeStored(deep(1023))).toHaveLength(2 * 1023 + 1);
  expect(() => writeStored(deep(1024))).toThrow(ValueError);
});

test('raw text must be JSON, and an exact number a number', () => {
  expect(() => new RawJson('{"a":1,}')).toThrow(SyntaxError);
  expect(() => new RawJson('{"a":"\\ud800"}')).toThrow(ValueError);
  expect(() => new ExactNumber('1e')).toThrow(RangeError);
  expect(() => new ExactNumber('01')).toThrow(RangeError);
});

const value = fc.oneof(
  fc.jsonValue(),
  fc.bigInt().map((whole) => (Number.isSafeInteger(Number(whole)) ? Number(whole) : whole)),
);

test('what was written is read back the same, numbers of any size included', () => {
  const keep = (written: string) => keptNumber(written, 'bigint');
  fc.assert(
    fc.property(fc.array(value), (values) => {
      expect(readExactValue(writeStored(values), keep)).toEqual(values);
    }),
  );
});
