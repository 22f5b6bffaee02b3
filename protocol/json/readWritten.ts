import { asJsonText, type JsonText } from './jsonText.ts';

/** An escape, where a string begins or ends, or white space. */
const pieces = /\\[^]|"|\s+/g;

/**
 * Reads text that the console wrote itself, as what it keeps in the browser. The built-in parser decides whether it is JSON, so that
 * the first script does without `readJson`; the text stays, with the digits of its numbers and the order of its members.
 * What somebody else wrote goes through `readJson`, which refuses more.
 * @returns undefined when it is no JSON.
 */
export function readWritten(text: string): JsonText | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  let isInString = false;
  const compact = text.replace(pieces, (piece) => {
    if (piece === '"') isInString = !isInString;
    return isInString || piece.trim() !== '' ? piece : '';
  });
  return asJsonText(compact);
}
