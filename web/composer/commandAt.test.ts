import { expect, test } from 'vitest';
import { commandAt } from './commandAt.ts';

/** Where `|` stands, the cursor is. */
function at(marked: string) {
  return commandAt(marked.replace('|', ''), marked.indexOf('|'));
}

test.each([
  ['{"SH_NEW":{"name":"a|"}}', 'SH_NEW'],
  ['|{"SH_NEW":{"name":"a"}}', 'SH_NEW'],
  ['{"KV_SET":{"tkn":"5","keys":{"SH_NEW|":1}}}', 'KV_SET'],
  ['{"KV_GET_RSP":{"tkn":"5","keys":{}}}|', 'KV_GET'],
])('in the message %s it is the message’s own command', (text, name) => {
  expect(at(text)).toBe(name);
});

test.each([
  ['{"SH_INFO": {"tkn": |', 'SH_INFO'],
  ['{"SH_INFO":{}}\n{"KV_GET|":{}}', 'KV_GET'],
  ['{"SH_INFO":|{}}\n{"KV_GET":{}}', 'SH_INFO'],
  ['| {"SH_END":', 'SH_END'],
  ['{"kv_count|', 'KV_COUNT'],
  ['{"KV_AR|', 'KV_ARR_APPEND'],
  ['{"XX_NOPE": {"SH_OPEN"|', 'SH_OPEN'],
])('in the broken text %s it is the nearest that can be made out', (text, name) => {
  expect(at(text)).toBe(name);
});

test.each(['|', '{|}', '{"KV_|', '[1, 2|]', '{"XX_NOPE":{}|}'])('in %s there is none', (text) => {
  expect(at(text)).toBeUndefined();
});
