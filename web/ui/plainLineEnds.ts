/** The text with `\n` at the end of each line. Editors have line ends of their own. */
export function plainLineEnds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
