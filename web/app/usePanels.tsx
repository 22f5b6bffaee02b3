import { useEffect, useMemo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Draft } from '../composer/draft.ts';
import { sendDraft } from '../composer/sendDraft.ts';
import { useLoaded } from '../ui/useLoaded.ts';
import type { Console } from './createConsole.ts';
import {
  ComposerPanel,
  HistoryPanel,
  InspectorPanel,
  LogPanel,
  ReferenceSide,
  SavedMessagesPanel,
} from './lazyPanels.tsx';
import { liveSourcesOf } from './liveSources.ts';
import { loadingMessages } from './loadingMessages.ts';
import { LoadingPanel } from './LoadingPanel.tsx';
import type { Tab } from './tabsStore.ts';
import { useExport } from './useExport.tsx';

/** Every panel, ready to be put into a layout. */
export interface Panels {
  readonly composer: ReactNode;
  readonly response: ReactNode;
  readonly learn: ReactNode;
  readonly reference: ReactNode;
  readonly messages: ReactNode;
  readonly history: ReactNode;
  readonly sessions: ReactNode;
  /** Lies over the page, whatever its layout. */
  readonly dialog: ReactNode;
}

interface PanelsInput {
  readonly parts: Console;
  readonly tab: Tab;
  readonly theme: 'light' | 'dark';
}

/** Until the server has told its own limit. */
const defaultMaxPayloadBytes = 2_097_152;

/** The catalog, with all its words, is no part of what the page begins with. */
async function insertTemplate(draft: Draft): Promise<void> {
  const { templateOf } = await import('../../protocol/template.ts');
  const { text, selection } = templateOf('SH_NEW');
  draft.setText(text, selection);
}

/** Wires the features to one another: the only place where they meet. */
export function usePanels({ parts, tab, theme }: PanelsInput): Panels {
  const isNewestFirst = useStore(parts.settings.store, (view) => view.isNewestFirst);
  const maxPayloadBytes = useStore(
    parts.inspector.store,
    (view) => view.server?.maxPayloadBytes ?? defaultMaxPayloadBytes,
  );
  const { connection, draft, log } = tab;
  const variables = useStore(connection.store, (view) => view.variables);
  const exporting = useExport(connection);
  const learn = useLoaded(parts.loadLearnSide);
  const tutorial = learn.state === 'ready' ? learn.value.tutorial : undefined;
  // Also while the panel is closed: what is typed by hand ticks its steps.
  useEffect(() => tutorial?.follow(connection), [tutorial, connection]);
  const sources = useMemo(() => liveSourcesOf(tab, parts.inspector), [tab, parts.inspector]);
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
        sources={sources}
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
        onNewestFirst={(isOn) => parts.settings.change({ isNewestFirst: isOn })}
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
        onInsertTemplate={() => void insertTemplate(draft)}
        onUseToken={(token, name) => connection.useToken(token, name)}
      />
    ),
    dialog: exporting.dialog,
  };
}
