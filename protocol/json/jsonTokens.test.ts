import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonTokens, messageSpans, withoutVariables } from './jsonTokens.ts';
import { isClosed } from './scalars.ts';

const messages = (text: string) =>
  messageSpans(text).map(({ start, end }) => text.slice(start, end));

test('messages one after another are separated, whatever stands between them', () => {
  expect(messages('{"A":{"x":"} {"}}\n\n{"B":{}}{"C":[{}]}')).toEqual([
    '{"A":{"x":"} {"}}',
    '{"B":{}}',
    '{"C":[{}]}',
  ]);
});

test('an unfinished last message is a separate one', () => {
  expect(messages('{"A":{}}\n{"B":{"x":')).toEqual(['{"A":{}}', '{"B":{"x":']);
});

test.each(['', ' {"A":{}} ', '{"A":{}} // note\n{"B":{}}', '{"A":{}} x', '{} }', '[] []', '{"A":'])(
  'what is no row of objects is one message: %s',
  (text) => {
    expect(messages(text)).toEqual([text]);
  },
);

test('a variable without quotes is a value and no brace', () => {
  const text = '{"A":{"tkn":{{tkn}},"n":[{{ a:b }}]}}\n{"B":{}}';
  expect(messages(text)).toHaveLength(2);
  const variables = [...jsonTokens(text)].filter(({ kind }) => kind === 'variable');
  expect(variables.map(({ start, end }) => text.slice(start, end))).toEqual([
    '{{tkn}}',
    '{{ a:b }}',
  ]);
});

test('an unfinished string ends with its line', () => {
  const text = '{"A": "x\\\n, "b": 1}';
  const strings = [...jsonTokens(text)].filter(({ kind }) => kind === 'string');
  expect(strings.map(({ start, end }) => text.slice(start, end))).toEqual(['"A"', '"x\\', '"b"']);
});

test('tokens cover all but white space of any text, in order', () => {
  const marks = '{}[],:"\\ab1-.{{x}} \t\n\r\u2028\u00a0\ufeff\u0001\ud83d\ude00';
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...marks.split('')), maxLength: 20 }), (text) => {
      let at = 0;
      for (const { start, end } of jsonTokens(text)) {
        expect(text.slice(at, start).trim()).toBe('');
        expect(end).toBeGreaterThan(start);
        at = end;
      }
      expect(text.slice(at).trim()).toBe('');
    }),
    { numRuns: 2000 },
  );
});

test('the tokens of a JSON text are those that JSON.stringify writes', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom('', ' ', '\n\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const tokens = [...jsonTokens(text)];
      expect(tokens.map(({ start, end }) => text.slice(start, end)).join('')).toBe(
        JSON.stringify(value),
      );
      const strings = tokens.filter(({ kind }) => kind === 'string');
      expect(strings.every(({ start, end }) => isClosed(text.slice(start, end)))).toBe(true);
      expect(tokens.some(({ kind }) => kind === 'variable')).toBe(false);
    }),
  );
});

test('a string of very many escapes is one token', () => {
  const text = `"${'\\n'.repeat(8_000_000)}"`;
  expect([...jsonTokens(text)]).toEqual([{ kind: 'string', start: 0, end: text.length }]);
});

test('a variable without quotes reads as a number of the same length', () => {
  expect(withoutVariables('{"a":{{tkn}},"b":"{{tkn}}"}')).toBe('{"a":1111111,"b":"{{tkn}}"}');
});
