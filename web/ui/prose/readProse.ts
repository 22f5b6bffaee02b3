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

/** How tokens of some types become nodes of ours. A type that is not listed has no node. */
type Converters<Node> = {
  readonly [T in MarkedToken['type']]?: (
    token: Extract<MarkedToken, { type: T }>,
    depth: number,
  ) => Node;
};

type Converter<Node> = (token: Token, depth: number) => Node;

const blockConverters: Converters<Block> = {
  paragraph: ({ tokens }, depth) => ({ kind: 'paragraph', children: toInlines(tokens, depth) }),
  heading: ({ tokens }, depth) => ({ kind: 'heading', children: toInlines(tokens, depth) }),
  text: (token, depth) => ({
    kind: 'paragraph',
    children: toInlines(token.tokens ?? [token], depth),
  }),
  code: ({ lang, text }) => ({ kind: 'code', language: lang ?? '', text }),
  blockquote: ({ tokens }, depth) => ({ kind: 'quote', children: toBlocks(tokens, depth + 1) }),
  list: ({ ordered, items }, depth) => ({
    kind: 'list',
    isOrdered: ordered,
    items: items.map((item) => toBlocks(item.tokens, depth + 1)),
  }),
  hr: () => ({ kind: 'rule' }),
};

const inlineConverters: Converters<Inline> = {
  text: ({ text }) => ({ kind: 'text', text }),
  escape: ({ text }) => ({ kind: 'text', text }),
  codespan: ({ text }) => ({ kind: 'code', text }),
  br: () => ({ kind: 'break' }),
  strong: ({ tokens }, depth) => ({ kind: 'strong', children: toInlines(tokens, depth + 1) }),
  em: ({ tokens }, depth) => ({ kind: 'em', children: toInlines(tokens, depth + 1) }),
  del: ({ tokens }, depth) => ({ kind: 'del', children: toInlines(tokens, depth + 1) }),
  link: toLink,
  // A picture would be loaded from somewhere: its words stand in for it.
  image: ({ text }) => ({ kind: 'text', text }),
};

/** Marked's tokens → our blocks. What has no block of ours is shown as written, as plain text. */
export function toBlocks(tokens: readonly Token[], depth = 0): Block[] {
  const visible = tokens.filter(({ type }) => type !== 'space' && type !== 'def');
  return visible.map((token) => {
    const convert = converterOf(blockConverters, token, depth);
    return convert ? convert(token, depth) : asWritten(token);
  });
}

function asWritten(token: Token): Block {
  return { kind: 'paragraph', children: [{ kind: 'text', text: token.raw.trim() }] };
}

function toInlines(tokens: readonly Token[], depth: number): Inline[] {
  return tokens.map((token) => {
    const convert = converterOf(inlineConverters, token, depth);
    return convert ? convert(token, depth) : { kind: 'text', text: token.raw };
  });
}

function converterOf<Node>(
  converters: Converters<Node>,
  { type }: Token,
  depth: number,
): Converter<Node> | undefined {
  if (depth > maxDepth || !Object.hasOwn(converters, type)) return undefined;
  // The table's type says that each converter takes the tokens of its name.
  return converters[type as MarkedToken['type']] as Converter<Node> | undefined;
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
