import { expect, test } from 'vitest';
import { maskedMessage, maxShownLength } from './maskedMessage.ts';

test.each([
  ['{"KV_GET":{"tkn":"123456789","keys":["tkn"]}}', '{"KV_GET":{"tkn":"··6789","keys":["tkn"]}}'],
  ['{"SH_EXISTS":{"tkns":["123456789",5]}}', '{"SH_EXISTS":{"tkns":["··6789","··"]}}'],
  ['{"SH_INFO_RSP":{"tkn":null,"st":100}}', '{"SH_INFO_RSP":{"tkn":null,"st":100}}'],
  ['{"SH_INFO":{"tkn":{"a":"123456789"}}}', '{"SH_INFO":{"tkn":"··"}}'],
  ['{ "A" : { "n" : 1.50 } }', '{"A":{"n":1.50}}'],
])('%s', (text, shown) => {
  expect(maskedMessage(text)).toBe(shown);
});

test.each([
  '',
  '[]',
  '{"A":{}',
  '{"A":1}',
  '{"A":{},"B":{}}',
  `{"A":{"b":"${'c'.repeat(20_000)}"}}`,
])('nothing is shown of %s', (text) => {
  expect(maskedMessage(text)).toBeUndefined();
});

test('a message is cut short', () => {
  const shown = maskedMessage(`{"A":{"b":"${'c'.repeat(5_000)}"}}`);
  expect(shown).toHaveLength(maxShownLength);
});
