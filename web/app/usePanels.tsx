import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Draft } from '../composer/draft.ts';
import type { LiveSources } from '../composer/liveSources.ts';
import type { Connection } from '../connection/page/connection.ts';
import type { WrittenMessage } from '../connection/page/exchange.ts';
import type { StoreSource } from '../connectionBar/storeSource.ts';
import type { Inspector } from '../inspector/inspector.ts';
import type { TutorialStore } from '../tutorial/tutorialStore.ts';
import {
  maxPayloadBytes as maxPayloadBytesOf,
  type InspectorView,
} from '../inspector/inspectorView.ts';
import type { FilledPanel, WorkPanes } from '../layout/panel.ts';
import type { LibraryFeature } from '../library/libraryFeature.ts';
import type { LibraryView } from '../library/savedMessages.ts';
import { recallIn } from '../library/recallIn.ts';
import type { Saving } from '../composer/saving.ts';
import { refused } from '../../protocol/result.ts';
import type { Tab } from '../tabs/tab.ts';
import { useLate, type Loaded } from '../ui/late.tsx';
import { uiTexts } from '../ui/uiTexts.ts';
import type { AppParts } from './createParts.ts';
import { FirstSteps, latePanel, type InsertedMessage } from './panelContents.tsx';
import { learnPanel, panels, referencePanel, sessionsPanel } from './panelList.ts';
import { texts } from './texts.ts';

const ComposerPanel = latePanel(
  texts.composerTitle,
  async () => (await import('../composer/ComposerPanel.tsx')).ComposerPanel,
);

const LogPanel = latePanel(
  texts.responseTitle,
  async () => (await import('../log/LogPanel.tsx')).LogPanel,
);

/** All that the layouts show. */
interface Panels {
  readonly panels: readonly FilledPanel[];
  readonly panes: WorkPanes;
  readonly storeSource: StoreSource;
}

interface PanelsInput {
  readonly parts: AppParts;
  readonly tab: Tab;
  readonly theme: 'light' | 'dark';
}

/** Until the live sessions are fetched. */
export const noServer = createStore<Pick<InspectorView, 'server' | 'store'>>(() => ({
  server: undefined,
  store: undefined,
}));

/** Wires the features to one another: the only place where they meet. */
export function usePanels({ parts, tab, theme }: PanelsInput): Panels {
  const isNewestFirst = useStore(parts.settings.store, (view) => view.isNewestFirst);
  const isOneRow = useStore(parts.settings.store, (view) => view.isOneRow);
  const { connection, draft, log } = tab;
  const { inspection, inspector, maxPayloadBytes, storeSource } = useInspection(parts, connection);
  const tutorial = useLate(parts.loadTutorial);
  const library = useLate(parts.loadLibrary);
  const steps = tutorial.state === 'ready' ? tutorial.value.tutorial : undefined;
  // What the page sends without anybody having written it ticks no steps.
  const [isActing, setActing] = useState(false);
  useTickedSteps(steps, { connection: isActing ? undefined : connection, inspector });
  const sources = useMemo(() => liveSourcesOf(tab, parts, inspector), [tab, parts, inspector]);
  const insert = ({ text, isLiteral = false, savedId }: InsertedMessage) =>
    draft.setMessage({ text, isLiteral, savedId }, { start: 0, length: 0 });
  const saving = useSaving(library, connection);
  const showCode = (message: WrittenMessage) => parts.shell.openDialog({ kind: 'code', message });
  const panes = {
    composer: (
      <ComposerPanel
        key={tab.id}
        tabId={tab.id}
        draft={draft}
        connection={connection}
        theme={theme}
        maxPayloadBytes={maxPayloadBytes}
        sources={sources}
        recentCommands={() => parts.library()?.recentCommands() ?? []}
        saving={saving}
        onCode={showCode}
        onReference={(name) => {
          parts.shell.show(referencePanel);
          void parts.loadReference().then(
            ({ reference }) => reference.choose(name),
            () => parts.shell.notify(uiTexts.notLoaded),
          );
        }}
        onRecall={(direction) =>
          recallIn(draft, direction, { ...parts, notify: parts.shell.notify })
        }
      />
    ),
    response: (
      <div className="response-pane">
        <LogPanel
          key={tab.id}
          log={log}
          connection={connection}
          isNewestFirst={isNewestFirst}
          onNewestFirst={(isOn) => parts.settings.change({ isNewestFirst: isOn })}
          rowKind={isOneRow ? 'exchange' : 'message'}
          onRowKind={(kind) => parts.settings.change({ isOneRow: kind === 'exchange' })}
          onCompose={() => putCursorInto(draft)}
          // What went over the wire has no variables any more.
          onEdit={(text) => insert({ text, isLiteral: text.includes('{{') })}
          onCode={showCode}
          onExport={(rows) => parts.shell.openDialog({ kind: 'export', rows })}
        />
        <FirstSteps
          {...{ parts, tab, inspector }}
          onActing={setActing}
          onLearn={() => parts.shell.show(learnPanel)}
          onInspect={(id) => {
            parts.shell.show(sessionsPanel);
            inspector?.watch(id);
          }}
        />
      </div>
    ),
  };
  const context = { parts, tab, tutorial, library, inspection, insert };
  return {
    panels: panels.map(({ Content, ...panel }) => ({
      ...panel,
      content: Content && <Content {...context} />,
    })),
    panes,
    storeSource,
  };
}

const noMessages = createStore<LibraryView>(() => ({
  isStored: true,
  folders: [],
  messages: [],
}));

/** How the composer keeps messages. */
function useSaving(library: Loaded<LibraryFeature>, connection: Connection): Saving {
  const saved = library.state === 'ready' ? library.value.saved : undefined;
  const { folders, messages } = useStore(saved?.store ?? noMessages);
  const variables = () => connection.store.getState().variables;
  return {
    folders,
    find: (id) => messages.find((each) => each.id === id),
    save: (details, message) =>
      saved?.save({ ...details, ...message, note: '' }, variables()) ?? refused(uiTexts.notLoaded),
    update: (id, details, message) =>
      saved?.update(id, { ...details, ...message }, variables()) ?? (() => {}),
  };
}

interface Acted {
  readonly connection: Connection | undefined;
  readonly inspector: Inspector | undefined;
}

/** Ticks steps of the lesson by what is done, also while its panel is closed. */
function useTickedSteps(steps: TutorialStore | undefined, { connection, inspector }: Acted): void {
  useEffect(() => connection && steps?.follow(connection), [steps, connection]);
  useEffect(() => {
    return inspector?.add({
      receive: ({ type }) => {
        if (type === 'acted') steps?.noticeAct();
      },
    });
  }, [steps, inspector]);
}

/** The live sessions of the server that a connection reaches. */
function useInspection({ loadInspector }: AppParts, connection: Connection) {
  const inspection = useLate(loadInspector);
  const servers = inspection.state === 'ready' ? inspection.value.servers : undefined;
  const inspector = useStore(connection.store, () => servers?.reachedBy(connection));
  // Also while the panel is closed: completion asks about live sessions.
  useEffect(() => inspector?.start(), [inspector]);
  const storeSource = inspector?.store ?? noServer;
  const maxPayloadBytes = useStore(storeSource, maxPayloadBytesOf);
  return { inspection, inspector, maxPayloadBytes, storeSource };
}

/** At the end of the text, as the action of that name does. */
function putCursorInto(draft: Draft): void {
  const { text } = draft.store.getState();
  draft.setText(text, { start: text.length, length: 0 });
}

/** What the composer may ask; without an inspector nothing is known of live sessions. */
function liveSourcesOf(
  { connection, log }: Tab,
  { shell }: AppParts,
  inspector?: Inspector,
): LiveSources {
  return {
    keysOf: async (token) => {
      const peeked = await inspector?.questions.peek(token);
      return peeked?.isLiving === false ? [] : peeked?.keys;
    },
    isLiving: async (token) => (await inspector?.questions.peek(token))?.isLiving,
    sessions: () => inspector?.sessions() ?? [],
    hasOlder: () =>
      inspector !== undefined &&
      inspector.store.getState().totalSessions > inspector.sessions().length,
    sessionOf: async (token) => (await inspector?.questions.peek(token))?.session,
    learnToken: async ({ id, name }, variable) => {
      const { url } = connection.store.getState();
      const token = await inspector?.questions.askToken(id);
      // A token of one server is of no use at another.
      if (token === undefined || connection.store.getState().url !== url) return false;
      // With its name, so that the chip can say whose token it is.
      if (variable === 'tkn') connection.variables.useToken(token, name);
      else connection.variables.set(variable, token);
      return true;
    },
    showSession: ({ id }) => {
      shell.show(sessionsPanel);
      inspector?.watch(id);
    },
    entries: () => log.all(),
  };
}
