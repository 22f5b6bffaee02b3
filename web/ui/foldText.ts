const notAscii = /[^\0-\x7f]/;
/** Accents of any script, and Hebrew points; not the vowel signs of Indic scripts. */
const marks = /(?=\p{Mn})[\p{Script=Inherited}\p{Script=Hebrew}]/gu;

/**
 * A text for searching where upper and lower case, accents and ways to write the same letter make
 * no difference: `İSTANBUL`, `ıstanbul` and `istanbul` become one, so do `Straße` and `strasse`.
 */
export function foldText(text: string): string {
  if (!notAscii.test(text)) return text.toLowerCase();
  // To upper case and back: only so ß meets SS, and the Greek final sigma the other one.
  const plain = text.normalize('NFKD').replace(marks, '').toLowerCase().toUpperCase();
  return plain.normalize('NFKD').replace(marks, '').toLowerCase().replaceAll('ς', 'σ');
}

/** A place in a text. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/** Whether a text holds another one that is folded already. */
export function holdsFolded(text: string, folded: string): boolean {
  return foldText(text).includes(folded);
}

/** Where a text holds another one that is folded already: places in the text as it is. */
export function* foldedPlaces(text: string, folded: string): Generator<Place> {
  if (folded === '') return;
  const { whole, starts } = foldByCharacter(text);
  for (let at = whole.indexOf(folded); at >= 0; at = whole.indexOf(folded, at + folded.length)) {
    const last = starts[at + folded.length - 1] ?? 0;
    // With all the characters that are nothing by themselves, such as accents.
    let next = at + folded.length;
    while (starts[next] === last) next += 1;
    yield { start: starts[at] ?? 0, end: starts[next] ?? text.length };
  }
}

/** The folded text, and for each of its units where its character starts. */
function foldByCharacter(text: string): { whole: string; starts: number[] } {
  let whole = '';
  const starts: number[] = [];
  let start = 0;
  for (const character of text) {
    const folded = foldText(character);
    whole += folded;
    for (let unit = 0; unit < folded.length; unit += 1) starts.push(start);
    start += character.length;
  }
  return { whole, starts };
}
