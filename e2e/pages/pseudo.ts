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

/** A text as the pseudo-locale shows it (`?locale=pseudo`). */
export function pseudo(text: string): string {
  return `⟦${text.replace(/[aeiouAEIOU]/g, (letter) => accents[letter] ?? letter)}⟧`;
}
