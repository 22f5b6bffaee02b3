import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HiddenTokens } from './hiddenTokens.ts';
import { fill, substitute } from './substitute.ts';

const token = '16351792548006066062';
const other = '14247375118774737462';
const word = 'a-word"of\\another$&server';

function start(variables: Record<string, string> = {}) {
  let count = 0;
  const hidden = new HiddenTokens(() => {
    count += 1;
    return `id${count}`;
  });
  hidden.learn(new Map(Object.entries(variables)));
  return hidden;
}

/** What is stored of a text; it must come back as it is. */
function stored(text: string, variables: Record<string, string> = {}): string {
  const hidden = start(variables);
  const kept = hidden.hide(text);
  expect(hidden.restore(kept)).toBe(text);
  return kept;
}

test('what was written with variables stays as it was written', () => {
  const variables = { tkn: token, 'tkn:plain': token, user: 'ada', k: 'keys', cmd: 'KV_SET' };
  for (const text of [
    '{"KV_CLEAR":{"tkn":"{{tkn:plain}}"}}',
    '{"KV_SET":{"tkn":"{{tkn}}","keys":{"owner":"ada"}}}',
    '{"KV_SET":{"tkn":{{tkn}},"keys":{"oauth":{"tkn":"abc"}}}}',
    '{"oauth":{"tkn":"abc"}}',
    '{"SH_EXISTS":{"tkns":["{{tkn}}",{{tkn:plain}}]}}',
  ]) {
    expect(stored(text, variables)).toBe(text);
  }
});

test.each([
  '{"KV_SET":{"tkn":"{{tkn}}","keys":{"discordId":"1497549923779084388"}}}',
  '{"KV_SET":{"tkn":"{{tkn}}","keys":{"1497549923779084388":1497549923779084388}}}',
  '["1497549923779084388"]',
  '{"KV_SET":{"keys":{"tkns":["1497549923779084388"],"exist":["99999999999999999"]}}}',
])('a string is no token because it looks like one: %s', (text) => {
  expect(stored(text, { tkn: token })).toBe(text);
});

test.each([
  `{"KV_SET":{"tkn":"{{tkn}}","keys":{"cookie":"sid=${token}; path=/"}}}`,
  `{"KV_SET":{"tkn":"{{tkn}}","keys":{"u":"https://shop.example/?s=${token}"}}}`,
  `{"KV_SET":{"tkn":"{{tkn}}","keys":{"s":"{\\"tkn\\":\\"${token}\\",\\"n\\":${token}}"}}}`,
  `{"KV_SET":{"tkn":"{{tkn}}","keys":{"n":${token}}}}`,
  `{"KV_SET":{"tkn":"{{tkn}}","keys":{"${token}":1}}}`,
  `{"KV_SET":{"tkn":"{{tkn}}","keys":{"n":1${token}.5}}}`,
  `{"SH_EXISTS":{"tkns":[${token}]}}`,
  `{"KV_GET":{"tkn":"${token}","keys":[]}}\n{"KV_GET":{"tkn":${token}}}`,
  `{"KV_GET":{"tkn":"${token}`,
  `{"KV_GET":{"tkn":{{tkn}},"a":"\\u0031${token.slice(1)}"}}`,
  `${token}`,
  `note: ${token}${token}`,
  `{"keys":"${token} ${token}",`,
])('a known token is left nowhere: %s', (text) => {
  const kept = stored(text, { tkn: '7', 'tkn:mine': token });
  expect(kept).not.toContain(token);
  expect(kept).not.toContain(token.slice(1, -4));
  expect(kept).toContain('{{token ··');
});

test.each([
  [`{"SH_EXISTS":{"tkns":["${other}",${token}]}}`],
  [`{"SH_EXISTS":{"t\\u006bns":["${other}"]}}`],
  [`{"KV_GET":{"\\u0074kn":"${other}","keys":[]}}`],
  [`{"\\u004bV_GET":{"tkn":"${other}"}}`],
  [`{"SH_NEW_RSP":{"st":1,"name":"a","tkn":"${other}"}}`],
  [`{"SH_EXISTS_RSP":{"st":1,"exist":["${other}"]}}`],
  [`{"KV_SET":{"tkn":"${other}","keys":{"cookie":"sid=${other}"}}}`],
  [`{"A":1}{"KV_GET":{"tkn":"${other}",}}`],
  [`{KV_GET: {tkn: "${other}"}}`],
  [`{"KV_GET":{"tkn":"{{tkn:a}}"}}\n{"KV_GET":{"tkn":"${other}"}}`],
])('a token that nobody knows is hidden in its place: %s', (text) => {
  const kept = stored(text, { tkn: '7' });
  expect(kept).not.toContain(other);
  expect(kept).not.toContain('{{tkn}}');
});

test('what stands for a hidden token says so, and asks for a value when it is sent', () => {
  const kept = stored(`{"SH_INFO":{"tkn":"${other}"}}`);
  expect(kept).toBe('{"SH_INFO":{"tkn":"{{token ··7462 id1}}"}}');
  expect(substitute(kept, new Map([['tkn', token]])).unresolved).toEqual(['token ··7462 id1']);
  const literal = fill({ text: kept, isLiteral: true }, new Map());
  expect(literal.unresolved).toEqual(['token ··7462 id1']);
});

test('one token has one name, two tokens that end alike have two', () => {
  const hidden = start();
  const text = `{"SH_EXISTS":{"tkns":["11111111115062","22222222225062","11111111115062"]}}`;
  expect(hidden.hide(text)).toBe(
    '{"SH_EXISTS":{"tkns":["{{token ··5062 id1}}","{{token ··5062 id2}}","{{token ··5062 id1}}"]}}',
  );
});

test('another page puts nothing back', () => {
  const kept = start().hide(`{"SH_INFO":{"tkn":"${other}"}}`);
  expect(start({ tkn: other }).restore(kept)).toBe(kept);
});

const tokens = [token, other, word];
const snippets = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  '\n',
  '{{tkn}}',
  '"{{tkn}}"',
  '$&',
  "$'",
  '"KV_SET":{',
  '"tkn":',
  '"tkns":[',
  '"\\u0074kn":',
  '\\u0031',
  '{{token ··6062 id1}}',
];
const piece = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(...tokens, JSON.stringify(word).slice(1, -1), ...snippets),
);
const anyText = fc.oneof(
  fc.array(piece, { maxLength: 30 }).map((parts) => parts.join('')),
  fc
    .tuple(fc.constantFrom('tkn', 'tkns', 'keys'), fc.json(), fc.constantFrom(...tokens))
    .map(([member, json, each]) => `{"KV_SET":{"${member}":[${json},"${each}",${json}]}}`),
);

test('any message, any variables: what was hidden comes back, and no known token is left', () => {
  fc.assert(
    fc.property(
      fc.array(anyText, { minLength: 1, maxLength: 3 }),
      fc.dictionary(fc.string(), fc.string()),
      (texts, variables) => {
        const hidden = start({ ...variables, tkn: token, 'tkn:a': other, 'tkn:b': word });
        // All first: what is hidden later must not change what was hidden before.
        const kept = texts.map((text) => hidden.hide(text));
        expect(kept.map((text) => hidden.restore(text))).toEqual(texts);
        for (const each of tokens) expect(kept.join('\n')).not.toContain(each);
      },
    ),
    { numRuns: 500 },
  );
});

test('what is sent of a stored message is what was sent before', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(token, other), (value, each) => {
      const text = `{"KV_SET":{"tkn":"${each}","keys":{"a":${JSON.stringify(value)},"b":"x${each}"}}}`;
      const hidden = start();
      const kept = hidden.hide(text);
      const names = substitute(kept, new Map()).unresolved;
      const values = new Map(names.map((name) => [name, hidden.restore(`{{${name}}}`)]));
      expect(substitute(kept, values).text).toBe(text);
    }),
  );
});
