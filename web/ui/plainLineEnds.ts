/** The text with `\n` at the end of each line. Editors have their own line ends. */
export function plainLineEnds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
