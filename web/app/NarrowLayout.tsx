import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { SplitView } from '../ui/SplitView.tsx';
import { messages as say } from './messages.ts';
import { panels as listed } from './panelList.ts';
import type { PaneSizesStore } from './paneSizes.ts';
import { NarrowRail } from './Rail.tsx';
import type { Shell } from './shellStore.ts';
import type { Panels } from './usePanels.tsx';

interface NarrowLayoutProps {
  readonly panels: Panels;
  readonly shell: Shell;
  readonly tabStrip: ReactNode;
  readonly paneSizes: PaneSizesStore;
}

/** One thing at a time, for phones and small windows. */
export function NarrowLayout({ panels, shell, tabStrip, paneSizes }: NarrowLayoutProps) {
  const shown = useStore(shell.store, (view) => view.narrow);
  const panel = listed.find(({ id }) => id === shown);
  const compose = (
    <div className="work">
      {tabStrip}
      <div
        className="work-panes"
        id="connection-panel"
        role="tabpanel"
        aria-label={say.connectionPanel}
      >
        <SplitView
          orientation="vertical"
          memory={paneSizes('narrow')}
          panes={[
            {
              id: 'composer',
              label: say.composerPane,
              content: panels.composer,
              minSize: '140px',
            },
            {
              id: 'response',
              label: say.responsePane,
              content: panels.response,
              minSize: '120px',
            },
          ]}
        />
      </div>
    </div>
  );
  return (
    <div className="narrow">
      <main className="narrow-view">
        {!panel || panel.id === 'compose' ? compose : panels[panel.id]}
      </main>
      <NarrowRail shell={shell} />
    </div>
  );
}
