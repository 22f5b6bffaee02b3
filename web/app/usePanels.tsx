import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Connection } from '../connection/page/connection.ts';
import type { StoreSource } from '../connectionBar/storeSource.ts';
import type { Inspector } from '../inspector/inspector.ts';
import type { TutorialStore } from '../tutorial/tutorialStore.ts';
import type { InspectorView } from '../inspector/inspectorView.ts';
import { maxPayloadBytes as maxPayloadBytesOf } from '../inspector/maxPayloadBytes.ts';
import type { FilledPanel, WorkPanes } from '../layout/panel.ts';
import type { Tab } from '../tabs/tab.ts';
import { useLate } from '../ui/late.tsx';
import type { AppParts } from './createParts.ts';
import { latePanel } from './latePanel.tsx';
import type { InsertedMessage } from './panelContext.ts';
import { panels } from './panelList.ts';
import { texts } from './texts.ts';

const ComposerPane = latePanel(
  texts.composerTitle,
  async () => (await import('./workPanes.tsx')).ComposerPane,
);
const ResponsePane = latePanel(
  texts.responseTitle,
  async () => (await import('./workPanes.tsx')).ResponsePane,
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
  const { connection, draft } = tab;
  const { inspection, inspector, maxPayloadBytes, storeSource } = useInspection(parts, connection);
  const tutorial = useLate(parts.loadTutorial);
  const library = useLate(parts.loadLibrary);
  const steps = tutorial.state === 'ready' ? tutorial.value.tutorial : undefined;
  // What the page sends without anybody having written it ticks no steps.
  const [isActing, setActing] = useState(false);
  useTickedSteps(steps, { connection: isActing ? undefined : connection, inspector });
  const insert = ({ text, isLiteral = false, savedId }: InsertedMessage) =>
    draft.setMessage({ text, isLiteral, savedId }, { start: 0, length: 0 });
  const context = { parts, tab, tutorial, library, inspection, insert };
  const work = { ...context, theme, inspector, maxPayloadBytes, onActing: setActing };
  return {
    panels: panels.map(({ Content, ...panel }) => ({
      ...panel,
      content: Content && <Content {...context} />,
    })),
    panes: { composer: <ComposerPane {...work} />, response: <ResponsePane {...work} /> },
    storeSource,
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
