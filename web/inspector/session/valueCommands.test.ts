import { expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import { copyOf, type CopyKind } from './valueCommands.ts';

const json = asJsonText(String.raw`"say \"hi\"\n"`);
const copies: [CopyKind, string, string][] = [
  ['text', 'say "hi"\n', 'say "hi"\n'],
  ['json', json, json],
  ['path', '$', "$['list'][0]"],
  ['key', 'a"b', 'a"b'],
  [
    'command',
    String.raw`{"KV_SET":{"tkn":"{{tkn}}","keys":{"a\"b":"say \"hi\"\n"}}}`,
    String.raw`{"KV_UPDATE":{"tkn":"{{tkn}}","key":"a\"b","path":"$['list'][0]","value":"say \"hi\"\n"}}`,
  ],
];

test.each(copies)('as %s it is exact, of a key and of a part', (kind, ofKey, ofPart) => {
  expect(copyOf({ key: 'a"b', steps: [], json }, kind)).toBe(ofKey);
  expect(copyOf({ key: 'a"b', steps: ['list', 0], json }, kind)).toBe(ofPart);
});
