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

/** A text as a Python string, in the quotes that it does not hold. */
export function pyString(text: string): string {
  return quotedIn(text.includes("'") ? '"' : "'", text);
}

/** A text as a Go string, as it stands where that can be. */
export function goString(text: string): string {
  const isPlain = !text.includes('`') && text === escapeHidden(text);
  return isPlain ? `\`${text}\`` : quotedIn('"', text);
}

/** As Python and Go escape. Half surrogates, which UTF-8 lacks, become U+FFFD. */
function quotedIn(quotes: string, text: string): string {
  const escaped = text
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replaceAll('\\', '\\\\')
    .replaceAll(quotes, `\\${quotes}`)
    .replace(hidden, (character) => shortEscapes[character] ?? longEscape(character));
  return quotes + escaped + quotes;
}

function longEscape(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return hex.length > 4 ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
}
