import { useEffect, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { templateOf } from '../../protocol/template.ts';
import { sendDraft } from '../composer/sendDraft.ts';
import type { Loaded } from '../ui/useLoaded.ts';
import type { Console } from './createConsole.ts';
import {
  ComposerPanel,
  HistoryPanel,
  InspectorPanel,
  LogPanel,
  SavedMessagesPanel,
} from './lazyPanels.tsx';
import type { LearnSide } from './learnSide.ts';
import { loadingMessages } from './loadingMessages.ts';
import { LoadingPanel } from './LoadingPanel.tsx';
import { ReferenceSide } from './ReferenceSide.tsx';
import type { PanelId } from './panelList.ts';
import { maxPayloadBytes as maxPayloadBytesOf } from './serverLimit.ts';
import type { Tab } from './tab.ts';
import { useExport } from './useExport.tsx';

/** Every panel's content, the two parts of the middle, and what lies over the page. */
export type Panels = Readonly<
  Record<Exclude<PanelId, 'compose'> | 'composer' | 'response' | 'dialog', ReactNode>
>;

interface PanelsInput {
  readonly parts: Console;
  readonly tab: Tab;
  readonly theme: 'light' | 'dark';
  readonly learn: Loaded<LearnSide>;
}

/** Wires the features to one another: the only place where they meet. */
export function usePanels({ parts, tab, theme, learn }: PanelsInput): Panels {
  const isNewestFirst = useStore(parts.settings.store, (view) => view.isNewestFirst);
  const maxPayloadBytes = useStore(parts.inspector.store, () => maxPayloadBytesOf(parts.inspector));
  const { connection, draft, log } = tab;
  const exporting = useExport(connection);
  const variables = useStore(connection.store, (view) => view.variables);
  const tutorial = learn.state === 'ready' ? learn.value.tutorial : undefined;
  // Also while the panel is closed: what is typed by hand ticks its steps.
  useEffect(() => tutorial?.follow(connection), [tutorial, connection]);
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
        onSave={(name, text) => {
          const message = { name, text, note: '', folder: '' };
          const saved = parts.saved.save(message, connection.store.getState().variables);
          return saved.ok ? undefined : saved.refusal;
        }}
      />
    ),
    response: (
      <LogPanel
        key={tab.id}
        log={log}
        isNewestFirst={isNewestFirst}
        onEdit={insert}
        onResend={(text) => connection.send(text)}
        onExport={exporting.open}
      />
    ),
    learn:
      learn.state === 'ready' ? (
        <learn.value.Panel
          store={learn.value.tutorial}
          variables={variables}
          onInsert={insert}
          onRun={(text) => {
            insert(text);
            sendDraft(draft, { connection, maxPayloadBytes });
          }}
        />
      ) : (
        <LoadingPanel title={loadingMessages.tutorial} loaded={learn} />
      ),
    reference: (
      <ReferenceSide
        reference={parts.reference}
        draft={draft}
        onInsert={({ text, selection }) => draft.setText(text, selection)}
      />
    ),
    messages: <SavedMessagesPanel saved={parts.saved} onInsert={insert} />,
    history: <HistoryPanel history={parts.history} onInsert={insert} />,
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
    dialog: exporting.dialog,
  };
}
