import { expect, test } from 'vitest';
import { describeSize, measureDraft } from './measure.ts';

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

test.each([
  [23, '23 B'],
  [1_048_575, '1.0 MB'],
  [1_048_576, '1.0 MB of 2.1 MB'],
  [2_097_000, '2,097,000 of 2,097,152 B'],
  [2_300_000, '2.3 MB of 2.1 MB'],
])('%i bytes of 2,097,152 are shown as %s', (bytes, shown) => {
  expect(describeSize(bytes, 2_097_152)).toBe(shown);
});
