const firstPrintable = 0x20;
const lastPrintable = 0x7e;
const quotes = 0x22;
const backslash = 0x5c;

/** A loop over more characters takes longer than a regular expression. */
const maxLength = 64;

/**
 * Whether a part of a text is short and stands in JSON as it is, between quotes: printable ASCII without escapes.
 * @param end Behind its last character.
 */
export function isPlain(text: string, start = 0, end = text.length): boolean {
  if (end - start > maxLength) return false;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code < firstPrintable || code > lastPrintable) return false;
    if (code === quotes || code === backslash) return false;
  }
  return true;
}

/** Whether it is plain, and a name that every object takes as its own. */
export function isPlainName(name: string): boolean {
  return isPlain(name) && name !== '__proto__';
}
