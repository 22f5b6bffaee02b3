import fc from 'fast-check';
import { expect, test } from 'vitest';
import { substitute } from './substitute.ts';
import { sessionOfToken, sessionOfVariable, variableOfSession } from './variableName.ts';

const awkward = fc.array(
  fc.constantFrom(
    '{',
    '}',
    '"',
    '\\',
    ' ',
    '%',
    '\n',
    '2',
    '5',
    'a',
    'B',
    '\u2028',
    '\u0085',
    '😀',
  ),
);
const sessionName = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  awkward.map((characters) => characters.join('')),
);

test('an ordinary name stands as it is', () => {
  for (const name of ['user1', 'a b', 'price$$', 'a$&b', '100 %', "it's: ünïcode 😀"]) {
    expect(variableOfSession(name)).toBe(`tkn:${name}`);
  }
});

test('what cannot stand between braces is spelled in hexadecimal', () => {
  expect(variableOfSession('cart:{42}')).toBe('tkn:cart:%7B42%7D');
  expect(variableOfSession(' padded ')).toBe('tkn:%20padded%20');
  expect(variableOfSession('say "hi"')).toBe('tkn:say %22hi%22');
  expect(variableOfSession('C:\\temp')).toBe('tkn:C:%5Ctemp');
  expect(variableOfSession('a\nb')).toBe('tkn:a%0Ab');
  expect(variableOfSession('a%20b')).toBe('tkn:a%2520b');
  expect(variableOfSession('mine ··9999')).toBe('tkn:mine%20··9999');
});

test('every spelling gives the name again, so no two names are spelled alike', () => {
  fc.assert(
    fc.property(sessionName, (name) => {
      expect(sessionOfVariable(variableOfSession(name))).toBe(name);
    }),
  );
});

test('every spelling can be written between braces in JSON text', () => {
  fc.assert(
    fc.property(sessionName, (name) => {
      const variable = variableOfSession(name);
      const written = `{"SH_INFO":{"tkn":"{{${variable}}}"}}`;
      expect(JSON.parse(written)).toEqual({ SH_INFO: { tkn: `{{${variable}}}` } });
      const { text } = substitute(written, new Map([[variable, '5']]));
      expect(text).toBe('{"SH_INFO":{"tkn":"5"}}');
    }),
  );
});

test('a token is of the session that has a variable of it, whatever else holds it', () => {
  const variables = new Map([
    ['tkn', '5'],
    ['mine', '5'],
    ['tkn:cart:%7B42%7D', '5'],
    ['tkn:other', '6'],
  ]);
  expect(sessionOfToken('5', variables)).toBe('cart:{42}');
  expect(sessionOfToken('6', variables)).toBe('other');
  expect(sessionOfToken('7', variables)).toBeUndefined();
});
