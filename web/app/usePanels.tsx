import { useEffect, useMemo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Draft } from '../composer/draft.ts';
import type { InspectorView } from '../inspector/inspectorView.ts';
import { useLoaded } from '../ui/useLoaded.ts';
import type { Console } from './createConsole.ts';
import type { InspectionSide } from './inspectionSide.ts';
import { ComposerPanel, LogPanel } from './lazyPanels.tsx';
import { recallIn } from './recallIn.ts';
import { sendFrom } from './sendFrom.ts';
import { liveSourcesOf } from './liveSources.ts';
import { loadingMessages } from './loadingMessages.ts';
import { FetchedPanel } from './FetchedPanel.tsx';
import type { PanelId } from './panelList.ts';
import { maxPayloadBytes as maxPayloadBytesOf } from './serverLimit.ts';
import type { Tab } from './tab.ts';

/** Every panel's content, and the two parts of the middle. */
export type Panels = Readonly<
  Record<Exclude<PanelId, 'compose'> | 'composer' | 'response', ReactNode>
>;

interface PanelsInput {
  readonly parts: Console;
  readonly tab: Tab;
  readonly theme: 'light' | 'dark';
}

/** Until the live sessions are fetched. */
const noServer = createStore<Pick<InspectorView, 'server'>>(() => ({ server: undefined }));

/** Wires the features to one another: the only place where they meet. */
export function usePanels({ parts, tab, theme }: PanelsInput): Panels {
  const isNewestFirst = useStore(parts.settings.store, (view) => view.isNewestFirst);
  const inspection = useLoaded(parts.loadInspectionSide);
  const inspector = inspection.state === 'ready' ? inspection.value.inspector : undefined;
  const maxPayloadBytes = useStore(inspector?.store ?? noServer, maxPayloadBytesOf);
  const { connection, draft, log } = tab;
  const learn = useLoaded(parts.loadLearnSide);
  const library = useLoaded(parts.loadLibrarySide);
  const variables = useStore(connection.store, (view) => view.variables);
  const tutorial = learn.state === 'ready' ? learn.value.tutorial : undefined;
  // Also while the panel is closed: what is typed by hand ticks its steps.
  useEffect(() => tutorial?.follow(connection), [tutorial, connection]);
  const sources = useMemo(() => liveSourcesOf(tab, inspector), [tab, inspector]);
  const insert = (text: string) => draft.setText(text, { start: 0, length: 0 });
  const save = (name: string, text: string) => {
    if (library.state !== 'ready') return loadingMessages.failed;
    const message = { name, text, note: '', folder: '' };
    const saved = library.value.saved.save(message, variables);
    return saved.ok ? undefined : saved.refusal;
  };
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
        onSave={save}
        onRecall={(direction) => recallIn(draft, direction, parts)}
      />
    ),
    response: (
      <LogPanel
        key={tab.id}
        log={log}
        connection={connection}
        isNewestFirst={isNewestFirst}
        onNewestFirst={(isOn) => parts.settings.change({ isNewestFirst: isOn })}
        onCompose={() => putCursorInto(draft)}
        onEdit={insert}
        onExport={(entries) => parts.shell.openDialog({ kind: 'export', entries: [...entries] })}
      />
    ),
    learn: (
      <FetchedPanel title={loadingMessages.tutorial} loaded={learn}>
        {({ tutorial: store, Panel }) => (
          <Panel
            store={store}
            variables={variables}
            onInsert={insert}
            onRun={(text) => {
              insert(text);
              void sendFrom(tab, parts);
            }}
          />
        )}
      </FetchedPanel>
    ),
    reference: <Reference load={parts.loadReferenceSide} draft={draft} />,
    messages: (
      <FetchedPanel title={loadingMessages.messages} loaded={library}>
        {({ saved, SavedMessagesPanel }) => <SavedMessagesPanel saved={saved} onInsert={insert} />}
      </FetchedPanel>
    ),
    history: (
      <FetchedPanel title={loadingMessages.history} loaded={library}>
        {({ history, HistoryPanel }) => <HistoryPanel history={history} onInsert={insert} />}
      </FetchedPanel>
    ),
    sessions: (
      <FetchedPanel title={loadingMessages.sessions} loaded={inspection}>
        {(side) => <Sessions side={side} tab={tab} />}
      </FetchedPanel>
    ),
  };
}

interface SessionsProps {
  readonly side: InspectionSide;
  readonly tab: Tab;
}

function Sessions({ side: { inspector, Panel }, tab: { connection, draft } }: SessionsProps) {
  return (
    <Panel
      inspector={inspector}
      onInsertTemplate={({ text, selection }) => draft.setText(text, selection)}
      onUseToken={(token, name) => connection.useToken(token, name)}
    />
  );
}

/** At the end of the text, as the action of that name does. */
function putCursorInto(draft: Draft): void {
  const { text } = draft.store.getState();
  draft.setText(text, { start: text.length, length: 0 });
}

interface ReferenceProps {
  readonly load: Console['loadReferenceSide'];
  readonly draft: Draft;
}

/** Fetched when it is first shown: most visits do without. */
function Reference({ load, draft }: ReferenceProps) {
  const loaded = useLoaded(load);
  return (
    <FetchedPanel title={loadingMessages.reference} loaded={loaded}>
      {({ reference, Panel }) => (
        <Panel
          reference={reference}
          draft={draft}
          onInsert={({ text, selection }) => draft.setText(text, selection)}
        />
      )}
    </FetchedPanel>
  );
}
