import type { ComponentType, ReactNode } from 'react';
import type { PanelSpot } from './shellStore.ts';

/** A panel as the rail names it. */
export interface ListedPanel extends PanelSpot {
  readonly label: string;
  readonly icon: ComponentType<{ readonly size: number }>;
}

/** A panel with what it shows; the one in the middle shows the {@link WorkPanes}. */
export interface FilledPanel extends ListedPanel {
  readonly content: ReactNode;
}

/** Where a message is written and answers come. */
export interface WorkPanes {
  readonly composer: ReactNode;
  readonly response: ReactNode;
}
