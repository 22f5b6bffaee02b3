import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonTokens, messageSpans } from './jsonTokens.ts';

const messages = (text: string) =>
  messageSpans(text).map(({ start, end }) => text.slice(start, end));

test('messages one after another are told apart, whatever stands between them', () => {
  expect(messages('{"A":{"x":"} {"}}\n\n{"B":{}}{"C":[{}]}')).toEqual([
    '{"A":{"x":"} {"}}',
    '{"B":{}}',
    '{"C":[{}]}',
  ]);
});

test('an unfinished last message is one of its own', () => {
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
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', 'a', '1', ' ', '\n'),
      }),
      (text) => {
        let at = 0;
        for (const { start, end } of jsonTokens(text)) {
          expect(text.slice(at, start).trim()).toBe('');
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(text.slice(at).trim()).toBe('');
      },
    ),
  );
});
