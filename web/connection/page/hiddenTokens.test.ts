import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HiddenTokens } from './hiddenTokens.ts';
import { fill, substitute } from './substitute.ts';
import { Secrets } from './tokenPlaces.ts';

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

test.each([
  [`{"KV_GET":{"tkn":"${other}{{x}}"}}`],
  [`{"KV_GET":{"tkn":"{{x}}${other}"}}`],
  [`{"KV_GET":{"tkn":"{{x}}${other}{{y}}-${other}"}}`],
  [`{"KV_GET":{"tkn":{{x}}${other}}}`],
  [`{"KV_GET":{"tkn":"\\u0031{{x}}${other.slice(1)}`],
  [`{"SH_EXISTS":{"tkns":["{{x}} ${other}"]}}`],
])('what is written out beside a variable is hidden in its place: %s', (text) => {
  const kept = stored(text);
  expect(kept.replaceAll(/\{\{[^}]+\}\}/g, '')).not.toMatch(/[0-9]/);
  expect(kept).toContain('{{x}}');
});

test('signs beside a variable stay: they are typed by mistake, or join two of them', () => {
  for (const tkn of ['{{tkn}}}', '{{{tkn}}', ' {{tkn}}', '{{a}}-{{b}}', '{{tkn:cart:{42}}}']) {
    const text = `{"KV_GET":{"tkn":"${tkn}","keys":[]}}`;
    expect(stored(text)).toBe(text);
  }
});

test('where two tokens overlap, nothing is left of either', () => {
  const variables = {
    tkn: '12345678901234567890',
    'tkn:a': '567890123456789099',
    'tkn:b': 'ab1234',
  };
  expect(stored('{"a":"x1234567890123456789099y"}', variables)).not.toMatch(/\d{5}/);
  // The word covers the start of the digits.
  const words = { tkn: '12345678901234567890', 'tkn:a': 'word12345678', 'tkn:b': '8901234567890' };
  expect(stored('{"a":"word12345678901234567890"}', words)).not.toContain('90123');
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

const many = 20_001;
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1e9}`);
const exists = (tokens: readonly string[]) => `{"SH_EXISTS":{"tkns":[${tokens.join(',')}]}}`;

test('a token that is met again is not forgotten for one met longer ago', () => {
  for (const kind of ['word', '']) {
    const values = numbered(many).map((each) => kind + each);
    const secrets = new Secrets();
    const meet = (value: string | undefined) => {
      if (value !== undefined) secrets.addVariables(new Map([['tkn', value]]));
    };
    for (const value of values.slice(0, -1)) meet(value);
    meet(values[0]);
    meet(values.at(-1));
    const known = values.filter((value) => secrets.has(value));
    expect(known).toEqual(values.filter((value) => value !== values[1]));
  }
});

test('a message of many tokens does not push out the tokens of variables', () => {
  const hidden = start({ tkn: token });
  hidden.hide(exists(numbered(many)));
  expect(hidden.hide(`{"cookie":"${token}"}`)).not.toContain(token);
});

test('what was hidden again comes back though many were hidden in between', () => {
  const hidden = start();
  const text = exists([token]);
  const kept = hidden.hide(text);
  hidden.hide(exists(numbered(many - 2)));
  expect(hidden.hide(text)).toBe(kept);
  hidden.hide(exists([other]));
  expect(hidden.restore(kept)).toBe(text);
});

/** The quickest of some turns: a busy machine makes some of them slow, not all. */
function quickest(work: () => void): number {
  const turns = Array.from({ length: 4 }, () => {
    const startedMs = performance.now();
    work();
    return performance.now() - startedMs;
  });
  return Math.min(...turns);
}

const digits = '31415926535897932384626433832795028841971'.repeat(5_000);

test.each([
  ['lengths', numbered(40).map((each, index) => each + '7'.repeat(index)), digits],
  ['digits', [`${'1'.repeat(16_000)}2`], '1'.repeat(50_000)],
  ['words', numbered(1_000).map((each) => `w${each}`), '["a word",'.repeat(2_000)],
])('the time to hide does not grow with the %s of known tokens', (_, tokens, text) => {
  const named = (values: readonly string[]) =>
    Object.fromEntries(values.map((value, index) => [`tkn:${index}`, value]));
  const few = start(named(['1234567890', 'wordword']));
  const all = start(named(tokens));
  const message = `{"KV_SET":{"tkn":"a","keys":{"a":"${text}"}}}`;
  const plainMs = quickest(() => few.hide(message));
  expect(quickest(() => all.hide(message)) / plainMs).toBeLessThan(4);
});

test('hiding tokens in one message takes no longer than in many', () => {
  const message = (values: readonly string[]) =>
    `${exists(values)}["${'{ '.repeat(values.length * 80)}"]`;
  const values = numbered(2_000);
  const parts = Array.from({ length: 20 }, (_, part) =>
    values.filter((_each, at) => at % 20 === part),
  );
  const apartMs = quickest(() => {
    const hidden = start();
    for (const part of parts) hidden.hide(message(part));
  });
  expect(quickest(() => start().hide(message(values))) / apartMs).toBeLessThan(4);
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
  '"tkn":"12{{a}}',
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
