/** One text, or a function that puts values into it. */
type Message = string | ((...values: never[]) => string);

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

/** Asked for by `?locale=pseudo`: shows which words on screen come from a message file. */
const query = typeof location === 'undefined' ? '' : location.search;
const isPseudo = new URLSearchParams(query).get('locale') === 'pseudo';

/**
 * The texts of one feature: the only place where words for people are written, so that another
 * language is another such file. In the pseudo-locale every text stands in ⟦ ⟧, with accents.
 */
export function defineMessages<T extends Readonly<Record<string, Message>>>(messages: T): T {
  return isPseudo ? pseudoLocalised(messages) : messages;
}

/** The same texts as the pseudo-locale shows them. Values put in by a function keep their letters. */
export function pseudoLocalised<T extends Readonly<Record<string, Message>>>(messages: T): T {
  const wrapped = Object.entries(messages).map(([name, message]) => [
    name,
    typeof message === 'string'
      ? `⟦${message.replace(/[aeiouAEIOU]/g, (letter) => accents[letter] ?? letter)}⟧`
      : (...values: never[]) => `⟦${message(...values)}⟧`,
  ]);
  // Same names, each with a text of the same kind, which the type of fromEntries does not say.
  return Object.fromEntries(wrapped) as T;
}
