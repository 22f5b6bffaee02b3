import { useEffect, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { templateOf } from '../../protocol/template.ts';
import { ComposerPanel } from '../composer/ComposerPanel.tsx';
import { SavedMessagesPanel } from '../composer/SavedMessagesPanel.tsx';
import { sendDraft } from '../composer/sendDraft.ts';
import { InspectorPanel } from '../inspector/InspectorPanel.tsx';
import { exportLog } from '../log/exportLog.ts';
import { LogPanel } from '../log/LogPanel.tsx';
import type { EntryAction } from '../log/SelectionBar.tsx';
import { TutorialPanel } from '../tutorial/TutorialPanel.tsx';
import { downloadText } from '../ui/downloadText.ts';
import type { Console } from './createConsole.ts';
import type { Tab } from './tabsStore.ts';

/** Every panel, ready to be put into a layout. */
export interface Panels {
  readonly composer: ReactNode;
  readonly response: ReactNode;
  readonly learn: ReactNode;
  readonly messages: ReactNode;
  readonly sessions: ReactNode;
}

interface PanelsInput {
  readonly parts: Console;
  readonly tab: Tab;
  readonly theme: 'light' | 'dark';
}

/** Until the server has told its own limit. */
const defaultMaxPayloadBytes = 2_097_152;

const ndjsonExport: EntryAction = {
  id: 'ndjson',
  label: 'NDJSON, without tokens',
  run: (entries) => downloadText('seshdeck-log.ndjson', exportLog(entries), 'application/x-ndjson'),
};

/** Wires the features to one another: the only place where they meet. */
export function usePanels({ parts, tab, theme }: PanelsInput): Panels {
  const isNewestFirst = useStore(parts.settings.store, (view) => view.isNewestFirst);
  const maxPayloadBytes = useStore(
    parts.inspector.store,
    (view) => view.server?.maxPayloadBytes ?? defaultMaxPayloadBytes,
  );
  const { connection, draft, log } = tab;
  const hasToken = useStore(connection.store, ({ variables }) => variables.has('tkn'));
  useEffect(() => parts.tutorial.follow(connection), [parts.tutorial, connection]);
  const insert = (text: string) => draft.setText(text, { start: 0, length: 0 });
  return {
    composer: (
      <ComposerPanel
        key={tab.id}
        tabId={tab.id}
        draft={draft}
        connection={connection}
        theme={theme}
        maxPayloadBytes={maxPayloadBytes}
        onSave={(name, text) => parts.saved.save(name, text, connection.store.getState().variables)}
      />
    ),
    response: (
      <LogPanel
        key={tab.id}
        log={log}
        isNewestFirst={isNewestFirst}
        onNewestFirst={(isOn) => parts.settings.change({ isNewestFirst: isOn })}
        exportActions={[ndjsonExport]}
        selectionActions={[{ ...ndjsonExport, label: 'Export as NDJSON, without tokens' }]}
        onEdit={insert}
        onResend={(text) => connection.send(text)}
      />
    ),
    learn: (
      <TutorialPanel
        store={parts.tutorial}
        hasToken={hasToken}
        onInsert={insert}
        onRun={(text) => {
          insert(text);
          sendDraft(draft, { connection, maxPayloadBytes });
        }}
      />
    ),
    messages: <SavedMessagesPanel saved={parts.saved} onInsert={insert} />,
    sessions: (
      <InspectorPanel
        inspector={parts.inspector}
        onInsertTemplate={() => {
          const { text, selection } = templateOf('SH_NEW');
          draft.setText(text, selection);
        }}
        onUseToken={(token, name) => connection.useToken(token, name)}
      />
    ),
  };
}
