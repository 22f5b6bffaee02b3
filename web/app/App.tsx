import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { ActionsContext } from '../ui/action.ts';
import { lateView } from '../ui/late.tsx';
import { useWindowSize } from '../ui/windowSize.ts';
import type { FirstActions } from './actions.ts';
import { ConnectionTabs } from '../tabs/ConnectionTabs.tsx';
import type { AppParts } from './createParts.ts';
import { texts } from './texts.ts';
import { NarrowLayout } from '../layout/NarrowLayout.tsx';
import { Overlays, prefetchDialogs } from './Overlays.tsx';
import { Rail } from '../layout/Rail.tsx';
import { useServerParts } from './serverParts.tsx';
import { withChoices } from '../settings/shortcutChoices.ts';
import { listenForShortcuts } from '../layout/listenForShortcuts.ts';
import { Toast } from '../layout/Toast.tsx';
import { TopBar } from './TopBar.tsx';
import { learnPanel, SessionsPanel } from './panelList.ts';
import { usePanels } from './usePanels.tsx';
import { useTheme } from '../settings/useTheme.ts';
import { useTwoPane } from '../settings/twoPane.ts';
import { ComposerPanel, LogPanel } from './workPanels.ts';
import { WideLayout } from '../layout/WideLayout.tsx';
import './App.css';
import './print.css';

/** Loaded right after the first paint, so that they are there when the server is not. */
const ConnectionNotice = lateView(
  async () => (await import('../connectionBar/ConnectionNotice.tsx')).ConnectionNotice,
  { waiting: null },
);
const StoreNotice = lateView(
  async () => (await import('../connectionBar/StoreNotice.tsx')).StoreNotice,
  { waiting: null },
);
const StorageNotices = lateView(
  async () => (await import('../settings/StorageNotices.tsx')).StorageNotices,
  {
    waiting: null,
  },
);

/** Loaded when the panel of the lesson is closed. */
const LessonBar = lateView(async () => (await import('./LessonBar.tsx')).LessonBar, {
  waiting: null,
});

/** Fetched at once, beside what shows them. */
const firstLater = [ComposerPanel, LogPanel, SessionsPanel, ConnectionNotice, StorageNotices];

/** The first paint and the panels come first. */
const prefetchAfterMs = 1000;

interface AppProps {
  readonly parts: AppParts;
  readonly actions: FirstActions;
}

/** The page: bar, tabs, panels. */
export function App({ parts, actions: usual }: AppProps) {
  const choices = useStore(parts.shortcuts.store);
  const actions = useMemo(() => withChoices(usual, choices), [usual, choices]);
  const { tabs, settings, shell } = parts;
  const { tabs: open, activeId } = useStore(tabs.store);
  const tab = open.find(({ id }) => id === activeId) ?? tabs.active();
  const theme = useTheme(settings);
  const isTwoPane = useTwoPane(settings);
  const windowSize = useWindowSize();
  const isWide = windowSize !== 'narrow';
  const hasNotices = useStore(parts.storage.store, (view) => view.notices.length > 0);
  const { panels, panes, storeSource } = usePanels({ parts, tab, theme });
  const isLearning = useStore(
    shell.store,
    (view) => (isWide ? view.left : view.narrow) === learnPanel.id,
  );
  const isRefusing = useStore(storeSource, ({ store }) => store?.state === 'refusing');
  const servers = useServerParts(parts, tab, storeSource);
  const tabStrip = (
    <>
      <ConnectionTabs {...{ parts, actions, sign: servers.sign }} panelId="connection-panel" />
      {!isLearning && <LessonBar parts={parts} />}
    </>
  );
  const layout = { panels, panes, shell, tabStrip, paneSizes: parts.paneSizes };

  useEffect(() => {
    const list = () => withChoices(parts.registry.actions.list(), choices);
    return listenForShortcuts(list, shell);
  }, [parts, choices, shell]);
  useEffect(() => {
    for (const { load } of firstLater) load().catch(() => {});
    const timer = setTimeout(() => prefetchDialogs(parts), prefetchAfterMs);
    return () => clearTimeout(timer);
  }, [parts]);

  return (
    <ActionsContext value={parts.registry}>
      <div className="app">
        <button type="button" className="skip-link" onClick={() => actions.goToComposer.run()}>
          {texts.skipToComposer}
        </button>
        {isLearning && (
          <button
            type="button"
            className="skip-link"
            onClick={() => parts.registry.actions.list()['tutorial.goToLesson']?.run()}
          >
            {texts.skipToLesson}
          </button>
        )}
        <TopBar
          connection={tab.connection}
          actions={actions}
          theme={theme}
          onApproach={() => prefetchDialogs(parts)}
          notice={<ConnectionNotice connection={tab.connection} />}
          {...servers.bar}
        />
        {isRefusing && <StoreNotice source={storeSource} />}
        {hasNotices && <StorageNotices storage={parts.storage} />}
        {isWide ? (
          <div className="app-body">
            <Rail panels={panels} shell={shell} />
            <WideLayout {...{ ...layout, isTwoPane, windowSize }} />
          </div>
        ) : (
          <NarrowLayout {...layout} />
        )}
        <Overlays parts={parts} />
        {servers.question}
        <Toast shell={shell} />
      </div>
    </ActionsContext>
  );
}
