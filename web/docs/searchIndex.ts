import { plainText, type Block } from '../ui/prose/readProse.ts';
import type { DocPage } from './docPages.ts';

/** A heading and the text below it, as the search box finds it. */
export interface SearchEntry {
  readonly address: string;
  readonly page: string;
  readonly heading: string;
  readonly text: string;
}

/** One entry for each heading of a page. */
export function entriesOf({ address, title, blocks, headings }: DocPage): SearchEntry[] {
  const byBlock = new Map(headings.map((heading) => [heading.block, heading]));
  const found: { address: string; page: string; heading: string; text: string }[] = [];
  for (const block of blocks) {
    const heading = byBlock.get(block);
    const last = found.at(-1);
    if (heading) {
      const place = heading.level === 1 ? address : `${address}#${heading.id}`;
      found.push({ address: place, page: title, heading: heading.text, text: '' });
    } else if (last) {
      last.text = `${last.text} ${wordsOf(block)}`.trim();
    }
  }
  return found;
}

function wordsOf(block: Block): string {
  return rawWordsOf(block).replaceAll(/\s+/g, ' ').trim();
}

function rawWordsOf(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return plainText(block.children);
    case 'code':
      return block.text;
    case 'quote':
      return block.children.map(wordsOf).join(' ');
    case 'list':
      return block.items.flat().map(wordsOf).join(' ');
    case 'table':
      return [block.head, ...block.rows].flat().map(plainText).join(' ');
    case 'rule':
      return '';
  }
}
