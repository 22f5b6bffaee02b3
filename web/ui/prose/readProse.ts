import { Lexer, type MarkedToken, type Token } from 'marked';

/** A stretch of words. There is no node for HTML, so none can be shown. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'strong' | 'em' | 'del' | 'plain'; readonly children: readonly Inline[] }
  /** `href` is what {@link Targets} made of the address. */
  | { readonly kind: 'link'; readonly href: string; readonly children: readonly Inline[] }
  | { readonly kind: 'image'; readonly src: string; readonly text: string };

/** The cells of one row of a table. */
type Cells = readonly (readonly Inline[])[];

/** A block of a text. */
export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  /** `level` is 1 to 6. */
  | { readonly kind: 'heading'; readonly level: number; readonly children: readonly Inline[] }
  | { readonly kind: 'table'; readonly head: Cells; readonly rows: readonly Cells[] }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'quote'; readonly children: readonly Block[] }
  | {
      readonly kind: 'list';
      readonly isOrdered: boolean;
      readonly items: readonly (readonly Block[])[];
    }
  | { readonly kind: 'rule' };

/** Where links and images may lead. Without an address their words are shown as text. */
export interface Targets {
  readonly linkTo: (href: string) => string | undefined;
  readonly imageAt: (href: string) => string | undefined;
}

/** For texts that anybody may have written: links to web pages, and nothing is fetched. */
const webOnly: Targets = { linkTo: webAddress, imageAt: () => undefined };

/** Deeper nesting is shown as the text it was written with. */
const maxDepth = 16;

/** Splits Markdown into its top-level tokens; their `raw` texts make up the whole text. */
export function tokensOf(markdown: string): Token[] {
  return new Lexer().lex(markdown);
}

/** Where in the text a token is, and where its links lead. */
interface Place {
  readonly depth: number;
  readonly targets: Targets;
}

/** How tokens of some types become nodes of ours. A type that is not listed has no node. */
type Converters<Node> = {
  readonly [T in MarkedToken['type']]?: (
    token: Extract<MarkedToken, { type: T }>,
    place: Place,
  ) => Node;
};

type Converter<Node> = (token: Token, place: Place) => Node;

const blockConverters: Converters<Block> = {
  paragraph: ({ tokens }, place) => ({ kind: 'paragraph', children: toInlines(tokens, place) }),
  heading: ({ tokens, depth }, place) => ({
    kind: 'heading',
    level: depth,
    children: toInlines(tokens, place),
  }),
  text: (token, place) => ({
    kind: 'paragraph',
    children: toInlines(token.tokens ?? [token], place),
  }),
  code: ({ lang, text }) => ({ kind: 'code', language: lang ?? '', text }),
  blockquote: ({ tokens }, place) => ({ kind: 'quote', children: blocksAt(tokens, deeper(place)) }),
  list: ({ ordered, items }, place) => ({
    kind: 'list',
    isOrdered: ordered,
    items: items.map((item) => blocksAt(item.tokens, deeper(place))),
  }),
  table: ({ header, rows }, place) => ({
    kind: 'table',
    head: toCells(header, place),
    rows: rows.map((row) => toCells(row, place)),
  }),
  hr: () => ({ kind: 'rule' }),
};

const inlineConverters: Converters<Inline> = {
  text: ({ text }) => ({ kind: 'text', text }),
  escape: ({ text }) => ({ kind: 'text', text }),
  codespan: ({ text }) => ({ kind: 'code', text }),
  br: () => ({ kind: 'break' }),
  strong: ({ tokens }, place) => ({ kind: 'strong', children: toInlines(tokens, deeper(place)) }),
  em: ({ tokens }, place) => ({ kind: 'em', children: toInlines(tokens, deeper(place)) }),
  del: ({ tokens }, place) => ({ kind: 'del', children: toInlines(tokens, deeper(place)) }),
  link: toLink,
  image: ({ href, text }, { targets }) => {
    const src = targets.imageAt(href);
    return src === undefined ? { kind: 'text', text } : { kind: 'image', src, text };
  },
};

/** Marked's tokens → our blocks. What has no block of ours is shown as written, as plain text. */
export function toBlocks(tokens: readonly Token[], targets: Targets = webOnly): Block[] {
  return blocksAt(tokens, { depth: 0, targets });
}

function blocksAt(tokens: readonly Token[], place: Place): Block[] {
  const visible = tokens.filter(({ type }) => type !== 'space' && type !== 'def');
  return visible.map((token) => {
    const convert = converterOf(blockConverters, token, place);
    return convert ? convert(token, place) : asWritten(token);
  });
}

function asWritten(token: Token): Block {
  return { kind: 'paragraph', children: [{ kind: 'text', text: token.raw.trim() }] };
}

function toInlines(tokens: readonly Token[], place: Place): Inline[] {
  return tokens.map((token) => {
    const convert = converterOf(inlineConverters, token, place);
    return convert ? convert(token, place) : { kind: 'text', text: token.raw };
  });
}

function toCells(cells: readonly { readonly tokens: readonly Token[] }[], place: Place): Cells {
  return cells.map(({ tokens }) => toInlines(tokens, deeper(place)));
}

function deeper({ depth, targets }: Place): Place {
  return { depth: depth + 1, targets };
}

function converterOf<Node>(
  converters: Converters<Node>,
  { type }: Token,
  { depth }: Place,
): Converter<Node> | undefined {
  if (depth > maxDepth || !Object.hasOwn(converters, type)) return undefined;
  // The table's type says that each converter takes the tokens of its name.
  return converters[type as MarkedToken['type']] as Converter<Node> | undefined;
}

function toLink(token: Extract<MarkedToken, { type: 'link' }>, place: Place): Inline {
  const href = place.targets.linkTo(token.href);
  const children = toInlines(token.tokens, deeper(place));
  return href === undefined ? { kind: 'plain', children } : { kind: 'link', href, children };
}

/** The words of it, without what they are marked up with. */
export function plainText(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => ('children' in inline ? plainText(inline.children) : wordsOf(inline)))
    .join('');
}

function wordsOf(inline: Exclude<Inline, { readonly children: unknown }>): string {
  return inline.kind === 'break' ? ' ' : inline.text;
}

/** @returns The address when it is an absolute http or https one. */
function webAddress(href: string): string | undefined {
  if (!URL.canParse(href)) return undefined;
  const url = new URL(href);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}
