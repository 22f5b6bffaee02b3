import type { ComponentType, ReactNode } from 'react';
import { lateView } from '../ui/late.tsx';
import { panelTitles } from './panelTitles.ts';

/** The place of a panel that is not there: still loading, or with a notice. */
export function panelFrame(title: string) {
  return function PanelFrame(notice: ReactNode) {
    return (
      <section className="panel" aria-label={title} aria-busy={!notice}>
        <div className="panel-head">
          <h2>{title}</h2>
        </div>
        {notice}
      </section>
    );
  };
}

function latePanel<Props extends object>(
  title: string,
  importPanel: () => Promise<ComponentType<Props>>,
) {
  return lateView(importPanel, { frame: panelFrame(title), waiting: null });
}

export const ComposerPanel = latePanel(
  panelTitles.composer,
  async () => (await import('../composer/ComposerPanel.tsx')).ComposerPanel,
);

export const LogPanel = latePanel(
  panelTitles.response,
  async () => (await import('../log/LogPanel.tsx')).LogPanel,
);

/** Loaded after the row of tabs; the palette and the keys have its actions as well. */
export const TabMenu = lateView(async () => (await import('./TabMenu.tsx')).TabMenu, {
  waiting: null,
});
