import { expect, test } from 'vitest';
import { checkMessage } from './checkMessage.ts';

const variables = new Map([['tkn', '14247375118774737462']]);
const maxPayloadBytes = 60;
const check = (draft: string) => checkMessage(draft, { variables, maxPayloadBytes });

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
