import { jsonTokens, type JsonToken } from './jsonTokens.ts';

/**
 * Lays JSON out over lines, two spaces a level. Only white space changes: every digit, escape,
 * repeated member and `{{variable}}` stays as written, which is why this works on text and not on a
 * parsed value.
 * @param json Text that `readJson` accepts, `{{variables}}` in place of values allowed (a leading
 * byte-order mark is dropped).
 */
export function prettyJson(json: string): string {
  const out: string[] = [];
  let depth = 0;
  let previous: JsonToken['kind'] = 'scalar';
  for (const { kind, start, end } of jsonTokens(json)) {
    if (kind === 'close') depth -= 1;
    // Everything in a branch starts a line, its end too unless the branch is empty.
    const isFirst = previous === 'open';
    if (kind === 'close' ? !isFirst : isFirst || previous === 'comma') {
      out.push('\n', '  '.repeat(depth));
    }
    out.push(kind === 'colon' ? ': ' : json.slice(start, end));
    if (kind === 'open') depth += 1;
    previous = kind;
  }
  return out.join('');
}
