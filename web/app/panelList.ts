import {
  BookOpen,
  Bookmark,
  Database,
  History,
  LibraryBig,
  SendHorizontal,
} from '../ui/firstIcons.tsx';
import { messages as say } from './messages.ts';
import type { PanelSpot } from './shellStore.ts';

interface ListedPanel extends PanelSpot {
  readonly label: string;
  readonly icon: typeof BookOpen;
}

/** Where a message is written and answers come: always there on a wide page. */
export const composePanel = {
  id: 'compose',
  place: 'middle',
  label: say.compose,
  icon: SendHorizontal,
} as const satisfies ListedPanel;

/** Every panel, in the order of the rail. A new one is a line here and its content in `usePanels`. */
export const panels = [
  { id: 'learn', place: 'left', label: say.learn, icon: BookOpen },
  composePanel,
  { id: 'reference', place: 'left', label: say.reference, icon: LibraryBig },
  { id: 'messages', place: 'left', label: say.savedMessages, icon: Bookmark },
  { id: 'history', place: 'left', label: say.history, icon: History },
  { id: 'sessions', place: 'right', label: say.sessions, icon: Database },
] as const satisfies readonly ListedPanel[];

export type PanelId = (typeof panels)[number]['id'];
