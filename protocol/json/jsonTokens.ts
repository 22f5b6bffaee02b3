/** A piece of text as an editor sees it, also in the middle of typing. */
export interface JsonToken {
  readonly kind:
    | 'open'
    | 'close'
    | 'comma'
    | 'colon'
    | 'string'
    /** A number, a word, or what is meant to become one. */
    | 'scalar'
    /** `{{name}}` outside a string. */
    | 'variable';
  /** Offsets in UTF-16 units; `end` is after the last character. */
  readonly start: number;
  readonly end: number;
}

// A string ends at its quote, or at the end of its line while the quote is still to come.
const tokenPattern =
  /\{\{[^{}"\\\p{Cc}]+\}\}|"[^"\\\n]*(?:\\.[^"\\\n]*)*(?:"|\\?(?=\n|$))|[{}[\],:]|[^\s"{}[\],:]+/gu;

const kinds: Readonly<Record<string, JsonToken['kind']>> = {
  '{': 'open',
  '[': 'open',
  '}': 'close',
  ']': 'close',
  ',': 'comma',
  ':': 'colon',
  '"': 'string',
};

/** Cuts any text into tokens; nothing is refused, for text is rarely finished while it is typed. */
export function* jsonTokens(text: string): Generator<JsonToken> {
  for (const { 0: token, index: start } of text.matchAll(tokenPattern)) {
    const isVariable = token.startsWith('{{') && token.length > 2;
    const kind = isVariable ? 'variable' : (kinds[token.charAt(0)] ?? 'scalar');
    yield { kind, start, end: start + token.length };
  }
}

/** Where something stands in a text; `end` is after its last character. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the messages of a text begin and end. One after another is meant only if each is an object
 * in braces; any other text is one message, whose fault is then told where it is.
 */
export function messageSpans(text: string): readonly TextSpan[] {
  const spans: TextSpan[] = [];
  let depth = 0;
  let start = 0;
  let end = 0;
  for (const token of jsonTokens(text)) {
    if (depth === 0) {
      if (token.kind !== 'open' || text.charAt(token.start) !== '{') return whole(text);
      start = token.start;
    }
    if (token.kind === 'open') depth += 1;
    if (token.kind === 'close') depth -= 1;
    end = token.end;
    if (depth === 0) spans.push({ start, end });
  }
  if (depth > 0) spans.push({ start, end });
  return spans.length > 1 ? spans : whole(text);
}

function whole(text: string): readonly TextSpan[] {
  return [{ start: 0, end: text.length }];
}
