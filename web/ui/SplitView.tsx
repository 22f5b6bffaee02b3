import { Group, Panel, Separator } from 'react-resizable-panels';
import { Fragment, type ReactNode } from 'react';
import { messages } from './uiMessages.ts';
import './SplitView.css';

/** One part of a {@link SplitView}. Sizes are CSS lengths such as `320px` or `50%`. */
export interface Pane {
  readonly id: string;
  /** What the bar before it is called after. */
  readonly label: string;
  readonly content: ReactNode;
  readonly size?: string;
  readonly minSize: string;
  /** Keeps its pixels when the window changes; the other panes share the rest. */
  readonly isFixed?: boolean;
}

interface SplitViewProps {
  readonly orientation: 'horizontal' | 'vertical';
  readonly panes: readonly Pane[];
}

/** Panes beside or above one another, with bars between them that mouse and arrow keys move. */
export function SplitView({ orientation, panes }: SplitViewProps) {
  return (
    <Group orientation={orientation} className="split-view">
      {panes.map((pane, index) => (
        <Fragment key={pane.id}>
          {index > 0 && (
            <Separator
              className={`split-bar is-${orientation}`}
              aria-label={messages.resize(pane.label)}
            />
          )}
          <Panel
            id={pane.id}
            minSize={pane.minSize}
            {...(pane.size === undefined ? {} : { defaultSize: pane.size })}
            groupResizeBehavior={pane.isFixed ? 'preserve-pixel-size' : 'preserve-relative-size'}
          >
            {pane.content}
          </Panel>
        </Fragment>
      ))}
    </Group>
  );
}
