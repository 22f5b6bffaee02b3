/** The start of a text on one line. */
export function previewLine(text: string): string {
  return text.slice(0, 200).replace(/\s+/g, ' ').trim();
}
