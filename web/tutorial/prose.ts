import { Lexer, type MarkedToken, type Token } from 'marked';

/** A stretch of words. There is no node for HTML or pictures, so none can be shown. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'strong' | 'em' | 'del'; readonly children: readonly Inline[] }
  /** `href` is an absolute http or https address. */
  | { readonly kind: 'link'; readonly href: string; readonly children: readonly Inline[] };

/** A block of a lesson's text. */
export type Block =
  | { readonly kind: 'paragraph' | 'heading'; readonly children: readonly Inline[] }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'quote'; readonly children: readonly Block[] }
  | {
      readonly kind: 'list';
      readonly isOrdered: boolean;
      readonly items: readonly (readonly Block[])[];
    }
  | { readonly kind: 'rule' };

/** Deeper nesting is shown as the text it was written with. */
const maxDepth = 16;

/** Splits Markdown into its top-level tokens; their `raw` texts make up the whole text. */
export function tokensOf(markdown: string): Token[] {
  return new Lexer().lex(markdown);
}

/** Marked's tokens → our blocks. What has no block of ours is shown as written, as plain text. */
export function toBlocks(tokens: readonly Token[], depth = 0): Block[] {
  return tokens.flatMap((token) => toBlock(token as MarkedToken, depth));
}

function toBlock(token: MarkedToken, depth: number): Block[] {
  if (depth > maxDepth) return [asWritten(token)];
  switch (token.type) {
    case 'space':
    case 'def':
      return [];
    case 'paragraph':
      return [{ kind: 'paragraph', children: toInlines(token.tokens, depth) }];
    case 'heading':
      return [{ kind: 'heading', children: toInlines(token.tokens, depth) }];
    case 'text':
      return [{ kind: 'paragraph', children: toInlines(token.tokens ?? [token], depth) }];
    case 'code':
      return [{ kind: 'code', language: token.lang ?? '', text: token.text }];
    case 'blockquote':
      return [{ kind: 'quote', children: toBlocks(token.tokens, depth + 1) }];
    case 'list': {
      const items = token.items.map((item) => toBlocks(item.tokens, depth + 1));
      return [{ kind: 'list', isOrdered: token.ordered, items }];
    }
    case 'hr':
      return [{ kind: 'rule' }];
    default:
      // HTML, tables, pictures standing alone and whatever Markdown will learn next.
      return [asWritten(token)];
  }
}

function asWritten(token: MarkedToken): Block {
  return { kind: 'paragraph', children: [{ kind: 'text', text: token.raw.trim() }] };
}

/** Inline tokens → our words. */
export function toInlines(tokens: readonly Token[], depth = 0): Inline[] {
  return tokens.map((token) => toInline(token as MarkedToken, depth));
}

function toInline(token: MarkedToken, depth: number): Inline {
  if (depth > maxDepth) return { kind: 'text', text: token.raw };
  switch (token.type) {
    case 'codespan':
      return { kind: 'code', text: token.text };
    case 'br':
      return { kind: 'break' };
    case 'strong':
    case 'em':
    case 'del':
      return { kind: token.type, children: toInlines(token.tokens, depth + 1) };
    case 'link':
      return toLink(token, depth);
    case 'image':
    case 'escape':
      return { kind: 'text', text: token.text };
    case 'text':
      return { kind: 'text', text: token.text };
    default:
      return { kind: 'text', text: token.raw };
  }
}

function toLink(token: Extract<MarkedToken, { type: 'link' }>, depth: number): Inline {
  const href = webAddress(token.href);
  if (href === undefined) return { kind: 'text', text: token.text };
  return { kind: 'link', href, children: toInlines(token.tokens, depth + 1) };
}

/** @returns The address when it is an absolute http or https one. */
function webAddress(href: string): string | undefined {
  if (!URL.canParse(href)) return undefined;
  const url = new URL(href);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}
