import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { SplitView, type Pane } from '../ui/SplitView.tsx';
import type { WindowSize } from '../ui/windowSize.ts';
import type { FilledPanel, WorkPanes } from './panel.ts';
import type { PaneSizesStore } from './paneSizes.ts';
import type { Shell } from './shellStore.ts';
import { texts } from './texts.ts';
import { WorkView } from './WorkView.tsx';

interface WideLayoutProps {
  readonly panels: readonly FilledPanel[];
  readonly panes: WorkPanes;
  readonly shell: Shell;
  readonly tabStrip: ReactNode;
  /** Composer and response side by side, where there is room. */
  readonly isTwoPane: boolean;
  readonly windowSize: WindowSize;
  readonly paneSizes: PaneSizesStore;
}

/** Parts of the window: lines of a lesson get no longer than is good to read, rows of data do. */
const leftSize = 'clamp(280px, 18vw, 440px)';
const rightSize = 'clamp(300px, 24vw, 640px)';

/** Side, connection and inspector next to one another. */
export function WideLayout(props: WideLayoutProps) {
  const { panels, panes, shell, tabStrip, windowSize, paneSizes } = props;
  const left = useStore(shell.store, (view) => view.left);
  const right = useStore(shell.store, (view) => view.right);
  const isWidened = useStore(shell.store, (view) => view.isWidened);
  // In a small window two panes side by side are too narrow to read while a panel is open.
  const hasRoom = windowSize !== 'wide' || (left === undefined && right === undefined);
  const orientation = props.isTwoPane && hasRoom ? 'horizontal' : 'vertical';
  const work = (
    <main className="work">
      <WorkView
        {...{ panes, tabStrip, orientation }}
        memory={paneSizes(`${windowSize}.${orientation}`)}
      />
    </main>
  );
  const side = (open: string | undefined, size: string): Pane[] => {
    const panel = panels.find(({ id }) => id === open);
    if (!panel) return [];
    const { id, label, content } = panel;
    return [{ id, label, content, room: { kind: 'fixed', size }, minSize: '240px' }];
  };
  return (
    <SplitView
      orientation="horizontal"
      memory={paneSizes(`${windowSize}.panels`)}
      alone={isWidened ? right : undefined}
      panes={[
        ...side(left, leftSize),
        { id: 'work', label: texts.workPane, content: work, minSize: '300px' },
        ...side(right, rightSize),
      ]}
    />
  );
}
