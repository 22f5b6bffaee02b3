import { jsonTokens, type TextSpan } from '../../protocol/json/jsonTokens.ts';

/** A stretch of JSON text that is shown in a colour. */
export interface ColouredSpan extends TextSpan {
  readonly kind: 'key' | 'string' | 'number' | 'word';
}

/** Beyond this many characters JSON is shown without colours, which cost an element a token. */
export const maxColouredLength = 50_000;

/** What has a colour in a text: names, strings, numbers, `true`, `false` and `null`. */
export function colouredSpans(text: string): readonly ColouredSpan[] {
  const spans: ColouredSpan[] = [];
  for (const { kind, start, end } of jsonTokens(text)) {
    if (kind === 'string') spans.push({ kind, start, end });
    else if (kind === 'scalar') {
      const scalar = kindOfScalar(text.slice(start, end));
      if (scalar) spans.push({ kind: scalar, start, end });
    } else if (kind === 'colon') {
      const before = spans.at(-1);
      if (before?.kind === 'string') spans[spans.length - 1] = { ...before, kind: 'key' };
    }
  }
  return spans;
}

function kindOfScalar(written: string): 'number' | 'word' | undefined {
  if (/^-?\d/.test(written)) return 'number';
  return /^(?:true|false|null)$/.test(written) ? 'word' : undefined;
}
