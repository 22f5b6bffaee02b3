import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonReader } from './jsonReader.ts';
import { charactersPerStep, readJson } from './readJson.ts';

/** Reads a text in steps of so many characters. */
function readInSteps(text: string, perStep: number) {
  const reader = new JsonReader(text, { keepsRepeated: false });
  for (let count = 1; ; count += 1) {
    const result = reader.read(perStep);
    if (result) return { result, count };
  }
}

/** Text like JSON: right, or broken anywhere. */
const likeJson = fc
  .array(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      ' ',
      '1',
      'null',
      '"a"',
      '"a\\n"',
      '"\\"',
      '"',
    ) as fc.Arbitrary<string>,
  )
  .map((parts) => parts.join(''));
const written = fc
  .json()
  .map((json) => json.replaceAll(/[a-f]/g, String.raw`\n\u0041\ud83d\ude00`));
const repeated = written.map(
  (json) => `{"k\\n":${json}, "k\\n" : ${json},"\\n":1 , "k\\n":[${json}]}`,
);

// Without escapes, so that branches are read as plain ones where a step is long enough.
const plain = fc.json();
const mixed = fc
  .array(fc.oneof(plain, written, repeated), { maxLength: 4 })
  .map((parts) => `{"a":[${parts.join(',')}],"a":1, "b":[${parts.join(', ')}]}`);

test('in steps of any size, a text reads the same, or has the same fault', () => {
  fc.assert(
    fc.property(
      fc.oneof(likeJson, written, repeated, plain, mixed),
      fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 99 })),
      (text, size) => {
        expect(readInSteps(text, size).result).toEqual(readJson(text));
      },
    ),
  );
});

const escapes = String.raw`\n\u0041\"`.repeat(40_000);
test.each([
  ['a value', `["${escapes}"]`],
  ['a name', `{"a":1,"${escapes}":2}`],
  ['the first name', `{"${escapes}":2}`],
  ['a name that comes again', `{"${escapes}":1,"${escapes}":2}`],
])('no step goes far beyond its characters in %s full of escapes', (_, text) => {
  const { result, count } = readInSteps(text, charactersPerStep);
  expect(result).toEqual(readJson(text));
  expect(count).toBeGreaterThanOrEqual(Math.floor(text.length / (charactersPerStep + 12)));
});

test.each([
  String.raw`["a\x"]`,
  String.raw`{"a":"\x"}`,
  String.raw`{"a":1,"b\x":2}`,
  '["a\tb"]',
  '{"a":"b\n"}',
  String.raw`[["ab"],["\ud800"]]`,
])('in a short array or object, %j is still a fault', (text) => {
  expect(readJson(text).ok).toBe(false);
});
