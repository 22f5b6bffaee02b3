import { useMemo } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Draft } from '../composer/draft.ts';
import type { LiveSources } from '../composer/liveSources.ts';
import type { Saving } from '../composer/saving.ts';
import type { Connection } from '../connection/page/connection.ts';
import type { WrittenMessage } from '../connection/page/exchange.ts';
import type { Inspector } from '../inspector/inspector.ts';
import type { LibraryFeature } from '../library/libraryFeature.ts';
import { recallIn } from '../library/recallIn.ts';
import type { LibraryView } from '../library/savedMessages.ts';
import { refused } from '../../protocol/result.ts';
import type { Tab } from '../tabs/tab.ts';
import type { Loaded } from '../ui/late.tsx';
import { uiTexts } from '../ui/uiTexts.ts';
import type { AppParts } from './createParts.ts';
import { FirstSteps } from './panelContents.tsx';
import type { WorkContext } from './panelContext.ts';
import { learnPanel, referencePanel, sessionsPanel } from './panelList.ts';
import { ComposerPanel, LogPanel } from './workPanels.ts';

/** Where messages are written. */
export function ComposerPane(context: WorkContext) {
  const { parts, tab, theme, library, inspector, maxPayloadBytes } = context;
  const { connection, draft } = tab;
  const sources = useMemo(() => liveSourcesOf(tab, parts, inspector), [tab, parts, inspector]);
  const saving = useSaving(library, connection);
  return (
    <ComposerPanel
      key={tab.id}
      tabId={tab.id}
      draft={draft}
      connection={connection}
      theme={theme}
      maxPayloadBytes={maxPayloadBytes}
      sources={sources}
      recentCommands={library.state === 'ready' ? library.value.recentCommands : undefined}
      saving={saving}
      onCode={showCodeIn(parts)}
      onReference={(name) => {
        parts.shell.show(referencePanel);
        void parts.loadReference().then(
          ({ reference }) => reference.choose(name),
          () => parts.shell.notify(uiTexts.notLoaded),
        );
      }}
      onRecall={(direction) => recallIn(draft, direction, { ...parts, notify: parts.shell.notify })}
    />
  );
}

/** Where replies come, and what an empty server offers. */
export function ResponsePane(context: WorkContext) {
  const { parts, tab, inspector, insert, onActing } = context;
  const { connection, draft, log } = tab;
  const isNewestFirst = useStore(parts.settings.store, (view) => view.isNewestFirst);
  const isOneRow = useStore(parts.settings.store, (view) => view.isOneRow);
  return (
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
        onCode={showCodeIn(parts)}
        onExport={(rows) => parts.shell.openDialog({ kind: 'export', rows })}
      />
      <FirstSteps
        {...{ parts, tab, inspector }}
        onActing={onActing}
        onLearn={() => parts.shell.show(learnPanel)}
        onInspect={(id) => {
          parts.shell.show(sessionsPanel);
          inspector?.watch(id);
        }}
      />
    </div>
  );
}

function showCodeIn({ shell }: AppParts) {
  return (message: WrittenMessage) => shell.openDialog({ kind: 'code', message });
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
