/** Half of a pair of surrogates at the end of a text. */
const halfCharacter = /[\uD800-\uDBFF]$/;

/** A text of at most so many characters, and a sign that there were more. */
export function shortened(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  return `${text.slice(0, maxLength).replace(halfCharacter, '')}…`;
}
