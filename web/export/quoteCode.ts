/** Characters that are not shown, break lines or turn the direction of reading: written as escapes. */
const hidden = /[\p{C}\p{Zl}\p{Zp}]/gu;
const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeHidden(text: string): string {
  return text.replace(hidden, (character) => {
    const short = shortEscapes[character];
    if (short !== undefined) return short;
    return [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
      .join('');
  });
}

/** A text as a JavaScript string in single quotes. Safe for every text, and inside `<script>`. */
export function jsString(text: string): string {
  return `'${escapeHidden(apartFromHtml(text.replace(/[\\']/g, String.raw`\$&`)))}'`;
}

/** A text as a part of a JavaScript template literal, without the backticks around it. */
export function jsTemplatePart(text: string): string {
  const escaped = text.replace(/[\\`]|\$(?=\{)/g, String.raw`\$&`);
  return escapeHidden(apartFromHtml(escaped));
}

/** `</script>` and `<!--` would mean something to a page that the code is put into. */
function apartFromHtml(escaped: string): string {
  return escaped.replace(/<(?=[/!])/g, '<\\');
}

/**
 * A text as one word of a POSIX shell. Half surrogates become U+FFFD, which UTF-8 has in their place.
 * Not for texts with U+0000, which no argument can hold: see {@link fitsShell}.
 */
export function shellWord(text: string): string {
  return `'${text.replace(/\p{Surrogate}/gu, '\uFFFD').replaceAll("'", String.raw`'\''`)}'`;
}

/** Whether a text can be an argument of a program. */
export function fitsShell(text: string): boolean {
  return !text.includes('\0');
}
