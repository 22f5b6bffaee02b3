import type { SetTimer } from '../../protocol/clock.ts';
import type { Draft } from '../composer/draft.ts';
import type { CommandName } from '../../protocol/commands/catalog.ts';
import { createHistory, recentCommands, type History } from './history.ts';
import { HistoryPanel } from './HistoryPanel.tsx';
import { recallMessage, type RecallDirection } from './recall.ts';
import { createSavedMessages, type SavedMessages } from './savedMessages.ts';
import { SavedMessagesPanel } from './SavedMessagesPanel.tsx';
import type { HiddenTokens } from '../connection/page/hiddenTokens.ts';
import type { StoredText } from '../ui/stored.ts';

/** Saved messages and history: a separate chunk, fetched right after the first paint. */
export interface LibraryFeature {
  readonly saved: SavedMessages;
  readonly history: History;
  /** Commands that were sent last, newest first. */
  readonly recentCommands: () => readonly CommandName[];
  /** Steps through the history in a draft. @returns False when there is nothing to step to. */
  readonly recall: (draft: Draft, direction: RecallDirection) => boolean;
  readonly SavedMessagesPanel: typeof SavedMessagesPanel;
  readonly HistoryPanel: typeof HistoryPanel;
}

interface LibraryDeps {
  readonly storedText: (name: string) => StoredText;
  readonly hidden: HiddenTokens;
  /** @returns The function that stops the timer. */
  readonly setTimer: SetTimer;
}

/** Makes the library of this page. */
export function createLibraryFeature({
  storedText,
  hidden,
  setTimer,
}: LibraryDeps): LibraryFeature {
  const history = createHistory({ stored: storedText('history'), hidden, setTimer });
  window.addEventListener('pagehide', history.flush);
  const saved = createSavedMessages({
    stored: storedText('messages'),
    hidden,
    newId: () => crypto.randomUUID(),
  });
  return {
    saved,
    history,
    recentCommands: () => recentCommands(history.store.getState()),
    recall: (draft, direction) => recallMessage(draft, history.store.getState().sent, direction),
    SavedMessagesPanel,
    HistoryPanel,
  };
}
