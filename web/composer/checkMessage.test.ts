import { expect, test } from 'vitest';
import { checkDraft, checkMessage } from './checkMessage.ts';

const variables = new Map([['tkn', '14247375118774737462']]);
const maxPayloadBytes = 60;
const open = { status: { state: 'open', openedAtMs: 0 }, unsent: [] } as const;
const limits = { variables, maxPayloadBytes, route: open };
const check = (draft: string) => checkMessage(draft, limits);

test('a message goes out as it was written, with its variables filled in', () => {
  expect(check('{ "SH_INFO": { "tkn": "{{tkn}}" } }')).toEqual({
    ok: true,
    value: '{ "SH_INFO": { "tkn": "14247375118774737462" } }',
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

test('size is counted in bytes of UTF-8, after the variables are filled in', () => {
  expect(check(`{"a":"${'é'.repeat(26)}"}`)).toMatchObject({ ok: true });
  expect(check(`{"a":"${'é'.repeat(27)}"}`)).toMatchObject({
    refusal: { kind: 'tooLarge', bytes: 62 },
  });
});

test('nothing but space is told to be nothing', () => {
  expect(check(' \n')).toMatchObject({ refusal: { kind: 'empty' } });
});

const checkAll = (draft: string) => checkDraft(draft, limits);

test('several messages come back one by one, their variables not filled in yet', () => {
  expect(checkAll('{"A":{"tkn":"{{tkn}}"}}\n\n{"B":{"tkn":{{tkn:later}}}} {"C":{}}')).toEqual({
    ok: true,
    value: ['{"A":{"tkn":"{{tkn}}"}}', '{"B":{"tkn":{{tkn:later}}}}', '{"C":{}}'],
  });
});

test('a fault in one of several messages is told by its place in the whole text', () => {
  expect(checkAll('{"A":{}}\n{"B":{}} {"C":{\n  "x" 1}}')).toMatchObject({
    refusal: { kind: 'invalid', line: 3, column: 7 },
  });
  const onFirstLine = checkAll('{"A":{}}\n{"B":{}} {"C":1,}');
  expect(onFirstLine).toMatchObject({ refusal: { kind: 'invalid', line: 2, column: 17 } });
  expect(onFirstLine).not.toHaveProperty('refusal.text');
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
