import { plainText, type Block } from '../ui/prose/readProse.ts';
import type { DocPage } from './docPages.ts';

export interface ContentsItem {
  readonly label: string;
  readonly address: string;
}

export interface ContentsPart {
  readonly title: string;
  readonly items: readonly ContentsItem[];
}

/** The contents of the site: each `##` of the start page, and the first link of each item below it. */
export function contentsOf({ blocks }: DocPage): readonly ContentsPart[] {
  const parts: { title: string; items: ContentsItem[] }[] = [];
  for (const block of blocks) {
    if (block.kind === 'heading' && block.level === 2) {
      parts.push({ title: plainText(block.children), items: [] });
    } else if (block.kind === 'list') {
      parts.at(-1)?.items.push(...block.items.flatMap(itemOf));
    }
  }
  return parts.filter(({ items }) => items.length > 0);
}

function itemOf([first]: readonly Block[]): ContentsItem[] {
  const link = first?.kind === 'paragraph' ? first.children[0] : undefined;
  return link?.kind === 'link' ? [{ label: plainText(link.children), address: link.href }] : [];
}
