import { expect, test } from 'vitest';
import { measureDraft } from './measure.ts';

const limits = { variables: new Map([['tkn', '14247375118774737462']]), maxPayloadBytes: 100 };

test('the size is that of what goes out, with variables filled in', () => {
  expect(measureDraft('"{{tkn}}"', limits)).toEqual({ messages: 1, bytes: 22, branch: undefined });
});

test('of several messages the biggest counts; near the limit its heaviest branch is named', () => {
  const big = `{"KV_SET":{"keys":{"profile":"${'x'.repeat(60)}"}}}`;
  expect(measureDraft(`{"A":{}}\n${big}`, limits)).toEqual({
    messages: 2,
    bytes: 94,
    branch: { path: 'keys.profile', bytes: 62 },
  });
  const fine = `{"KV_SET":{"keys":{"profile":"${'x'.repeat(40)}"}}}`;
  expect(measureDraft(fine, limits).branch).toBeUndefined();
});
