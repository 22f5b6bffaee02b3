/** One text, or a function that puts values into it. */
type Text = string | ((...values: never[]) => string);

const accents: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ó',
  u: 'ú',
  A: 'Á',
  E: 'É',
  I: 'Í',
  O: 'Ó',
  U: 'Ú',
};

/** Asked for by `?locale=pseudo`: shows which words on screen come from a file of texts. */
const query = typeof location === 'undefined' ? '' : location.search;
const isPseudo = new URLSearchParams(query).get('locale') === 'pseudo';

/**
 * The texts of one feature: the only place where words for people are written, so that another
 * language is another such file. In the pseudo-locale every text stands in ⟦ ⟧, with accents.
 */
export function defineTexts<T extends Readonly<Record<string, Text>>>(texts: T): T {
  return isPseudo ? pseudoLocalised(texts) : texts;
}

/** The same texts as the pseudo-locale shows them. Values put in by a function keep their letters. */
export function pseudoLocalised<T extends Readonly<Record<string, Text>>>(texts: T): T {
  const wrapped = Object.entries(texts).map(([name, text]) => [
    name,
    typeof text === 'string'
      ? `⟦${text.replace(/[aeiouAEIOU]/g, (letter) => accents[letter] ?? letter)}⟧`
      : (...values: never[]) => `⟦${text(...values)}⟧`,
  ]);
  // Same names, each with a text of the same kind, which the type of fromEntries does not say.
  return Object.fromEntries(wrapped) as T;
}
