import type { ComponentType, ReactNode } from 'react';
import { lateView } from '../ui/late.tsx';

/** The place of a panel that is not there: still loading, or with a notice. */
export function panelFrame(title: string, heading = title) {
  return function PanelFrame(notice: ReactNode) {
    return (
      <section className="panel" aria-label={title} aria-busy={!notice}>
        <div className="panel-head">
          <h2>{heading}</h2>
        </div>
        {notice}
      </section>
    );
  };
}

/** A panel whose code is loaded when it is first shown. */
export function latePanel<Props extends object>(
  title: string,
  importPanel: () => Promise<ComponentType<Props>>,
  heading?: string,
) {
  return lateView(importPanel, { frame: panelFrame(title, heading), waiting: null });
}
