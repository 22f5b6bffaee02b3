import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkAgain, checkDraft, checkMessage } from './checkMessage.ts';

const variables = new Map([['tkn', '14247375118774737462']]);
const maxPayloadBytes = 60;
const open = { status: { state: 'open', openedAtMs: 0 }, unsent: [] } as const;
const limits = { variables, maxPayloadBytes, route: open };
const check = (draft: string) => checkMessage(draft, limits);

test('a message goes out as it was written, with its variables filled in', () => {
  expect(check('{ "SH_INFO": { "tkn": "{{tkn}}" } }')).toMatchObject({
    value: {
      text: '{ "SH_INFO": { "tkn": "14247375118774737462" } }',
      written: { text: '{ "SH_INFO": { "tkn": "{{tkn}}" } }', isLiteral: false },
      name: 'SH_INFO',
      replyName: 'SH_INFO_RSP',
      bytes: 48,
    },
  });
});

test('invalid JSON is held back with line and column', () => {
  expect(check('{\n  "SH_INFO": {,}\n}')).toMatchObject({
    refusal: { kind: 'invalid', line: 2, column: 15 },
  });
});

test('a variable without a value is held back and named', () => {
  expect(check('{"KV_COUNT":{"tkn":"{{tkn:second}}"}}')).toMatchObject({
    refusal: { kind: 'unresolved', names: ['tkn:second'] },
  });
});

test('with its variables off a message goes out as it is written, braces and all', () => {
  for (const draft of ['{"A":{"s":"{{tkn}}"}}', '{"A":{"s":"{{nothing}}"}}']) {
    expect(checkMessage(draft, { ...limits, isLiteral: true })).toMatchObject({
      ok: true,
      value: { text: draft },
    });
    expect(checkDraft(draft + draft, { ...limits, isLiteral: true })).toMatchObject({ ok: true });
  }
  expect(checkMessage('{"A":{"s":{{tkn}}}}', { ...limits, isLiteral: true }).ok).toBe(false);
});

test('size is counted in bytes of UTF-8, after the variables are filled in', () => {
  expect(check(`{"a":"${'é'.repeat(26)}"}`)).toMatchObject({ ok: true });
  expect(check(`{"a":"${'é'.repeat(27)}"}`)).toMatchObject({
    refusal: { kind: 'tooLarge', bytes: 62 },
  });
});

test('nothing but space counts as empty', () => {
  expect(check(' \n')).toMatchObject({ refusal: { kind: 'empty' } });
});

const checkAll = (draft: string) => checkDraft(draft, limits);

test('one message comes back ready to go out', () => {
  expect(checkAll('{"A":{"tkn":"{{tkn}}"}}')).toMatchObject({
    value: [{ message: { text: '{"A":{"tkn":"14247375118774737462"}}' } }],
  });
});

test('several messages come back one by one, with a stand-in for what a reply is still to give', () => {
  expect(checkAll('{"A":{"tkn":"{{tkn}}"}}\n\n{"B":{"tkn":{{tkn:later}}}} {"C":{}}')).toMatchObject(
    {
      value: [
        { text: '{"A":{"tkn":"{{tkn}}"}}', message: { name: 'A' } },
        { text: '{"B":{"tkn":{{tkn:later}}}}', message: { text: '{"B":{"tkn":0}}' } },
        { text: '{"C":{}}', message: { text: '{"C":{}}', written: { text: '{"C":{}}' } } },
      ],
    },
  );
});

test('a message of several is read again only if a reply has changed what goes out', () => {
  const drafts = checkAll('{"A":{}} {"B":{"tkn":{{tkn}}}} {"C":{"tkn":{{tkn:later}}}}');
  const [, known, open] = drafts.ok ? drafts.value : [];
  if (!known || !open) throw new Error('They can be sent');
  const again = checkAgain(known, limits);
  expect(again.ok && again.value).toBe(known.message);
  const learned = new Map([...variables, ['tkn:later', '5']]);
  expect(checkAgain(open, { ...limits, variables: learned })).toMatchObject({
    value: { text: '{"C":{"tkn":5}}', written: { text: '{"C":{"tkn":{{tkn:later}}}}' } },
  });
  expect(checkAgain(open, limits)).toMatchObject({
    refusal: { kind: 'unresolved', names: ['tkn:later'] },
  });
  expect(checkAgain(known, { ...limits, route: closed })).toMatchObject({ ok: false });
});

test('a fault in one of several messages has its place in the whole text', () => {
  expect(checkAll('{"A":{}}\n{"B":{}} {"C":{\n  "x" 1}}')).toMatchObject({
    refusal: { kind: 'invalid', line: 3, column: 7 },
  });
  const onFirstLine = checkAll('{"A":{}}\n{"B":{}} {"C":1,}');
  expect(onFirstLine).toMatchObject({ refusal: { kind: 'invalid', line: 2, column: 17 } });
  expect(onFirstLine).toHaveProperty('refusal.text', undefined);
});

test('only a token that an earlier reply can give may be missing at the start', () => {
  expect(checkAll('{"A":{"tkn":"{{tkn:b}}"}} {"B":{}}')).toMatchObject({
    refusal: { kind: 'unresolved', names: ['tkn:b'] },
  });
  expect(checkAll('{"A":{}} {"B":{"tkn":"{{tkn:b}}","x":"{{own}}"}}')).toMatchObject({
    refusal: { kind: 'unresolved', names: ['own'] },
  });
});

test('the size of each message counts for itself', () => {
  const fits = `{"a":"${'x'.repeat(50)}"}`;
  expect(checkAll(`${fits}\n${fits}`)).toMatchObject({ ok: true });
  expect(checkAll(`${fits}\n{"a":"${'x'.repeat(60)}"}`)).toMatchObject({
    refusal: { kind: 'tooLarge', bytes: 68 },
  });
});

const closed = { status: { state: 'closed', close: undefined }, unsent: [] } as const;

test('without a connection a sequence is held back whole when one of its messages must not wait', () => {
  const offline = { ...limits, route: closed };
  expect(checkDraft('{"SH_INFO_ALL":{}} {"KV_COUNT":{"tkn":{{tkn}}}}', offline).ok).toBe(true);
  const dangerous = '{"SH_NEW":{"name":"a"}} {"KV_CLEAR":{"tkn":{{tkn:a}}}}';
  expect(checkDraft(dangerous, offline)).toEqual({
    ok: false,
    refusal: { kind: 'cannotWait', refusal: { reason: 'dangerous', name: 'KV_CLEAR' } },
  });
  expect(checkDraft(dangerous, limits).ok).toBe(true);
});

test('a fault behind a variable is where it is written', () => {
  const draft = '{"KV_SET":{"tkn":"{{tkn}}","keys":{"a":?1}}}';
  const at = { kind: 'invalid', line: 1, column: draft.indexOf('?') + 1, variable: undefined };
  const roomy = { ...limits, maxPayloadBytes: 1000 };
  expect(checkMessage(draft, roomy)).toMatchObject({ refusal: at });
  const second = { ...at, line: 2 };
  expect(checkDraft(`{"A":"{{tkn}}{{tkn}}"}\n${draft}`, roomy)).toMatchObject({ refusal: second });
});

test('a variable whose value breaks the message is named', () => {
  const broken = new Map([
    ['bad', '1 2'],
    ['open', '{"x":1'],
    ['empty', ''],
  ]);
  const faultOf = (draft: string) => checkMessage(draft, { ...limits, variables: broken });
  const bad = { line: 1, column: 6, variable: 'bad' };
  expect(faultOf('{"a":{{bad}}}')).toMatchObject({ refusal: bad });
  expect(faultOf('{"a":{{open}},"b":2}')).toMatchObject({ refusal: { suspect: 'open' } });
  expect(faultOf('{"a":{{empty}}}')).toMatchObject({ refusal: { ...bad, variable: 'empty' } });
  const quoted = checkMessage('{"a":{{odd}}}', {
    ...limits,
    variables: new Map([['odd', '\u00a01']]),
  });
  expect(quoted).toMatchObject({
    refusal: { ...bad, variable: 'odd', character: { code: 'U+00A0' } },
  });
});

test.each([
  ['{"a":\u00a01}', 6, 'U+00A0'],
  ['{\u200b"a":1}', 2, 'U+200B'],
  ['{"a":1,\ufeff"b":2}', 8, 'U+FEFF'],
  ['{\u201ca\u201d:1}', 2, 'U+201C'],
  ['{"a\u201d:1}', 4, 'U+201D'],
  ["{'a':1}", 2, 'U+0027'],
  ['{"a"\u2028:1}', 5, 'U+2028'],
  ['{"a":1}\u200b', 8, 'U+200B'],
  ['{"a\u0001":1}', 4, 'U+0001'],
  ['{"a":1，"b":2}', 7, 'U+FF0C'],
])('in %j the character in column %d is named as %s', (draft, column, code) => {
  expect(check(draft)).toMatchObject({ refusal: { line: 1, column, character: { code } } });
});

test('what is odd within a string is data and no fault', () => {
  expect(check('{"“a”":"\u00a0\u200b\u2028"}').ok).toBe(true);
});

const name = fc.constantFrom('short', 'long', 'tkn');
const values = new Map([
  ['short', '1'],
  ['long', `"${'é\\n'.repeat(20)}"`],
  ['tkn', '14247375118774737462'],
]);
const item = fc.oneof(
  name.map((each) => `{{${each}}}`),
  name.map((each) => `"is {{${each}}} and {{short}}"`),
  fc.constantFrom('1', '"{{"', '"}}"', '"x"', '[]'),
);
const list = fc.array(item, { minLength: 1, maxLength: 6 });
const space = fc.constantFrom('', ' ', '\n', '\n\n  ');

test('for any text with variables, the place of a fault is the one that is written', () => {
  const roomy = { ...limits, variables: values, maxPayloadBytes: 100_000 };
  fc.assert(
    fc.property(fc.tuple(list, list), space, fc.nat(5), ([first, second], gap, nth) => {
      const at = nth % second.length;
      const before = second.slice(0, at).map((each) => `${each},${gap}`);
      const head = `{"A":[${first.join(',')}]}${gap}{"B":[${before.join('')}`;
      const draft = `${head}?${second.slice(at).join(`,${gap}`)}]}`;
      const lines = head.split('\n');
      const column = (lines.at(-1) ?? '').length + 1;
      expect(checkDraft(draft, roomy)).toMatchObject({
        refusal: { kind: 'invalid', line: lines.length, column, variable: undefined },
      });
      const whole = `{"A":[${first.join(',')}]}${gap}{"B":[${second.join(`,${gap}`)}]}`;
      expect(checkDraft(whole, roomy).ok).toBe(true);
    }),
  );
});
