import { expect, test } from 'vitest';
import { asJsonText } from '../../protocol/json/jsonText.ts';
import { commandText, withVariable } from './commandText.ts';

test('a command has what is given, as it is written, and no token', () => {
  const members = { key: asJsonText('"a"'), old: undefined, value: asJsonText('1.50') };
  expect(commandText('KV_CAS', members)).toBe('{"KV_CAS":{"key":"a","value":1.50}}');
  expect(commandText('SH_END')).toBe('{"SH_END":{}}');
});

test.each([
  ['{"SH_END":{}}', '{"SH_END":{"tkn":"{{tkn}}"}}'],
  ['{"KV_SET":{"keys":{"a":{}}}}', '{"KV_SET":{"tkn":"{{tkn}}","keys":{"a":{}}}}'],
])('for the composer %s has a variable for its token', (command, written) => {
  expect(withVariable(command)).toBe(written);
});
