import type { ReactNode } from 'react';
import type { PaneMemory } from '../ui/resizePanes.ts';
import { SplitView } from '../ui/SplitView.tsx';
import type { WorkPanes } from './panel.ts';
import { texts } from './texts.ts';

interface WorkViewProps {
  readonly panes: WorkPanes;
  readonly tabStrip: ReactNode;
  readonly orientation: 'horizontal' | 'vertical';
  readonly memory: PaneMemory;
}

/** The tabs, and of the active one the composer and the response. */
export function WorkView({ panes, tabStrip, orientation, memory }: WorkViewProps) {
  const isSideBySide = orientation === 'horizontal';
  return (
    <>
      {tabStrip}
      <div
        className="work-panes"
        id="connection-panel"
        role="tabpanel"
        aria-label={texts.connectionPanel}
      >
        <SplitView
          orientation={orientation}
          memory={memory}
          panes={[
            {
              id: 'composer',
              label: texts.composerPane,
              content: panes.composer,
              room: isSideBySide ? { kind: 'share', share: 42 } : { kind: 'content' },
              minSize: '160px',
            },
            {
              id: 'response',
              label: texts.responsePane,
              content: panes.response,
              room: { kind: 'share', share: isSideBySide ? 58 : 1 },
              minSize: isSideBySide ? '160px' : '120px',
            },
          ]}
        />
      </div>
    </>
  );
}
