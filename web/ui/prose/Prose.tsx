import type { ReactNode } from 'react';
import { JsonView } from '../JsonView.tsx';
import type { Block, Inline } from './readProse.ts';
import './Prose.css';

type BlockOf<K extends Block['kind']> = Extract<Block, { readonly kind: K }>;
type InlineOf<K extends Inline['kind']> = Extract<Inline, { readonly kind: K }>;

/** What looks different from one page to another. */
export interface ProseParts {
  readonly heading: (block: BlockOf<'heading'>, words: ReactNode) => ReactNode;
  readonly code: (block: BlockOf<'code'>) => ReactNode;
  readonly link: (inline: InlineOf<'link'>, words: ReactNode) => ReactNode;
}

const usualParts: ProseParts = {
  heading: (_block, words) => <h4>{words}</h4>,
  code: ({ text }) => <JsonView text={text} />,
  link: ({ href }, words) => (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {words}
    </a>
  ),
};

/** A text in Markdown. Made of a handful of elements; nothing in it can be HTML. */
export function Prose({
  blocks,
  parts = usualParts,
}: {
  readonly blocks: readonly Block[];
  readonly parts?: ProseParts;
}) {
  return (
    <div className="prose" data-content>
      <Blocks blocks={blocks} parts={parts} />
    </div>
  );
}

interface BlocksProps {
  readonly blocks: readonly Block[];
  readonly parts: ProseParts;
}

// The text never changes while it is shown, so places serve as keys.
function Blocks({ blocks, parts }: BlocksProps) {
  return blocks.map((block, index) => <OneBlock key={index} block={block} parts={parts} />);
}

function OneBlock({ block, parts }: { readonly block: Block; readonly parts: ProseParts }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          <Inlines inlines={block.children} parts={parts} />
        </p>
      );
    case 'heading':
      return parts.heading(block, <Inlines inlines={block.children} parts={parts} />);
    case 'code':
      return <div className="prose-code">{parts.code(block)}</div>;
    case 'quote':
      return (
        <blockquote>
          <Blocks blocks={block.children} parts={parts} />
        </blockquote>
      );
    case 'list':
      return <List list={block} parts={parts} />;
    case 'table':
      return <Table table={block} parts={parts} />;
    case 'rule':
      return <hr />;
  }
}

function List({ list, parts }: { readonly list: BlockOf<'list'>; readonly parts: ProseParts }) {
  const rows = list.items.map((item, index) => (
    <li key={index}>
      <Blocks blocks={item} parts={parts} />
    </li>
  ));
  return list.isOrdered ? <ol>{rows}</ol> : <ul>{rows}</ul>;
}

function Table({ table, parts }: { readonly table: BlockOf<'table'>; readonly parts: ProseParts }) {
  return (
    <div className="prose-table">
      <table>
        <thead>
          <tr>
            {table.head.map((cell, index) => (
              <HeadCell key={index} inlines={cell} parts={parts} />
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column}>
                  <Inlines inlines={cell} parts={parts} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface InlinesProps {
  readonly inlines: readonly Inline[];
  readonly parts: ProseParts;
}

/** A column whose cells say all there is to say has no head. */
function HeadCell(props: InlinesProps) {
  const words = <Inlines {...props} />;
  return props.inlines.length === 0 ? <td>{words}</td> : <th scope="col">{words}</th>;
}

function Inlines({ inlines, parts }: InlinesProps) {
  return inlines.map((inline, index) => <OneInline key={index} inline={inline} parts={parts} />);
}

function OneInline({ inline, parts }: { readonly inline: Inline; readonly parts: ProseParts }) {
  switch (inline.kind) {
    case 'text':
      return inline.text;
    case 'code':
      return <code>{inline.text}</code>;
    case 'break':
      return <br />;
    case 'image':
      return <img src={inline.src} alt={inline.text} loading="lazy" />;
    case 'link':
      return parts.link(inline, <Inlines inlines={inline.children} parts={parts} />);
    case 'strong':
    case 'em':
    case 'del':
    case 'plain': {
      const words = <Inlines inlines={inline.children} parts={parts} />;
      return marked(inline.kind, words);
    }
  }
}

function marked(kind: 'strong' | 'em' | 'del' | 'plain', words: ReactNode): ReactNode {
  switch (kind) {
    case 'strong':
      return <strong>{words}</strong>;
    case 'em':
      return <em>{words}</em>;
    case 'del':
      return <del>{words}</del>;
    case 'plain':
      return words;
  }
}
