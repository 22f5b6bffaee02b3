import { plainText, toBlocks, tokensOf, type Block, type Targets } from '../ui/prose/readProse.ts';

/** Where the site begins. */
export const docsAddress = '/docs';

/** The start page, whose lists are the contents of the site. */
export const startPath = 'docs/README.md';

/** A page before its links are known. Paths start at the top of the repository. */
export interface DocSource {
  readonly path: string;
  readonly address: string;
  readonly markdown: string;
}

export interface Heading {
  readonly block: Block;
  readonly level: number;
  readonly text: string;
  /** As GitHub makes them, so that a link works in both places. */
  readonly id: string;
}

export interface DocPage extends DocSource {
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly headings: readonly Heading[];
}

/** `docs/client.md` → `/docs/client`, `SECURITY.md` → `/docs/security`. */
export function addressOf(path: string): string {
  if (path === startPath) return docsAddress;
  const name = path.startsWith('docs/') ? path.slice('docs/'.length) : path.toLowerCase();
  return `${docsAddress}/${name.replace(/(?:\/README)?\.md$/, '')}`;
}

export function readPage(source: DocSource, targets: Targets): DocPage {
  const blocks = toBlocks(tokensOf(source.markdown), targets);
  const headings = headingsOf(blocks);
  return { ...source, title: headings[0]?.text ?? source.path, blocks, headings };
}

/** Names of the places in a page that a link can lead to. */
export function anchorsOf({ markdown }: DocSource): ReadonlySet<string> {
  const blocks = toBlocks(tokensOf(markdown), { linkTo: () => undefined, imageAt: () => '' });
  return new Set(headingsOf(blocks).map(({ id }) => id));
}

function headingsOf(blocks: readonly Block[]): Heading[] {
  const timesUsed = new Map<string, number>();
  return blocks.flatMap((block) => {
    if (block.kind !== 'heading') return [];
    const text = plainText(block.children);
    const name = text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-');
    const times = timesUsed.get(name) ?? 0;
    timesUsed.set(name, times + 1);
    return [{ block, level: block.level, text, id: times === 0 ? name : `${name}-${times}` }];
  });
}
