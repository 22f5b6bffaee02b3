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
])('%s finds %s', (wanted, text) => {
  expect(foldText(text)).toContain(foldText(wanted));
  const [place] = foldedPlaces(`é ${text}!`, foldText(wanted));
  expect(place && `é ${text}!`.slice(place.start, place.end)).toBe(text);
});

test.each([
  ['o', 'ø'],
  ['l', 'ł'],
  ['cafe', 'caf'],
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
];

test('any text folds to itself once folded, and finds all of itself and of its other forms', () => {
  let seed = 7;
  const next = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  for (let run = 0; run < 500; run += 1) {
    const text = Array.from({ length: next(12) }, () => characters[next(characters.length)]).join(
      '',
    );
    const folded = foldText(text);
    expect(foldText(folded)).toBe(folded);
    expect(foldText(text.normalize('NFC'))).toBe(folded);
    expect(foldText(text.normalize('NFD'))).toBe(folded);
    for (const { start, end } of foldedPlaces(`x${text}y`, folded)) {
      expect(foldText(`x${text}y`.slice(start, end))).toContain(folded);
    }
  }
});
