import { expect, test } from 'vitest';
import { catalog, commandNames } from '../../protocol/commands/catalog.ts';
import { resultFacts } from '../../protocol/wire/resultFacts.ts';
import { resultWords } from './resultWords.ts';

const wordsFor = (reply: string, request?: string) => resultWords(resultFacts(reply, request));

test.each([
  ['{"KV_SET_RSP":{"tkn":"7","keys":{"a":20,"b":20,"c":21}}}', '2 stored, 1 replaced'],
  ['{"KV_GET_RSP":{"tkn":"7","keys":{"a":1,"items":null}}}', '1 key, not found: items'],
  ['{"SH_NEW_RSP":{"st":1,"name":"basket","tkn":"7"}}', 'basket created'],
  ['{"KV_INCR_RSP":{"tkn":"7","st":1,"key":"visits","value":8}}', 'visits = 8'],
  ['{"SH_NEW_RSP":{"st":1,"name":"tab\\tand\\nline","tkn":"7"}}', 'tab␉and␊line created'],
  ['{"KV_GET_RSP":{"st":41,"tkn":"7","m":"keys"}}', 'parameter “keys”'],
  [
    '{"KV_GET_RSP":{"keys":{"a":null,"b":null,"c":null,"d":null}}}',
    'not found: a, b, c and 1 more',
  ],
])('%s says %s', (reply, words) => {
  expect(wordsFor(reply)).toBe(words);
});

test('a search that finds nothing says why that may be', () => {
  const nothing = '{"KV_FIND_RSP":{"tkn":"7","st":1,"keys":{}}}';
  expect(wordsFor(nothing, '{"KV_FIND":{"tkn":"7","path":"$.price","rsp":"kv"}}')).toBe(
    '0 keys: nothing matches $.price, or the session is empty',
  );
  expect(wordsFor(nothing)).toBe('0 keys: nothing matches the path, or the session is empty');
});

test('the example of every command that is answered is said in words', () => {
  const silent = commandNames.filter((name) => {
    const { request, reply } = catalog[name].example;
    return reply !== null && wordsFor(reply, request) === '';
  });
  expect(silent).toEqual([]);
});
