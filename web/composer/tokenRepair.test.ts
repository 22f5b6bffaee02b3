import { expect, test } from 'vitest';
import { readJson } from '../../protocol/json/readJson.ts';
import { stringOf } from '../../protocol/json/jsonText.ts';
import { substitute } from '../connection/page/substitute.ts';
import {
  doubtfulTokens,
  keepBraces,
  quoteTokens,
  replaceTokens,
  writtenTokens,
} from './tokenRepair.ts';

const sample = '14247375118774737462';
const learned = '16351792548006066062';
const variables = new Map([['tkn', learned]]);

function doubts(text: string, isLiving: boolean | undefined, kept: string[] = []) {
  const knowledge = { variables, kept: new Set(kept), isLiving: () => Promise.resolve(isLiving) };
  return doubtfulTokens(text, knowledge);
}

test('tokens are found where tokens stand, and nowhere else', () => {
  const text = `{"SH_EXISTS":{"tkns":["1",2,"{{tkn}}"]}}
    {"KV_SET":{"tkn":{{tkn}},"keys":{"a":"x"}}} {"KV_GET":{"keys":["5"],"tkn":"3","b":"7"}}`;
  expect(writtenTokens(text).map(({ token, isQuoted }) => [token, isQuoted])).toEqual([
    ['1', true],
    ['2', false],
    ['3', true],
  ]);
});

test('a pasted token that the server does not know is doubtful, once', async () => {
  const text = `{"KV_COUNT":{"tkn":"${sample}"}} {"KV_KEYS":{"tkn":"${sample}"}}`;
  expect(await doubts(text, false)).toEqual([{ token: sample, isUnknown: true, isBare: false }]);
});

test('a token that lives, was learned, was kept, or that nobody can judge is left alone', async () => {
  const text = `{"KV_COUNT":{"tkn":"${sample}"}}`;
  expect(await doubts(text, true)).toEqual([]);
  expect(await doubts(text, undefined)).toEqual([]);
  expect(await doubts(text, false, [sample])).toEqual([]);
  expect(await doubts(`{"KV_COUNT":{"tkn":"${learned}"}}`, false)).toEqual([]);
});

test('a bare number of 20 digits is doubtful though it lives; a short one is not', async () => {
  expect(await doubts(`{"KV_COUNT":{"tkn":${sample}}}`, true)).toEqual([
    { token: sample, isUnknown: false, isBare: true },
  ]);
  expect(await doubts('{"KV_COUNT":{"tkn":7}}', true)).toEqual([]);
});

test('the repair changes the token and nothing else', () => {
  const text = `{ "KV_SET": { "tkn" : ${sample}, "keys": { "id": ${sample} } } }`;
  expect(quoteTokens(text)).toBe(
    `{ "KV_SET": { "tkn" : "${sample}", "keys": { "id": ${sample} } } }`,
  );
  expect(replaceTokens(text, new Set([sample]))).toBe(
    `{ "KV_SET": { "tkn" : "{{tkn}}", "keys": { "id": ${sample} } } }`,
  );
});

test('regression 11: braces that are kept go out unresolved and mean the same', () => {
  const text = '{"KV_SET":{"tkn":"{{tkn}}","keys":{"t":"Hi {{ name }}, {{tkn}}"}}}';
  const kept = keepBraces(text, variables);
  const sent = substitute(kept, variables);
  expect(sent.unresolved).toEqual([]);
  expect(sent.text).toContain('\\u007b\\u007b name }}');
  const json = readJson(/"t":(".*?")/.exec(sent.text)?.[1] ?? '');
  expect(json.ok && stringOf(json.value)).toBe(`Hi {{ name }}, ${learned}`);
});

test('the place of a hidden token is not kept as braces', () => {
  const text = '{"SH_INFO":{"tkn":"{{token ··7462 5f3a9c}}"}}';
  expect(keepBraces(text, variables)).toBe(text);
});

test('a value that only is called tkn is no token to repair', () => {
  const text = `{"KV_SET":{"tkn":"{{tkn}}","keys":{"oauth":{"tkn":"${sample}"}}}}`;
  expect(writtenTokens(text)).toEqual([]);
});

test('regression 11: braces outside a string cannot be kept and stay unresolved', () => {
  expect(keepBraces('{"a":{{b}}}', variables)).toBe('{"a":{{b}}}');
});
