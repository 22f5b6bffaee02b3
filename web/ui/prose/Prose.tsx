import { JsonView } from '../JsonView.tsx';
import type { Block, Inline } from './readProse.ts';
import './Prose.css';

/** A lesson's text. Made of a handful of elements; nothing in it can be HTML. */
export function Prose({ blocks }: { readonly blocks: readonly Block[] }) {
  return (
    <div className="prose" data-content>
      <Blocks blocks={blocks} />
    </div>
  );
}

// The text of a lesson never changes while it is shown, so places serve as keys.
function Blocks({ blocks }: { readonly blocks: readonly Block[] }) {
  return blocks.map((block, index) => <OneBlock key={index} block={block} />);
}

function OneBlock({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          <Inlines inlines={block.children} />
        </p>
      );
    case 'heading':
      return (
        <h4>
          <Inlines inlines={block.children} />
        </h4>
      );
    case 'code':
      return (
        <div className="prose-code">
          <JsonView text={block.text} />
        </div>
      );
    case 'quote':
      return (
        <blockquote>
          <Blocks blocks={block.children} />
        </blockquote>
      );
    case 'list':
      return <List isOrdered={block.isOrdered} items={block.items} />;
    case 'rule':
      return <hr />;
  }
}

type ListProps = Omit<Extract<Block, { kind: 'list' }>, 'kind'>;

function List({ isOrdered, items }: ListProps) {
  const rows = items.map((item, index) => (
    <li key={index}>
      <Blocks blocks={item} />
    </li>
  ));
  return isOrdered ? <ol>{rows}</ol> : <ul>{rows}</ul>;
}

function Inlines({ inlines }: { readonly inlines: readonly Inline[] }) {
  return inlines.map((inline, index) => <OneInline key={index} inline={inline} />);
}

function OneInline({ inline }: { readonly inline: Inline }) {
  switch (inline.kind) {
    case 'text':
      return inline.text;
    case 'code':
      return <code>{inline.text}</code>;
    case 'break':
      return <br />;
    case 'strong':
      return (
        <strong>
          <Inlines inlines={inline.children} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <Inlines inlines={inline.children} />
        </em>
      );
    case 'del':
      return (
        <del>
          <Inlines inlines={inline.children} />
        </del>
      );
    case 'link':
      return (
        <a href={inline.href} target="_blank" rel="noopener noreferrer">
          <Inlines inlines={inline.children} />
        </a>
      );
  }
}
