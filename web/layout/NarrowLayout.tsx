import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { FilledPanel, WorkPanes } from './panel.ts';
import type { PaneSizesStore } from './paneSizes.ts';
import { NarrowRail } from './Rail.tsx';
import type { Shell } from './shellStore.ts';
import { WorkView } from './WorkView.tsx';

interface NarrowLayoutProps {
  readonly panels: readonly FilledPanel[];
  readonly panes: WorkPanes;
  readonly shell: Shell;
  readonly tabStrip: ReactNode;
  readonly paneSizes: PaneSizesStore;
}

/** One panel at a time, for phones and small windows. */
export function NarrowLayout(props: NarrowLayoutProps) {
  const { panels, panes, shell, tabStrip, paneSizes } = props;
  const shown = useStore(shell.store, (view) => view.narrow);
  const panel = panels.find(({ id }) => id === shown);
  const compose = (
    <div className="work">
      <WorkView {...{ panes, tabStrip }} orientation="vertical" memory={paneSizes('narrow')} />
    </div>
  );
  return (
    <div className="narrow">
      <main className="narrow-view">
        {!panel || panel.place === 'middle' ? compose : panel.content}
      </main>
      <NarrowRail panels={panels} shell={shell} />
    </div>
  );
}
