import type { ReactNode } from 'react';
import { JsonView } from '../ui/JsonView.tsx';
import { Prose, type ProseParts } from '../ui/prose/Prose.tsx';
import type { Block } from '../ui/prose/readProse.ts';
import type { ContentsItem, ContentsPart } from './contents.ts';
import { docsAddress, type DocPage, type Heading } from './docPages.ts';
import { texts } from './texts.ts';

/** Addresses of what the build has made for all pages. */
export interface DocAssets {
  readonly script: string;
  readonly style: string;
}

interface DocPageProps {
  readonly page: DocPage;
  readonly contents: readonly ContentsPart[];
  readonly assets: DocAssets;
}

/** A page of the documentation, whole. The build writes it as HTML; nothing of this runs in a browser. */
export function DocPageView({ page, contents, assets }: DocPageProps) {
  const isStart = page.address === docsAddress;
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{isStart ? texts.site : texts.titleOf(page.title)}</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        {/* Runs before the first paint, which would else be in the light theme. */}
        <script src={assets.script} />
        <link rel="stylesheet" href={assets.style} />
      </head>
      <body>
        <a className="docs-skip" href="#text">
          {texts.skip}
        </a>
        <PageHead />
        <div className="docs-columns">
          <ContentsNav contents={contents} current={page.address} />
          <main id="text" tabIndex={-1}>
            <Prose blocks={page.blocks} parts={partsOf(page.headings)} />
            <Neighbours contents={contents} current={page.address} />
          </main>
          <PageOutline headings={page.headings} />
        </div>
      </body>
    </html>
  );
}

function PageHead() {
  return (
    <header className="docs-head">
      <a className="docs-brand" href={docsAddress}>
        <img src="/icon.svg" alt="" width="24" height="24" />
        <strong translate="no">{texts.brand}</strong> <span>{texts.documentation}</span>
      </a>
      {/* Filled in by the script: without it neither does anything. */}
      <div className="docs-search" data-search />
      <a className="button" href="/">
        {texts.console}
      </a>
      <button
        type="button"
        className="button docs-contents-button"
        data-contents
        aria-expanded="false"
        aria-controls="contents"
        hidden
      >
        {texts.contents}
      </button>
    </header>
  );
}

interface ContentsProps {
  readonly contents: readonly ContentsPart[];
  /** Address of the page that is shown. */
  readonly current: string;
}

function ContentsNav({ contents, current }: ContentsProps) {
  return (
    <nav id="contents" className="docs-contents" aria-label={texts.documentation}>
      {contents.map(({ title, items }, index) => (
        <div key={title}>
          <p id={`part-${index}`}>{title}</p>
          <ul aria-labelledby={`part-${index}`}>
            {items.map((item) => (
              <li key={item.address}>
                <a href={item.address} aria-current={currentOf(item, current)}>
                  {item.label}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

/** `true` for a page that is below the one of the item, such as a decision. */
function currentOf({ address }: ContentsItem, current: string): 'page' | 'true' | undefined {
  if (address === current) return 'page';
  return current.startsWith(`${address}/`) ? 'true' : undefined;
}

/** What stands before and after this page in the contents. */
function Neighbours({ contents, current }: ContentsProps) {
  const items = contents.flatMap((part) => part.items).filter(isOfSite);
  const at = items.findIndex(({ address }) => address === current);
  const [before, after] = at === -1 ? [] : [items[at - 1], items[at + 1]];
  if (!before && !after) return null;
  return (
    <nav className="docs-neighbours" aria-label={texts.pages}>
      {before && <NeighbourLink item={before} rel="prev" word={texts.before} />}
      {after && <NeighbourLink item={after} rel="next" word={texts.after} />}
    </nav>
  );
}

function isOfSite({ address }: ContentsItem): boolean {
  return address.startsWith(docsAddress);
}

interface NeighbourLinkProps {
  readonly item: ContentsItem;
  readonly rel: 'prev' | 'next';
  readonly word: string;
}

function NeighbourLink({ item, rel, word }: NeighbourLinkProps) {
  return (
    <a href={item.address} rel={rel}>
      <span>{word}</span> {item.label}
    </a>
  );
}

/** Fewer are seen at once in the page itself. */
const minOutlined = 3;

function PageOutline({ headings }: { readonly headings: readonly Heading[] }) {
  const outlined = headings.filter(({ level }) => level === 2);
  if (outlined.length < minOutlined) return null;
  return (
    <nav className="docs-outline" aria-label={texts.onThisPage}>
      <p>{texts.onThisPage}</p>
      <ul>
        {outlined.map(({ id, text }) => (
          <li key={id}>
            <a href={`#${id}`}>{text}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function partsOf(headings: readonly Heading[]): ProseParts {
  const byBlock = new Map<Block, Heading>(headings.map((heading) => [heading.block, heading]));
  return {
    heading: (block, words) => <DocHeading heading={byBlock.get(block)} words={words} />,
    code: ({ language, text }) =>
      /^jsonc?\b/.test(language) ? <JsonView text={text} /> : <PlainCode text={text} />,
    link: ({ href }, words) =>
      href.startsWith('/') || href.startsWith('#') ? (
        <a href={href}>{words}</a>
      ) : (
        <a href={href} rel="noreferrer">
          {words}
        </a>
      ),
  };
}

function PlainCode({ text }: { readonly text: string }) {
  return (
    <pre>
      <code>{text}</code>
    </pre>
  );
}

interface DocHeadingProps {
  /** undefined for one inside a quote, which is no place of the page. */
  readonly heading: Heading | undefined;
  readonly words: ReactNode;
}

function DocHeading({ heading, words }: DocHeadingProps) {
  if (!heading) return <p>{words}</p>;
  const { level, id, text } = heading;
  if (level === 1) return <h1 id={id}>{words}</h1>;
  const content = (
    <>
      {words}
      <a className="docs-anchor" href={`#${id}`} aria-label={texts.linkTo(text)}>
        #
      </a>
    </>
  );
  if (level === 2) return <h2 id={id}>{content}</h2>;
  return level === 3 ? <h3 id={id}>{content}</h3> : <h4 id={id}>{content}</h4>;
}
