import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readExactValue } from './exactValue.ts';
import { isInexactNumber } from './numbers.ts';

/** In place of a number that was kept as it is written. */
class Kept {
  readonly written: string;
  constructor(written: string) {
    this.written = written;
  }
}

const read = (text: string) => readExactValue(text, (written) => new Kept(written));

test.each([
  ['9007199254740993', new Kept('9007199254740993')],
  [' -14247375118774737462 ', new Kept('-14247375118774737462')],
  ['1e400', new Kept('1e400')],
  ['0.12345678901234567890', new Kept('0.12345678901234567890')],
  ['1.0', 1],
  ['-0', -0],
  ['1e2', 100],
  ['9007199254740992', 9007199254740992],
  ['"9007199254740993"', '9007199254740993'],
])('%s', (text, value) => {
  expect(read(text)).toEqual(value);
});

test('numbers are kept in any depth, and what stands beside them stays', () => {
  const text =
    '{"a,]":[{"b":[1,"}",[9007199254740993]],"\\u0063":1e999},true],"__proto__":{"c":1e999}}';
  const value = read(text) as Record<string, unknown>;
  expect(value['a,]']).toEqual([
    { b: [1, '}', [new Kept('9007199254740993')]], c: new Kept('1e999') },
    true,
  ]);
  expect(Object.getOwnPropertyDescriptor(value, '__proto__')?.value).toEqual({
    c: new Kept('1e999'),
  });
});

test('text that is not JSON is refused, also where a number is long', () => {
  expect(() => read('{"a":9007199254740993')).toThrow(SyntaxError);
  expect(() => read('{"a":1}x')).toThrow(SyntaxError);
});

const wrote = (value: unknown): string => {
  if (value instanceof Kept) return value.written;
  if (Array.isArray(value)) return `[${value.map(wrote).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, each]) => `${JSON.stringify(key)}:${wrote(each)}`,
  );
  return `{${members.join(',')}}`;
};

const digits = fc.stringMatching(/^-?(0|[1-9]\d{0,25})(\.\d{0,20}[1-9])?([eE][+-]?\d{1,4})?$/);
const number = digits.map((text) => (isInexactNumber(text) ? new Kept(text) : Number(text)));
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    number,
    fc.string(),
    fc.constantFrom(null, true),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('tree'), { maxKeys: 4 }),
  ),
}));

test('any value comes back with every digit, with and without white space', () => {
  fc.assert(
    fc.property(tree, fc.boolean(), (value, isSpaced) => {
      const text = wrote(value);
      const back = wrote(read(isSpaced ? ` ${text}\n` : text));
      expect(back).toBe(text);
    }),
  );
});
