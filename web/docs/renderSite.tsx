import { renderToStaticMarkup } from 'react-dom/server';
import { contentsOf, type ContentsPart } from './contents.ts';
import { DocLinks, type DocFault, type DocFiles } from './docLinks.ts';
import { DocPageView, type DocAssets } from './DocPageView.tsx';
import {
  addressOf,
  docsAddress,
  readPage,
  startPath,
  type DocPage,
  type DocSource,
} from './docPages.ts';
import { entriesOf, type SearchEntry } from './searchIndex.ts';

export interface DocSite {
  /** HTML by address, such as `/docs/client`. */
  readonly pages: ReadonlyMap<string, string>;
  /** Files to be copied, by path; they keep their path below `/docs`. */
  readonly copied: ReadonlySet<string>;
  readonly search: readonly SearchEntry[];
  /** Why the site must not be shipped. */
  readonly faults: readonly DocFault[];
}

export interface SiteFiles extends Omit<DocFiles, 'sources'> {
  /** Markdown by path. */
  readonly texts: ReadonlyMap<string, string>;
  readonly assets: DocAssets;
}

/** Renders all pages, and finds what is wrong with them: links that lead nowhere, pages that nobody finds. */
export function renderSite({ texts, assets, ...files }: SiteFiles): DocSite {
  const sources = [...sourcesOf(texts), decisionsOf(texts)];
  const links = new DocLinks({ ...files, sources });
  const pages = sources.map((source) => readPage(source, links.targetsOf(source)));
  const contents = contentsOf(pages.find(({ path }) => path === startPath) ?? pages[0] ?? noPage);
  const faults = [...links.faults, ...pages.flatMap(headingFaults), ...unlisted(pages, contents)];
  return {
    pages: new Map(
      pages.map((page) => {
        const view = <DocPageView page={page} contents={contents} assets={assets} />;
        return [page.address, `<!doctype html>${renderToStaticMarkup(view)}`];
      }),
    ),
    copied: links.copied,
    // The start page only says what the others have.
    search: inOrder(pages, contents)
      .filter(({ path }) => path !== startPath)
      .flatMap(entriesOf),
    faults,
  };
}

/** As the contents list them, and then the others, such as decisions. */
function inOrder(pages: readonly DocPage[], contents: readonly ContentsPart[]): readonly DocPage[] {
  const listed = contents.flatMap(({ items }) => items.map(({ address }) => address));
  const order = new Map(listed.map((address, index) => [address, index]));
  const placeOf = ({ address }: DocPage) => order.get(address) ?? order.size;
  return pages.toSorted((one, other) => placeOf(one) - placeOf(other));
}

function sourcesOf(texts: ReadonlyMap<string, string>): DocSource[] {
  return Array.from(texts, ([path, markdown]) => ({ path, address: addressOf(path), markdown }));
}

const decisionsPath = 'docs/adr/';

/** The page of the folder of decisions, which has no file. */
function decisionsOf(texts: ReadonlyMap<string, string>): DocSource {
  const items = [...texts]
    .filter(([path]) => path.startsWith(decisionsPath))
    .map(([path, markdown]) => `- [${titleOf(markdown)}](${path.slice(decisionsPath.length)})`)
    .toSorted();
  const markdown = ['# Decisions', decisionsIntroduction, items.join('\n')].join('\n\n');
  return { path: decisionsPath, address: `${docsAddress}/adr`, markdown };
}

const decisionsIntroduction =
  'Each of these says what was decided, why, what it costs, and when to think about it again.';

function titleOf(markdown: string): string {
  return /^# (.*)$/m.exec(markdown)?.[1] ?? '';
}

const noPage: DocPage = {
  path: '',
  address: '',
  markdown: '',
  title: '',
  blocks: [],
  headings: [],
};

function headingFaults({ path, headings }: DocPage): DocFault[] {
  const titles = headings.filter(({ level }) => level === 1);
  const isTitled = titles.length === 1 && headings[0]?.level === 1;
  return isTitled ? [] : [{ path, message: 'a page begins with its only # heading' }];
}

/** A page that the start page does not list is found by nobody. */
function unlisted(pages: readonly DocPage[], contents: readonly ContentsPart[]): DocFault[] {
  const listed = new Set(contents.flatMap(({ items }) => items.map(({ address }) => address)));
  return pages
    .filter(({ path, address }) => {
      const isDecision = path.startsWith(decisionsPath) && path !== decisionsPath;
      return path !== startPath && !isDecision && !listed.has(address);
    })
    .map(({ path }) => ({ path, message: `${startPath} does not list it` }));
}
