const notAscii = /[^\0-\x7f]/;

/**
 * Accents: marks after a letter of a script with upper and lower case. In other scripts a mark
 * makes another letter. Of an emoji's looks nothing is kept.
 */
const accents =
  /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{Mn}+|[\ufe0e\ufe0f]/gu;

/** A character with all that composes with it: the rest of a Hangul syllable, or marks. */
const clusters =
  /[\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc][\p{M}\u1160-\u11ff\u3131-\u318e\ud7b0-\ud7ff\uff9e-\uffdc]*|[^][\p{M}\uff9e\uff9f]*/gu;

/** Whether a text has characters beyond ASCII, which folding may make other characters. */
export function isBeyondAscii(text: string): boolean {
  return notAscii.test(text);
}

/**
 * A text for searching where upper and lower case, accents and ways to write the same letter make
 * no difference: `İSTANBUL`, `ıstanbul` and `istanbul` become one, so do `Straße` and `strasse`.
 * Dotted kana, Hangul and vowel signs stay what they are.
 */
export function foldText(text: string): string {
  if (!isBeyondAscii(text)) return text.toLowerCase();
  // To upper case and back: only so ß meets SS, and the Greek final sigma the other one.
  const plain = withoutAccents(text).toLowerCase().toUpperCase();
  return withoutAccents(plain).toLowerCase().replaceAll('ς', 'σ').normalize('NFC');
}

function withoutAccents(text: string): string {
  return text.normalize('NFKD').replace(accents, '');
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
  const { whole, starts } = foldByCluster(text);
  for (let at = whole.indexOf(folded); at >= 0; at = whole.indexOf(folded, at + folded.length)) {
    const last = starts[at + folded.length - 1] ?? 0;
    // With all the characters that fold to nothing.
    let next = at + folded.length;
    while (starts[next] === last) next += 1;
    yield { start: starts[at] ?? 0, end: starts[next] ?? text.length };
  }
}

/** The folded text, and for each of its units where its cluster starts. */
function foldByCluster(text: string): { whole: string; starts: number[] } {
  let whole = '';
  const starts: number[] = [];
  for (const { 0: cluster, index } of text.matchAll(clusters)) {
    const folded = foldText(cluster);
    whole += folded;
    for (let unit = 0; unit < folded.length; unit += 1) starts.push(index);
  }
  return { whole, starts };
}
