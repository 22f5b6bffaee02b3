import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  asJsonText,
  elementsOf,
  kindOf,
  membersOf,
  plainTextOf,
  quote,
  stringOf,
} from './jsonText.ts';
import { prettyJson } from './prettyJson.ts';
import { maxJsonDepth } from './jsonReader.ts';
import { readJson, readJsonAsWritten } from './readJson.ts';

/** Compact text that was accepted, or the index of the fault. */
function read(text: string): string | number {
  const result = readJson(text);
  return result.ok ? result.value : result.refusal.at;
}

const integer = fc.bigInt().map(String);
const decimal = fc
  .tuple(integer, fc.stringMatching(/^\d{1,25}$/), fc.constantFrom('', 'e5', 'E+400', 'e-7'))
  .map(([whole, fraction, exponent]) => `${whole}.${fraction}${exponent}`);
const numberText = fc.oneof(
  integer,
  decimal,
  fc.constantFrom('-0', '1e400', '14247375118774737462'),
);
const nameText = fc
  .oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('__proto__', 'constructor', '1', '0', ''))
  .map((name) => JSON.stringify(name));

/** Any compact JSON text without repeated members. */
const { json: jsonText } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    numberText,
    nameText,
    fc.constantFrom('null', 'true', 'false', '{}', '[]'),
    fc.array(tie('json'), { maxLength: 5 }).map((items) => `[${items.join(',')}]`),
    fc
      .uniqueArray(fc.tuple(nameText, tie('json')), { maxLength: 5, selector: ([name]) => name })
      .map((members) => `{${members.map(([name, each]) => `${name}:${each}`).join(',')}}`),
  ),
}));

describe('readJson', () => {
  test('gives any compact JSON back as it was written', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        expect(read(text)).toBe(text);
      }),
    );
  });

  test('drops white space between tokens and nothing else', () => {
    const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/);
    fc.assert(
      fc.property(jsonText, space, (text, blank) => {
        const spaced = text.replace(
          /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs,
          (token) => blank + token + blank,
        );
        expect(read(blank + spaced + blank)).toBe(text);
      }),
    );
  });

  test('agrees with JSON.parse on which text is JSON, half surrogates aside', () => {
    const fragment = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      'a',
      '1',
      '-',
      '.',
      'e',
      '0',
      ' ',
      '\n',
      '\u0001',
      'true',
      'null',
      '"a"',
      '\\n',
      '\\u0041',
      '\u00a0',
      '//',
      "'",
    );
    const isJson = (text: string) => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 8 }), (fragments) => {
        const text = fragments.join('');
        expect(typeof read(text) === 'string').toBe(isJson(text));
      }),
      { numRuns: 5000 },
    );
  });

  test.each([
    ['{"a":1,"a":2}', '{"a":1}'],
    ['{"a":1, "b":{"x":1,"x":[2]} , "a":2,"c":3}', '{"a":1,"b":{"x":1},"c":3}'],
    ['{"a":1,"\\u0061":2}', '{"a":1}'],
    ['[{"a":{"b":1},"a":{"b":2}}]', '[{"a":{"b":1}}]'],
  ])('keeps the first of repeated members: %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each([
    ['"\\ud800"', 1],
    ['"\\udc00"', 1],
    ['"\\ud800\\u0041"', 1],
    ['"\\ud83dx"', 1],
    ['01', 1],
    ['1.', 1],
    ['+1', 0],
    ['NaN', 0],
    ['[1,]', 3],
    ['[,1]', 1],
    ['{,"a":1}', 1],
    ['{"a":1,,"b":2}', 7],
    ['{"a":1,}', 7],
    ['{} {}', 3],
    ['', 0],
    ['"\t"', 1],
    ['/* */1', 0],
    ['\ufeff\ufeff1', 1],
  ])('refuses %s at %d', (text, at) => {
    expect(read(text)).toBe(at);
  });

  test('takes a surrogate pair, raw or escaped, and one byte-order mark', () => {
    expect(read('\ufeff"\\ud83d\\ude00😀"')).toBe('"\\ud83d\\ude00😀"');
  });

  test('takes as many levels as it says, and not one more', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(read(nested(maxJsonDepth))).toBe(nested(maxJsonDepth));
    expect(read(nested(maxJsonDepth + 1))).toBe(maxJsonDepth);
    expect(read(nested(200_000))).toBe(maxJsonDepth);
  });
});

describe('JSON texts', () => {
  test('splitting and joining any value gives the same text', () => {
    const rebuild = (text: string): string => {
      const json = asJsonText(text);
      if (kindOf(json) === 'array') return `[${elementsOf(json).map(rebuild).join(',')}]`;
      if (kindOf(json) !== 'object') return text;
      const members = [...membersOf(json)].map(([name, each]) => `${quote(name)}:${rebuild(each)}`);
      return `{${members.join(',')}}`;
    };
    fc.assert(
      fc.property(jsonText, (text) => {
        expect(rebuild(text)).toBe(text);
      }),
    );
  });

  test('a string is quoted as JavaScript does it, halves of surrogate pairs included', () => {
    const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
    const odd = fc.constantFrom(
      '"',
      '\\',
      '\u0000',
      '\u001f',
      '\u007f',
      '\u2028',
      '\ud800',
      '\udc00',
      '😀',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(unit, odd)), (units) => {
        expect(quote(units.join(''))).toBe(JSON.stringify(units.join('')));
      }),
    );
  });

  test('a string comes back from its quoted form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (each) => {
        expect(stringOf(quote(each))).toBe(each);
      }),
    );
  });

  test('members named like parts of Object.prototype are members', () => {
    const members = membersOf(asJsonText('{"__proto__":1,"constructor":2,"10":3,"9":4}'));
    expect([...members.keys()]).toEqual(['__proto__', 'constructor', '10', '9']);
  });
});

test('a string is plain text without quotes and escapes; a number keeps its digits', () => {
  fc.assert(
    fc.property(fc.string(), numberText, (text, digits) => {
      expect(plainTextOf(quote(text))).toBe(text);
      expect(plainTextOf(asJsonText(digits))).toBe(digits);
    }),
  );
});

test('read as written, repeated members stay', () => {
  const text = '{"a": 1, "b": {"c": 1, "c": 2}, "\\u0061": 3}';
  expect(read(text)).toBe('{"a":1,"b":{"c":1}}');
  expect(readJsonAsWritten(text)).toEqual({
    ok: true,
    value: '{"a":1,"b":{"c":1,"c":2},"\\u0061":3}',
  });
});

describe('prettyJson', () => {
  test('changes white space only', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        expect(read(prettyJson(text))).toBe(text);
      }),
    );
  });

  test('lays out like JSON.stringify with two spaces', () => {
    const text = '{"a":[1,{"b":[]}],"c":{},"d":"x: {"}';
    expect(prettyJson(text)).toBe(JSON.stringify(JSON.parse(text), null, 2));
  });

  test('keeps repeated members, digits and escapes', () => {
    expect(prettyJson('{"a":1.0,"a":14247375118774737462,"b":"\\u0041"}')).toBe(
      '{\n  "a": 1.0,\n  "a": 14247375118774737462,\n  "b": "\\u0041"\n}',
    );
  });
});
