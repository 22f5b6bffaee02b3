import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RowChoices, WrittenMessage } from '../connection/page/exchange.ts';
import { texts } from './texts.ts';

/** A dialog over the page. */
export type ShellDialog =
  | { readonly kind: 'palette' }
  | { readonly kind: 'settings'; readonly page: 'general' | 'shortcuts' }
  | { readonly kind: 'connection' }
  | { readonly kind: 'export'; readonly rows: RowChoices }
  | { readonly kind: 'code'; readonly message: WrittenMessage }
  | { readonly kind: 'renameTab'; readonly tabId: string }
  | { readonly kind: 'closeTab'; readonly tabId: string };

/** The side of a panel on a wide page. A narrow page shows one panel at a time. */
export type PanelPlace = 'left' | 'middle' | 'right';

/** Which panels and which dialog are open. */
export interface ShellView {
  readonly left: string | undefined;
  readonly right: string | undefined;
  /** On a wide page the panel on the right has all the room beside the rail. */
  readonly isWidened: boolean;
  /** The one panel of a narrow page. */
  readonly narrow: string;
  readonly dialog: ShellDialog | undefined;
  /** A line about what was just done; a new object each time. */
  readonly notice: Notice | undefined;
}

/** What was just done. */
interface Notice {
  readonly text: string;
  readonly offer?: Offer | undefined;
}

/** A button beside a line. */
interface Offer {
  readonly label: string;
  readonly run: () => void;
  /** The panel that it leads to: once that is shown, there is nothing to offer. */
  readonly panelId?: string;
}

/** Names a panel and its place. */
export interface PanelSpot {
  readonly id: string;
  readonly place: PanelPlace;
}

/** The composer and the response: always shown on a wide page. */
export const composeSpot = { id: 'compose', place: 'middle' } as const satisfies PanelSpot;

/** The state of the frame around the features. Memory only. */
export interface Shell {
  readonly store: StoreApi<ShellView>;
  /** Opens a panel at its side. */
  show: (panel: PanelSpot) => void;
  /** Opens or closes a panel at a side of a wide page. */
  toggle: (panel: PanelSpot) => void;
  /** Gives the panel on the right all the room, until another one is shown or closed. */
  widen: (isWidened: boolean) => void;
  /** Shows the composer. */
  showComposer: () => void;
  openDialog: (dialog: ShellDialog) => void;
  closeDialog: () => void;
  /** Shows a line for a moment, announces it to screen readers, and offers Undo. */
  notify: (text: string, undo?: () => void) => void;
  /** Shows a line with a button that leads to a panel. */
  offerPanel: (text: string, label: string, panel: PanelSpot) => void;
}

export function createShell(): Shell {
  const store = createStore<ShellView>(() => ({
    left: 'learn',
    right: 'sessions',
    isWidened: false,
    narrow: 'learn',
    dialog: undefined,
    notice: undefined,
  }));
  const placed = ({ id, place }: PanelSpot) => (place === 'middle' ? {} : { [place]: id });
  const show = (panel: PanelSpot) =>
    store.setState(({ notice }) => ({
      ...placed(panel),
      narrow: panel.id,
      isWidened: false,
      notice: notice?.offer?.panelId === panel.id ? undefined : notice,
    }));
  return {
    store,
    show,
    showComposer: () => show(composeSpot),
    widen: (isWidened) => store.setState({ isWidened }),
    toggle: ({ id, place }) =>
      store.setState((view) =>
        place === 'middle'
          ? {}
          : { [place]: view[place] === id ? undefined : id, isWidened: false },
      ),
    openDialog: (dialog) => store.setState({ dialog }),
    closeDialog: () => store.setState({ dialog: undefined }),
    notify: (text, undo) =>
      store.setState({ notice: { text, offer: undo && { label: texts.undo, run: undo } } }),
    offerPanel: (text, label, panel) => {
      const offer = { label, panelId: panel.id, run: () => show(panel) };
      store.setState({ notice: { text, offer } });
    },
  };
}
