import { expect, test } from 'vitest';
import { foldedPlaces, foldText } from './foldText.ts';

test.each([
  ['istanbul', 'İstanbul'],
  ['istanbul', 'ISTANBUL'],
  ['istanbul', 'ıstanbul'],
  ['café', 'cafe\u0301'],
  ['cafe', 'CAFÉ'],
  ['strasse', 'Straße'],
  ['strasse', 'STRAẞE'],
  ['office', 'oﬃce'],
  ['ὀδυσσεύς', 'ΟΔΥΣΣΕΥΣ'],
  ['seshdeck', 'Ｓｅｓｈｄｅｃｋ'],
  ['ångström', '\u212bngstro\u0308m'],
  ['й', 'И\u0306'],
  ['42', '④②'],
  ['が', 'か\u3099'],
  ['ガ', 'ｶﾞ'],
  ['각', '\u1100\u1161\u11a8'],
  ['가', 'ㄱㅏ'],
  ['क़', 'क\u093c'],
  ['❤', '❤\ufe0f'],
  ['❤\ufe0f', '❤'],
])('%s finds %s', (wanted, text) => {
  expect(foldText(text)).toContain(foldText(wanted));
  const [place] = foldedPlaces(`é ${text}!`, foldText(wanted));
  expect(place && `é ${text}!`.slice(place.start, place.end)).toBe(text);
});

test.each([
  ['o', 'ø'],
  ['l', 'ł'],
  ['cafe', 'caf'],
  ['か', 'が'],
  ['が', 'か'],
  ['か', 'か\u3099'],
  ['は', 'ぱ'],
  ['カ', 'ｶﾞ'],
  ['가', '각'],
  ['가', '\u1100\u1161\u11a8'],
  ['क़', 'क'],
  ['कि', 'की'],
  ['נּ', 'נ'],
  ['=', '≠'],
])('%s does not find %s', (wanted, text) => {
  expect(foldText(text)).not.toContain(foldText(wanted));
});

/** Some of everything: letters, accents alone, ligatures, astral and lone halves. */
const characters = [
  'a',
  'A',
  'z',
  '\u00e9',
  ' ',
  '\u00df',
  '\u1e9e',
  '\u0130',
  '\u0131',
  '\u03c2',
  '\u03a3',
  '\ufb01',
  '\u2460',
  '\uff37',
  '\u304c',
  '\u30af',
  '\u{1f600}',
  '{',
  '"',
  '0',
  '\u0301',
  '\u200b',
  '\ud83d',
  '\u0345',
  '\u0149',
  '\u01f0',
  '\uac01',
  '\u1100',
  '\u1161',
  '\u11a8',
  '\u3131',
  '\u314f',
  '\u3099',
  '\uff76',
  '\uff9e',
  '\u0915',
  '\u093c',
  '\u0958',
  '\u0483',
  '\ufe0f',
  '\u2260',
  '\u0338',
];

test('any text folds to itself once folded, and finds all of itself and of its other forms', () => {
  let seed = 7;
  const next = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  for (let run = 0; run < 1000; run += 1) {
    const text = Array.from({ length: next(12) }, () => characters[next(characters.length)]).join(
      '',
    );
    const folded = foldText(text);
    expect(foldText(folded)).toBe(folded);
    expect(foldText(text.normalize('NFC'))).toBe(folded);
    expect(foldText(text.normalize('NFD'))).toBe(folded);
    for (const { start, end } of foldedPlaces(`-${text}-`, folded)) {
      expect(foldText(`-${text}-`.slice(start, end))).toContain(folded);
    }
    // A mark at the start would make another character of what stands before it.
    if (folded === '' || /^[\p{M}\u1160-\u11ff\u3131-\u318e\uff9e]/u.test(text)) continue;
    expect([...foldedPlaces(`-${text}-`, folded)]).not.toEqual([]);
  }
});
