import { expect, test } from 'vitest';
import { compileSearch } from './searchPattern.ts';
import { holds, placesOf } from './textRanges.ts';

/** What is marked of a text, or undefined where the text is not found. */
function marked(wanted: string, text: string, isCaseSensitive = false) {
  const search = compileSearch({ text: wanted, isRegExp: false, isCaseSensitive });
  if (search.kind !== 'plain' || !holds(search, text)) return undefined;
  return placesOf(search, text).map(({ start, end }) => text.slice(start, end));
}

test('without case, a search finds other ways to write the same, and marks them as written', () => {
  expect(marked('cafe', '"CAFE\u0301", "café"')).toEqual(['CAFE\u0301', 'café']);
  expect(marked('istanbul', '"İstanbul"')).toEqual(['İstanbul']);
  expect(marked('strasse', '"Straße, STRASSE"')).toEqual(['Straße', 'STRASSE']);
  expect(marked('İstanbul', '"istanbul"')).toEqual(['istanbul']);
});

test('an accent alone is looked for as it is', () => {
  expect(marked('\u0301', '"cafe"')).toBeUndefined();
  expect(marked('\u0301', '"cafe\u0301"')).toEqual(['\u0301']);
});

test('with case, only what is written so is found', () => {
  expect(marked('cafe', '"café"', true)).toBeUndefined();
  expect(marked('Straße', '"Straße, strasse"', true)).toEqual(['Straße']);
});
