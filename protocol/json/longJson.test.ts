import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Steps } from '../steps.ts';
import { JsonReader } from './jsonReader.ts';
import { kindOf, membersOf } from './jsonText.ts';
import { LongJson, Outline, outlinedDepth } from './longJson.ts';

function inOneGo<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Reads an object in steps of so many characters. @returns undefined for what is none. */
function read(text: string, perStep: number): LongJson | undefined {
  const outline = new Outline();
  const reader = new JsonReader(text, { keepsRepeated: false, outline });
  for (;;) {
    const json = reader.read(perStep);
    if (!json) continue;
    if (!json.ok || kindOf(json.value) !== 'object') return undefined;
    return new LongJson(json.value, json.value, outline);
  }
}

/** @returns How many objects were compared that had their members noted. */
function expectNoted(long: LongJson, depth = 1): number {
  expect(long.isOutlined).toBe(depth <= outlinedDepth);
  const members = inOneGo(long.members());
  expect([...members]).toEqual([...membersOf(long.json)]);
  let count = Number(long.isOutlined);
  for (const [name, json] of members) {
    if (kindOf(json) !== 'object') continue;
    count += expectNoted(long.member(name, json), depth + 1);
  }
  return count;
}

const space = fc.constantFrom('', '', '', ' ', '\n  ');
const names = fc.constantFrom('a', 'b', '\\u0061', '', '__proto__', 'a\\"}');
const { value } = fc.letrec<{ value: string; object: string; array: string; scalar: string }>(
  (tie) => ({
    value: fc.oneof(
      { depthSize: 'large', withCrossShrink: true },
      tie('scalar'),
      tie('object'),
      tie('array'),
    ),
    scalar: fc.constantFrom('1', '-0.5e9', '"x"', '"{\\"a\\":"', 'null', 'true', '"é"'),
    array: fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    object: fc
      .tuple(fc.array(fc.tuple(names, space, tie('value')), { maxLength: 4 }), space)
      .map(([members, gap]) => {
        const parts = members.map(([name, before, each]) => `"${name}"${before}:${before}${each}`);
        return `${gap}{${gap}${parts.join(`${gap},`)}${gap}}`;
      }),
  }),
);
const request = fc
  .tuple(names, value, names, value)
  .map(([name, one, other, two]) => `{"K":{"${name}":${one},"${other}":${two}},"K":${two}}`);

test('the members that were noted are those that are found, however a text is written', () => {
  let noted = 0;
  fc.assert(
    fc.property(fc.oneof(value, request), fc.integer({ min: 1, max: 60 }), (text, perStep) => {
      const long = read(text, perStep);
      if (long) noted += expectNoted(long);
    }),
    { numRuns: 2_000 },
  );
  expect(noted).toBeGreaterThan(2_000);
});

test('a text that was not read with it has no members noted, and finds them in the text', () => {
  const { json } = read('{"a":{"b":1}}', 100) ?? new LongJson(expect.fail('no object'));
  const plain = new LongJson(json);
  expect(plain.isOutlined).toBe(false);
  expect(inOneGo(plain.members())).toEqual(membersOf(json));
});
