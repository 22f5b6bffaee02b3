import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { SettingsStore } from '../settings/settingsStore.ts';
import { SplitView, type Pane } from '../ui/SplitView.tsx';
import { useMediaQuery } from '../ui/useMediaQuery.ts';
import type { PaneSizesStore } from './paneSizes.ts';
import type { Side } from './Rail.tsx';
import type { Panels } from './usePanels.tsx';

interface WideLayoutProps {
  readonly panels: Panels;
  readonly side: Side | undefined;
  readonly isInspecting: boolean;
  readonly tabStrip: ReactNode;
  readonly settings: SettingsStore;
  readonly paneSizes: PaneSizesStore;
}

/** Below this width two panes side by side would be too narrow to read while both sides are open. */
const roomyQuery = '(min-width: 1200px)';

/** Side, connection and inspector next to one another. */
export function WideLayout(props: WideLayoutProps) {
  const { panels, side, isInspecting, tabStrip, settings, paneSizes } = props;
  const isTwoPane = useStore(settings.store, (view) => view.isTwoPane);
  const isRoomy = useMediaQuery(roomyQuery);
  const isSideBySide = isTwoPane && (isRoomy || (side === undefined && !isInspecting));
  const orientation = isSideBySide ? 'horizontal' : 'vertical';
  const work = (
    <main className="work">
      {tabStrip}
      <div className="work-panes" id="connection-panel" role="tabpanel" aria-label="Connection">
        <SplitView
          key={orientation}
          orientation={orientation}
          memory={paneSizes(orientation)}
          panes={[
            { id: 'composer', content: panels.composer, minSize: '160px' },
            { id: 'response', content: panels.response, minSize: '160px' },
          ]}
        />
      </div>
    </main>
  );
  const sidePane: Pane[] =
    side === undefined
      ? []
      : [
          {
            id: side,
            content: panels[side],
            size: isRoomy ? '308px' : '280px',
            minSize: '240px',
            isFixed: true,
          },
        ];
  const inspectorPane: Pane[] = isInspecting
    ? [
        {
          id: 'sessions',
          content: panels.sessions,
          size: isRoomy ? '328px' : '264px',
          minSize: '240px',
          isFixed: true,
        },
      ]
    : [];
  const workPane: Pane = { id: 'work', content: work, minSize: '300px' };
  return (
    <SplitView
      orientation="horizontal"
      memory={paneSizes('panels')}
      panes={[...sidePane, workPane, ...inspectorPane]}
    />
  );
}
