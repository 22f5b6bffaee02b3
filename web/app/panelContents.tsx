import { useStore } from 'zustand';
import type { Inspector } from '../inspector/inspector.ts';
import type { SavedMessage } from '../library/libraryFile.ts';
import { useServer } from '../servers/servers.ts';
import type { Tab } from '../tabs/tab.ts';
import { late, LatePart, useLate } from '../ui/late.tsx';
import { isNarrow } from '../ui/windowSize.ts';
import type { AppParts } from './createParts.ts';
import { panelFrame } from './latePanel.tsx';
import type { PanelContext } from './panelContext.ts';
import { sendFrom } from './sendFrom.ts';
import { texts } from './texts.ts';

const frames = {
  tutorial: panelFrame(texts.tutorialTitle, texts.learn),
  reference: panelFrame(texts.reference),
  messages: panelFrame(texts.messagesTitle, texts.saved),
  history: panelFrame(texts.history),
  sessions: panelFrame(texts.sessions),
};

interface FirstStepsProps extends Pick<PanelContext, 'parts' | 'tab'> {
  readonly inspector: Inspector | undefined;
  readonly onLearn: () => void;
  readonly onInspect: (id: string) => void;
  readonly onActing: (isActing: boolean) => void;
}

/** Over the log, while the server is empty and not for production. A page without it misses nothing that it needs. */
export function FirstSteps({ parts, tab, ...rest }: FirstStepsProps) {
  const loaded = useLate(parts.loadFirstRun);
  const url = useStore(tab.connection.store, (view) => view.url);
  const { mode } = useServer(parts.servers, url);
  if (loaded.state !== 'ready' || mode === 'production') return null;
  const { FirstRun, firstRun } = loaded.value;
  const { connection, draft, log } = tab;
  return (
    <FirstRun
      {...{ firstRun, connection, draft, log, ...rest }}
      onSend={async () => sendFrom(tab, parts)}
      onNotify={parts.shell.notify}
    />
  );
}

const loadOfferReply = late(() => import('./offerReply.ts'));

/** Where the log is another view, the reply is announced; without the code for that it is sent as well. */
async function runStep(tab: Tab, parts: AppParts): Promise<void> {
  if (isNarrow()) {
    const offer = await loadOfferReply().catch(() => undefined);
    offer?.offerReply(tab.connection, parts.shell);
  }
  sendFrom(tab, parts);
}

export function LearnPanel({ parts, tab, tutorial, insert }: PanelContext) {
  const variables = useStore(tab.connection.store, (view) => view.variables);
  return (
    <LatePart loaded={tutorial} frame={frames.tutorial}>
      {({ tutorial: store, Panel }) => (
        <Panel
          store={store}
          variables={variables}
          onInsert={(text) => insert({ text })}
          onRun={(text) => {
            // Without a selection: the focus stays in the lesson, on the way to its next step.
            tab.draft.setMessage({ text, isLiteral: false });
            void runStep(tab, parts);
          }}
        />
      )}
    </LatePart>
  );
}

/** Loaded when it is first shown: most visits do without. */
export function ReferencePanel({ parts, tab: { draft } }: PanelContext) {
  const loaded = useLate(parts.loadReference);
  return (
    <LatePart loaded={loaded} frame={frames.reference}>
      {({ Panel, ...feature }) => (
        <Panel
          {...feature}
          draft={draft}
          onInsert={({ text, selection }) =>
            draft.setMessage({ text, isLiteral: false }, selection)
          }
        />
      )}
    </LatePart>
  );
}

export function MessagesPanel({ parts, tab, library, insert }: PanelContext) {
  const open = ({ id, ...message }: SavedMessage) => insert({ ...message, savedId: id });
  const send = (message: SavedMessage) => {
    open(message);
    // There it says what holds a message back.
    parts.shell.showComposer();
    sendFrom(tab, parts);
  };
  return (
    <LatePart loaded={library} frame={frames.messages}>
      {({ saved, SavedMessagesPanel }) => (
        <SavedMessagesPanel saved={saved} onInsert={open} onSend={send} />
      )}
    </LatePart>
  );
}

export function HistoryPanel({ library, insert }: PanelContext) {
  return (
    <LatePart loaded={library} frame={frames.history}>
      {({ history, HistoryPanel: Panel }) => <Panel history={history} onInsert={insert} />}
    </LatePart>
  );
}

export function SessionsPanel({ parts, tab, inspection }: PanelContext) {
  const { shell } = parts;
  const isWidened = useStore(shell.store, (view) => view.isWidened);
  useStore(parts.servers.known.store);
  const serverOf = parts.servers.of;
  return (
    <LatePart loaded={inspection} frame={frames.sessions}>
      {({ servers, Panel }) => <Panel {...{ servers, tab, isWidened, serverOf }} page={shell} />}
    </LatePart>
  );
}
