import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RowChoices } from '../connection/page/exchange.ts';

/** What lies over the page. */
export type ShellDialog =
  | { readonly kind: 'palette' }
  | { readonly kind: 'settings'; readonly page: 'general' | 'shortcuts' }
  | { readonly kind: 'connection' }
  | { readonly kind: 'export'; readonly rows: RowChoices }
  | { readonly kind: 'renameTab'; readonly tabId: string }
  | { readonly kind: 'closeTab'; readonly tabId: string };

/** Where on the page a panel has its place. On a narrow one there is a single place. */
export type PanelPlace = 'left' | 'middle' | 'right';

/** Which panels are open, and what lies over them. */
export interface ShellView {
  readonly left: string | undefined;
  readonly right: string | undefined;
  /** The one panel of a narrow page. */
  readonly narrow: string;
  readonly dialog: ShellDialog | undefined;
  /** A line about what was just done; a new object each time. */
  readonly notice: Notice | undefined;
}

/** What was just done. */
interface Notice {
  readonly text: string;
  readonly undo?: (() => void) | undefined;
}

/** Names a panel and its place. */
export interface PanelSpot {
  readonly id: string;
  readonly place: PanelPlace;
}

/** Where messages are written: always there on a wide page. */
export const composeSpot = { id: 'compose', place: 'middle' } as const satisfies PanelSpot;

/** The state of the frame around the features. Memory only. */
export interface Shell {
  readonly store: StoreApi<ShellView>;
  /** Opens a panel wherever it has its place. */
  show: (panel: PanelSpot) => void;
  /** Opens or closes a panel at a side of a wide page. */
  toggle: (panel: PanelSpot) => void;
  /** Shows where messages are written. */
  showComposer: () => void;
  openDialog: (dialog: ShellDialog) => void;
  closeDialog: () => void;
  /** Says a line for a moment, also to a screen reader, and offers to undo what it is about. */
  notify: (text: string, undo?: () => void) => void;
}

export function createShell(): Shell {
  const store = createStore<ShellView>(() => ({
    left: 'learn',
    right: 'sessions',
    narrow: 'learn',
    dialog: undefined,
    notice: undefined,
  }));
  const placed = ({ id, place }: PanelSpot) => (place === 'middle' ? {} : { [place]: id });
  const show = (panel: PanelSpot) => store.setState({ ...placed(panel), narrow: panel.id });
  return {
    store,
    show,
    showComposer: () => show(composeSpot),
    toggle: ({ id, place }) =>
      store.setState((view) =>
        place === 'middle' ? {} : { [place]: view[place] === id ? undefined : id },
      ),
    openDialog: (dialog) => store.setState({ dialog }),
    closeDialog: () => store.setState({ dialog: undefined }),
    notify: (text, undo) => store.setState({ notice: { text, undo } }),
  };
}
