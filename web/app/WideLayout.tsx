import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { SettingsStore } from '../settings/settingsStore.ts';
import { SplitView, type Pane } from '../ui/SplitView.tsx';
import { useMediaQuery } from '../ui/useMediaQuery.ts';
import { messages as say } from './messages.ts';
import { panels as listed } from './panelList.ts';
import type { PaneSizesStore } from './paneSizes.ts';
import type { Shell } from './shellStore.ts';
import type { Panels } from './usePanels.tsx';

interface WideLayoutProps {
  readonly panels: Panels;
  readonly shell: Shell;
  readonly tabStrip: ReactNode;
  readonly settings: SettingsStore;
  readonly paneSizes: PaneSizesStore;
}

/** Below this width two panes side by side would be too narrow to read while both sides are open. */
const roomyQuery = '(min-width: 1200px)';

/** Side, connection and inspector next to one another. */
export function WideLayout(props: WideLayoutProps) {
  const { panels, shell, tabStrip, settings, paneSizes } = props;
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
        aria-label={say.connectionPanel}
      >
        <SplitView
          key={orientation}
          orientation={orientation}
          memory={paneSizes(orientation)}
          panes={[
            {
              id: 'composer',
              label: say.composerPane,
              content: panels.composer,
              minSize: '160px',
            },
            {
              id: 'response',
              label: say.responsePane,
              content: panels.response,
              minSize: '160px',
            },
          ]}
        />
      </div>
    </main>
  );
  const side = (open: string | undefined, size: string): Pane[] => {
    const panel = listed.find(({ id }) => id === open);
    if (!panel || panel.id === 'compose') return [];
    const { id, label } = panel;
    return [{ id, label, content: panels[id], size, minSize: '240px', isFixed: true }];
  };
  return (
    <SplitView
      orientation="horizontal"
      memory={paneSizes('panels')}
      panes={[
        ...side(left, isRoomy ? '308px' : '280px'),
        { id: 'work', label: say.workPane, content: work, minSize: '300px' },
        ...side(right, isRoomy ? '328px' : '264px'),
      ]}
    />
  );
}
