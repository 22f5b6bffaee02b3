/** A piece of a text as an editor sees it, also in the middle of typing. */
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

const gap = /\s*/y;
/** Escapes are counted so that a long string cannot exhaust the expression's stack. */
const inString = /[^"\\\n\r]*(?:\\[^\n\r][^"\\\n\r]*){0,1000}/y;
const inScalar = /[^\s"{}[\],:]*/y;
const variable = /\{\{[^{}"\\\p{Cc}]+\}\}/uy;

/**
 * Cuts any text into tokens, all but the white space between them. Nothing is refused, for text is
 * rarely finished while it is typed: `readJson` says whether it is JSON.
 */
export function* jsonTokens(text: string): Generator<JsonToken, void> {
  for (let start = endOf(gap, text, 0); start < text.length;) {
    const kind = kindAt(text, start);
    const end = endOfToken(text, start, kind);
    yield { kind, start, end };
    start =
      text.charCodeAt(end) > 0x20 && text.charCodeAt(end) < 0x80 ? end : endOf(gap, text, end);
  }
}

function kindAt(text: string, at: number): JsonToken['kind'] {
  switch (text.charCodeAt(at)) {
    case 0x22:
      return 'string';
    case 0x7b:
      return text.charCodeAt(at + 1) === 0x7b && endOf(variable, text, at) > at
        ? 'variable'
        : 'open';
    case 0x5b:
      return 'open';
    case 0x7d:
    case 0x5d:
      return 'close';
    case 0x2c:
      return 'comma';
    case 0x3a:
      return 'colon';
    default:
      return 'scalar';
  }
}

function endOfToken(text: string, start: number, kind: JsonToken['kind']): number {
  switch (kind) {
    case 'string':
      return endOfString(text, start);
    case 'scalar':
      return endOf(inScalar, text, start);
    case 'variable':
      return endOf(variable, text, start);
    case 'open':
    case 'close':
    case 'comma':
    case 'colon':
      return start + 1;
  }
}

/** A string ends at its quote, or at the end of its line while the quote is still to come. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    at = endOf(inString, text, at);
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code !== 0x5c) return at;
    const next = text.charAt(at + 1);
    if (next === '' || next === '\n' || next === '\r') return at + 1;
    at += 2;
  }
}

/** Where a sticky pattern ends that begins here; 0 if it does not. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  pattern.test(text);
  return pattern.lastIndex;
}

/** Where something stands in a text; `end` is after its last character. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the messages of a text begin and end. One after another is meant only if each is an object
 * in braces; any other text is one message, whose fault then has its place.
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

/** A text with digits in place of variables outside strings, so that it reads as JSON. */
export function withoutVariables(text: string): string {
  if (!text.includes('{{')) return text;
  let rewritten = '';
  let from = 0;
  for (const { kind, start, end } of jsonTokens(text)) {
    if (kind !== 'variable') continue;
    rewritten += text.slice(from, start) + '1'.repeat(end - start);
    from = end;
  }
  return rewritten + text.slice(from);
}
