import { prettyJson } from '../../protocol/json/prettyJson.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import { jsonTokens, messageSpans } from '../../protocol/json/jsonTokens.ts';

/**
 * Lays a message out over lines, or each of several with an empty line between them. Only white
 * space changes: digits, escapes and variables stay as they are written.
 * @returns undefined when one of them is no JSON.
 */
export function layOut(text: string): string | undefined {
  const laidOut = messageSpans(text).map(({ start, end }) => layOutOne(text.slice(start, end)));
  return laidOut.every((each) => each !== undefined) ? laidOut.join('\n\n') : undefined;
}

function layOutOne(text: string): string | undefined {
  const variables: string[] = [];
  let shown = '';
  let checked = '';
  let from = 0;
  for (const { kind, start, end } of jsonTokens(text)) {
    if (kind !== 'variable') continue;
    const before = text.slice(from, start);
    // JSON has no such character in a string, so nobody's text can be taken for a stand-in.
    shown += `${before}"\u0001${variables.length}"`;
    checked += `${before}0`;
    variables.push(text.slice(start, end));
    from = end;
  }
  shown += text.slice(from);
  checked += text.slice(from);
  if (!readJson(checked).ok) return undefined;
  // oxlint-disable-next-line no-control-regex -- the stand-ins made above
  return prettyJson(shown).replace(/"\u0001(\d+)"/g, (_, index: string) => {
    return variables[Number(index)] ?? '';
  });
}
