import type { ReactNode } from 'react';
import type { ListedPanel } from '../layout/panel.ts';
import { composeSpot } from '../layout/shellStore.ts';
import {
  BookOpen,
  Bookmark,
  Database,
  History,
  LibraryBig,
  SendHorizontal,
} from '../ui/firstIcons.tsx';
import { latePanel } from './latePanel.tsx';
import type { PanelContext } from './panelContext.ts';
import { texts } from './texts.ts';

interface Panel extends ListedPanel {
  /** Absent: the composer and the response. */
  readonly Content?: (context: PanelContext) => ReactNode;
}

const LearnPanel = latePanel(
  texts.tutorialTitle,
  async () => (await import('./panelContents.tsx')).LearnPanel,
  texts.learn,
);
const ReferencePanel = latePanel(
  texts.reference,
  async () => (await import('./panelContents.tsx')).ReferencePanel,
);
const MessagesPanel = latePanel(
  texts.messagesTitle,
  async () => (await import('./panelContents.tsx')).MessagesPanel,
  texts.saved,
);
const HistoryPanel = latePanel(
  texts.history,
  async () => (await import('./panelContents.tsx')).HistoryPanel,
);
export const SessionsPanel = latePanel(
  texts.sessions,
  async () => (await import('./panelContents.tsx')).SessionsPanel,
);

export const learnPanel: Panel = {
  id: 'learn',
  place: 'left',
  label: texts.learn,
  icon: BookOpen,
  Content: LearnPanel,
};

export const referencePanel: Panel = {
  id: 'reference',
  place: 'left',
  label: texts.reference,
  icon: LibraryBig,
  Content: ReferencePanel,
};

export const sessionsPanel: Panel = {
  id: 'sessions',
  place: 'right',
  label: texts.sessions,
  icon: Database,
  Content: SessionsPanel,
};

/**
 * Every panel, in the order of the rail. A new one is a line here; its content may be a `latePanel`
 * that takes what it needs of the context.
 */
export const panels: readonly Panel[] = [
  learnPanel,
  { ...composeSpot, label: texts.compose, icon: SendHorizontal },
  referencePanel,
  {
    id: 'messages',
    place: 'left',
    label: texts.saved,
    icon: Bookmark,
    Content: MessagesPanel,
  },
  { id: 'history', place: 'left', label: texts.history, icon: History, Content: HistoryPanel },
  sessionsPanel,
];
