import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { SettingsStore } from '../settings/settingsStore.ts';
import { SplitView, type Pane } from '../ui/SplitView.tsx';
import { useMediaQuery } from '../ui/useMediaQuery.ts';
import type { FilledPanel, WorkPanes } from './panel.ts';
import type { PaneSizesStore } from './paneSizes.ts';
import type { Shell } from './shellStore.ts';
import { texts } from './texts.ts';

interface WideLayoutProps {
  readonly panels: readonly FilledPanel[];
  readonly panes: WorkPanes;
  readonly shell: Shell;
  readonly tabStrip: ReactNode;
  readonly settings: SettingsStore;
  readonly paneSizes: PaneSizesStore;
}

/** Below this width two panes side by side would be too narrow to read while both sides are open. */
const roomyQuery = '(min-width: 1200px)';

/** Side, connection and inspector next to one another. */
export function WideLayout(props: WideLayoutProps) {
  const { panels, panes, shell, tabStrip, settings, paneSizes } = props;
  const left = useStore(shell.store, (view) => view.left);
  const right = useStore(shell.store, (view) => view.right);
  const isTwoPane = useStore(settings.store, (view) => view.isTwoPane);
  const isRoomy = useMediaQuery(roomyQuery);
  const isSideBySide = isTwoPane && (isRoomy || (left === undefined && right === undefined));
  const orientation = isSideBySide ? 'horizontal' : 'vertical';
  const work = (
    <main className="work">
      {tabStrip}
      <div
        className="work-panes"
        id="connection-panel"
        role="tabpanel"
        aria-label={texts.connectionPanel}
      >
        <SplitView
          key={orientation}
          orientation={orientation}
          memory={paneSizes(orientation)}
          panes={[
            {
              id: 'composer',
              label: texts.composerPane,
              content: panes.composer,
              minSize: '160px',
            },
            {
              id: 'response',
              label: texts.responsePane,
              content: panes.response,
              minSize: '160px',
            },
          ]}
        />
      </div>
    </main>
  );
  const side = (open: string | undefined, size: string): Pane[] => {
    const panel = panels.find(({ id }) => id === open);
    if (!panel) return [];
    const { id, label, content } = panel;
    return [{ id, label, content, size, minSize: '240px', isFixed: true }];
  };
  return (
    <SplitView
      orientation="horizontal"
      memory={paneSizes('panels')}
      panes={[
        ...side(left, isRoomy ? '308px' : '280px'),
        { id: 'work', label: texts.workPane, content: work, minSize: '300px' },
        ...side(right, isRoomy ? '328px' : '264px'),
      ]}
    />
  );
}
