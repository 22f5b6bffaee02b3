const openers = new Set(['{', '[']);
const closers = new Set(['}', ']']);
const tokenPattern = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s"{}[\],:]+/gs;

/**
 * Lays JSON out over lines, two spaces a level. Only white space changes: every digit, escape and
 * repeated member stays as written, which is why this works on text and not on a parsed value.
 * @param json Text that `readJson` accepts (a leading byte-order mark is dropped).
 */
export function prettyJson(json: string): string {
  const out: string[] = [];
  let depth = 0;
  let previous = '';
  for (const [token] of json.replace(/^\uFEFF/, '').matchAll(tokenPattern)) {
    const isCloser = closers.has(token);
    if (isCloser) depth -= 1;
    // Everything in a branch starts a line, its end too unless the branch is empty.
    const isAfterOpener = openers.has(previous);
    const startsLine = isCloser ? !isAfterOpener : isAfterOpener || previous === ',';
    if (startsLine) out.push('\n', '  '.repeat(depth));
    out.push(token === ':' ? ': ' : token);
    if (openers.has(token)) depth += 1;
    previous = token;
  }
  return out.join('');
}
