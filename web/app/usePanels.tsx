import { useEffect, useMemo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Draft } from '../composer/draft.ts';
import type { WrittenMessage } from '../connection/page/exchange.ts';
import type { InspectorView } from '../inspector/inspectorView.ts';
import type { Connection } from '../connection/page/connection.ts';
import { LatePart, useLate } from '../ui/late.tsx';
import { messages as texts } from '../ui/uiMessages.ts';
import type { Console } from './createConsole.ts';
import { ComposerPanel, LogPanel, panelFrame } from './latePanels.tsx';
import { recallIn } from './recallIn.ts';
import { sendFrom } from './sendFrom.ts';
import { liveSourcesOf } from './liveSources.ts';
import type { PanelId } from './panelList.ts';
import { panelTitles } from './panelTitles.ts';
import { maxPayloadBytes as maxPayloadBytesOf } from './serverLimit.ts';
import type { Tab } from './tab.ts';

const frames = {
  tutorial: panelFrame(panelTitles.tutorial),
  reference: panelFrame(panelTitles.reference),
  messages: panelFrame(panelTitles.messages),
  history: panelFrame(panelTitles.history),
  sessions: panelFrame(panelTitles.sessions),
};

/** Every panel's content, and the two parts of the middle. */
export type Panels = Readonly<
  Record<Exclude<PanelId, 'compose'> | 'composer' | 'response', ReactNode>
>;

interface PanelsInput {
  readonly parts: Console;
  readonly tab: Tab;
  readonly theme: 'light' | 'dark';
}

/** A message from elsewhere; its variables are on unless it says otherwise. */
type InsertedMessage = Pick<WrittenMessage, 'text'> & {
  readonly isLiteral?: boolean | undefined;
};

/** Until the live sessions are fetched. */
const noServer = createStore<Pick<InspectorView, 'server'>>(() => ({ server: undefined }));

/** Wires the features to one another: the only place where they meet. */
export function usePanels({ parts, tab, theme }: PanelsInput): Panels {
  const isNewestFirst = useStore(parts.settings.store, (view) => view.isNewestFirst);
  const { connection, draft, log } = tab;
  const { inspection, inspector, maxPayloadBytes } = useInspection(parts, connection);
  const learn = useLate(parts.loadLearnSide);
  const library = useLate(parts.loadLibrarySide);
  const variables = useStore(connection.store, (view) => view.variables);
  const tutorial = learn.state === 'ready' ? learn.value.tutorial : undefined;
  // Also while the panel is closed: what is typed by hand ticks its steps.
  useEffect(() => tutorial?.follow(connection), [tutorial, connection]);
  const sources = useMemo(() => liveSourcesOf(tab, inspector), [tab, inspector]);
  const insert = ({ text, isLiteral = false }: InsertedMessage) =>
    draft.setMessage({ text, isLiteral }, { start: 0, length: 0 });
  const save = (name: string, { text, isLiteral }: WrittenMessage) => {
    if (library.state !== 'ready') return texts.notLoaded;
    const message = { name, text, isLiteral, note: '', folder: '' };
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
        // What went over the wire has no variables any more.
        onEdit={(text) => insert({ text, isLiteral: text.includes('{{') })}
        onExport={(rows) => parts.shell.openDialog({ kind: 'export', rows })}
      />
    ),
    learn: (
      <LatePart loaded={learn} frame={frames.tutorial}>
        {({ tutorial: store, Panel }) => (
          <Panel
            store={store}
            variables={variables}
            onInsert={(text) => insert({ text })}
            onRun={(text) => {
              insert({ text });
              void sendFrom(tab, parts);
            }}
          />
        )}
      </LatePart>
    ),
    reference: <Reference load={parts.loadReferenceSide} draft={draft} />,
    messages: (
      <LatePart loaded={library} frame={frames.messages}>
        {({ saved, SavedMessagesPanel }) => <SavedMessagesPanel saved={saved} onInsert={insert} />}
      </LatePart>
    ),
    history: (
      <LatePart loaded={library} frame={frames.history}>
        {({ history, HistoryPanel }) => <HistoryPanel history={history} onInsert={insert} />}
      </LatePart>
    ),
    sessions: (
      <LatePart loaded={inspection} frame={frames.sessions}>
        {({ servers, Panel }) => <Panel servers={servers} tab={tab} shell={parts.shell} />}
      </LatePart>
    ),
  };
}

/** The live sessions of the server that a connection reaches. */
function useInspection({ loadInspectionSide }: Console, connection: Connection) {
  const inspection = useLate(loadInspectionSide);
  const servers = inspection.state === 'ready' ? inspection.value.servers : undefined;
  const inspector = useStore(connection.store, () => servers?.reachedBy(connection));
  // Also while the panel is closed: completion asks about live sessions.
  useEffect(() => inspector?.start(), [inspector]);
  const maxPayloadBytes = useStore(inspector?.store ?? noServer, maxPayloadBytesOf);
  return { inspection, inspector, maxPayloadBytes };
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

/** Loaded when it is first shown: most visits do without. */
function Reference({ load, draft }: ReferenceProps) {
  const loaded = useLate(load);
  return (
    <LatePart loaded={loaded} frame={frames.reference}>
      {({ reference, Panel }) => (
        <Panel
          reference={reference}
          draft={draft}
          onInsert={({ text, selection }) =>
            draft.setMessage({ text, isLiteral: false }, selection)
          }
        />
      )}
    </LatePart>
  );
}
