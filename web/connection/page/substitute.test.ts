import fc from 'fast-check';
import { expect, test } from 'vitest';
import { variableOfSession } from './variableName.ts';
import { namesUsed, substitute, writtenPlace } from './substitute.ts';

const token = '14247375118774737462';
const variables = new Map([
  ['tkn', token],
  ['tkn:user1', token],
]);

test('a variable is put in digit for digit, also without quotes around it', () => {
  expect(substitute('{"SH_INFO":{"tkn":{{tkn}}}}', variables).text).toBe(
    `{"SH_INFO":{"tkn":${token}}}`,
  );
  expect(substitute('"{{ tkn:user1 }}"', variables).text).toBe(`"${token}"`);
});

test('names without a value are listed once and left as they are', () => {
  const { text, unresolved } = substitute('{{a}} {{b}} "x{{a}}"', new Map());
  expect(text).toBe('{{a}} {{b}} "x{{a}}"');
  expect(unresolved).toEqual(['a', 'b']);
  expect(namesUsed('{{a}} {{b}} "x{{a}}"')).toEqual(['a', 'b']);
});

test('braces written as escapes are no variable', () => {
  const text = '{"a":"\\u007b{tkn}}"}';
  expect(substitute(text, variables)).toEqual({ text, unresolved: [], fillings: [] });
});

test('a value is not looked into again, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const { text } = substitute('<{{a}}>', new Map([['a', value]]));
      expect(text).toBe(`<${value}>`);
    }),
  );
});

test.each([
  '{"KV_SET":{"tkn":"7","keys":{"s":"ends in {{"}}}',
  '["{{","}}"]',
  '{"open":"{{","close":"}}"}',
  '{"a":"{{","b":{"c":"x"},"d":"}}"}',
  '["{{}}","{{ }}","{{{}}}","}}{{"]',
  '{"a":"{{\\"b\\":1}}"}',
  '{"a":"{{x\\ny}}"}',
])('braces that no name stands between are plain text: %s', (text) => {
  const all = new Map([...variables, ['', 'empty'], ['","', 'crossing']]);
  expect(substitute(text, all)).toEqual({ text, unresolved: [], fillings: [] });
});

test.each(['cart:{42}', 'x}y', 'say "hi"', 'C:\\temp', 'a\nb'])(
  'a whole string may give the name of a session as it is: %s',
  (session) => {
    const taught = new Map([[variableOfSession(session), token]]);
    const text = `{"KV_GET":{"tkn":${JSON.stringify(`{{tkn:${session}}}`)}}}`;
    expect(substitute(text, taught).text).toBe(`{"KV_GET":{"tkn":"${token}"}}`);
    expect(substitute(text, new Map()).unresolved).toEqual([variableOfSession(session)]);
  },
);

test('variables stand beside such braces', () => {
  const text = '{"KV_SET":{"tkn":"{{tkn}}","keys":{"s":"ends in {{"}}}';
  expect(substitute(text, variables).text).toBe(text.replace('{{tkn}}', token));
});

test('JSON text without placeholders is never changed', () => {
  const brace = fc.constantFrom('{{', '}}', '{', '}', '{{a', 'a}}', '\\', '"', 'x');
  const word = fc.array(brace, { maxLength: 4 }).map((parts) => parts.join(''));
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { maxDepth: 3 },
      word,
      fc.integer(),
      fc.array(tie('json'), { maxLength: 4 }),
      fc.dictionary(word, tie('json'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(json, (value) => {
      const text = JSON.stringify(value);
      fc.pre(namesUsed(text).length === 0);
      expect(substitute(text, new Map([['a', 'filled']])).text).toBe(text);
    }),
  );
});

test('in a string a value comes out of the JSON as it went in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('', '$&', '$$', "$'"), (a, b) => {
      const value = `${a}${b}"\\\n\u0000`;
      const { text } = substitute('{"{{n}}":"<{{n}}>"}', new Map([['n', value]]));
      expect(JSON.parse(text)).toEqual(Object.fromEntries([[value, `<${value}>`]]));
    }),
  );
});

test('names may hold what means something to a replacement', () => {
  const names = new Map(['$&', '$$', "$'", '$`', '$1'].map((name) => [name, `v${name}`]));
  const text = [...names.keys()].map((name) => `"{{${name}}}"`).join(',');
  expect(substitute(`[${text}]`, names).text).toBe(`["v$&","v$$","v$'","v$\`","v$1"]`);
});

test('a place of the filled text is found in the written one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('{{a}}', '{{b}}', '"{{a}}"', '[', '1', ' ', '"x"', '\n')),
      fc.string(),
      (parts, value) => {
        const written = parts.join('');
        const filled = substitute(
          written,
          new Map([
            ['a', value],
            ['b', '12'],
          ]),
        );
        for (let at = 0; at <= filled.text.length; at += 1) {
          const place = writtenPlace(filled, at);
          const rest = written.slice(place.at);
          if (place.name === undefined) expect(rest.charAt(0)).toBe(filled.text.charAt(at));
          else expect(rest.startsWith(`{{${place.name}}}`)).toBe(true);
        }
      },
    ),
  );
});

test('a place in or at an empty value is that of its variable', () => {
  const filled = substitute('{"a":{{e}},"b":"{{s}}"}', new Map(Object.entries({ e: '', s: 'xy' })));
  expect(filled.text).toBe('{"a":,"b":"xy"}');
  expect(writtenPlace(filled, 4)).toEqual({ at: 4, name: undefined });
  expect(writtenPlace(filled, 5)).toEqual({ at: 5, name: 'e' });
  expect(writtenPlace(filled, 12)).toEqual({ at: 16, name: 's' });
  expect(writtenPlace(filled, 13)).toEqual({ at: 21, name: undefined });
});
