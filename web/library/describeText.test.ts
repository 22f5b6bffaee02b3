import { expect, test } from 'vitest';
import { describeText } from './describeText.ts';

const set = '{"KV_SET":{"tkn":"{{tkn}}","keys":{"a":1}}}';

test.each([
  [
    '{"SH_NEW":{"name":"basket","expiry":{"duration":600}}}',
    'SH_NEW',
    'name: "basket", expiry 600 s',
  ],
  [set, 'KV_SET', 'a: 1'],
  ['{\n  "SV_INFO": {}\n}', 'SV_INFO', ''],
  ['no message\n at all', 'no message at all', 'no message at all'],
  [`{"SH_NEW":{}}\n${set}\n${set}\n{"SV_INFO":{}}`, '4 messages', 'SH_NEW, KV_SET ×2, SV_INFO'],
])('%s is listed as %s', (text, name, preview) => {
  expect(describeText(text)).toEqual({ name, preview });
});
