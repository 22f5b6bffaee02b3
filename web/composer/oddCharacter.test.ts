import { expect, test } from 'vitest';
import { oddCharacterAt } from './oddCharacter.ts';

test.each([
  ['\u00a0', 'U+00A0', 'space'],
  ['\u2003', 'U+2003', 'space'],
  ['\u3000', 'U+3000', 'space'],
  ['\u2028', 'U+2028', 'lineEnd'],
  ['\u0085', 'U+0085', 'lineEnd'],
  ['\u200b', 'U+200B', 'invisible'],
  ['\ufeff', 'U+FEFF', 'invisible'],
  ['\u202e', 'U+202E', 'invisible'],
  ['\u3164', 'U+3164', 'invisible'],
  ['\u{e0041}', 'U+E0041', 'invisible'],
  ['\t', 'U+0009', 'control'],
  ['\u0000', 'U+0000', 'control'],
  ['\u201c', 'U+201C', 'quote'],
  ['\u201e', 'U+201E', 'quote'],
  ['«', 'U+00AB', 'quote'],
  ["'", 'U+0027', 'quote'],
  ['＂', 'U+FF02', 'quote'],
  ['，', 'U+FF0C', 'other'],
  ['\u{1f600}', 'U+1F600', 'other'],
])('%j is named as %s, %s', (character, code, kind) => {
  expect(oddCharacterAt(`a${character}b`, 1)).toMatchObject({ code, kind });
});

test.each(['a', '"', '}', ' ', '~'])('%j is nothing odd', (character) => {
  expect(oddCharacterAt(character, 0)).toBeUndefined();
});

test('behind the last character there is nothing odd', () => {
  expect(oddCharacterAt('a', 1)).toBeUndefined();
});
