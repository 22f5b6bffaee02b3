import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonReader } from './jsonReader.ts';
import { maxPlainDepth, PlainBranches } from './plainBranch.ts';

const endOf = (text: string) => new PlainBranches().endOf(text, 0, text.length);

/** What the reader makes of a text when it never comes far enough to try a plain branch; undefined: it is no JSON. */
function readSlowly(text: string): string | undefined {
  const reader = new JsonReader(text, { keepsRepeated: false });
  for (;;) {
    const read = reader.read(1);
    if (read) return read.ok ? read.value : undefined;
  }
}

const values = fc.letrec<{ value: string; scalar: string; array: string; object: string }>(
  (tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('scalar'),
      tie('array'),
      tie('object'),
    ),
    scalar: fc.constantFrom(
      '0',
      '-0',
      '12',
      '-1.50',
      '1e400',
      '123456789012345678901',
      '""',
      '"a,]}"',
      'true',
      'null',
    ),
    array: fc.array(tie('value'), { maxLength: 4 }).map((parts) => `[${parts.join(',')}]`),
    object: fc
      .array(fc.tuple(fc.constantFrom('a', 'b', 'id', '', '__proto__'), tie('value')), {
        maxLength: 4,
      })
      .map((members) => `{${members.map(([name, value]) => `"${name}":${value}`).join(',')}}`),
  }),
);
const branches = fc.oneof(values.array, values.object);
const mutated = fc
  .tuple(
    branches,
    fc.nat(),
    fc.nat(2),
    fc.constantFrom('', '"', '{', ']', '}', ',', ':', '0', '-', '.', 'e', 'x', ' '),
  )
  .map(([text, place, removed, put]) => {
    const at = 1 + (place % text.length);
    return text.slice(0, at) + put + text.slice(at + removed);
  });

test('what it takes as plain, the reader takes as it is; what is plain, it takes', () => {
  const taken = { plain: 0, other: 0 };
  fc.assert(
    fc.property(fc.oneof(branches, mutated), (text) => {
      const end = endOf(text);
      const asRead = readSlowly(text);
      taken[end === undefined ? 'other' : 'plain'] += 1;
      if (end !== undefined) expect(readSlowly(text.slice(0, end))).toBe(text.slice(0, end));
      else expect(asRead).not.toBe(text);
    }),
    { numRuns: 3_000 },
  );
  expect(Math.min(taken.plain, taken.other)).toBeGreaterThan(500);
});

test.each(['01', '1.', '.5', '-', '+1', '1e', '1a', 'nul', 'nulls', 'True', '"a', '1 '])(
  'a branch with %j is not plain',
  (scalar) => {
    expect(endOf(`[${scalar}]`)).toBeUndefined();
    expect(endOf(`{"a":${scalar}}`)).toBeUndefined();
    expect(endOf(`[0,${scalar}]`)).toBeUndefined();
  },
);

test('names that come twice are found in every object, also when the one before had them apart', () => {
  expect(endOf('[{"a":1,"b":2},{"a":1,"b":2}]')).toBe(29);
  expect(endOf('[{"a":1,"b":2},{"a":1,"a":2}]')).toBeUndefined();
  expect(endOf('[{"a":1,"b":2},{"b":1,"a":2,"b":3}]')).toBeUndefined();
  expect(endOf('[{"a":1,"b":2},{"b":1,"b":2}]')).toBeUndefined();
  expect(endOf('{"a":{"a":{"a":1}},"b":{"a":1}}')).toBe(31);
});

test('it leaves to the reader what is deeper, or has more names, than it follows', () => {
  const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  // An empty array is a value: it opens nothing.
  expect(endOf(deep(maxPlainDepth + 1))).toBe(2 * (maxPlainDepth + 1));
  expect(endOf(deep(maxPlainDepth + 2))).toBeUndefined();
  const wide = (names: number) =>
    `{${Array.from({ length: names }, (_, at) => `"n${at}":0`).join(',')}}`;
  expect(endOf(wide(32))).toBe(wide(32).length);
  expect(endOf(wide(33))).toBeUndefined();
});

test('it stops at the first value behind the place that it is given, and says how far it came', () => {
  const plain = new PlainBranches();
  expect(plain.endOf('x[1,2,3]', 1, 3)).toBeUndefined();
  expect(plain.at).toBe(4);
  expect(plain.endOf('x[1,2,3]', 1, 6)).toBe(8);
});
