import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { lateView } from '../ui/late.tsx';
import { useMediaQuery } from '../ui/useMediaQuery.ts';
import type { Actions } from './actions.ts';
import { ConnectionNotice } from './ConnectionBar.tsx';
import { ConnectionTabs } from './ConnectionTabs.tsx';
import type { Console } from './createConsole.ts';
import { messages as say } from './messages.ts';
import { NarrowLayout } from './NarrowLayout.tsx';
import { Overlays, prefetchDialogs } from './Overlays.tsx';
import { Rail } from './Rail.tsx';
import { withChoices } from './shortcutChoices.ts';
import { listenForShortcuts } from './shortcuts.ts';
import { Toast } from './Toast.tsx';
import { TopBar } from './TopBar.tsx';
import { usePanels } from './usePanels.tsx';
import { useTheme } from './useTheme.ts';
import { WideLayout } from './WideLayout.tsx';
import './App.css';

/** Width from which the panels stand side by side. */
const wideQuery = '(min-width: 900px)';

/** Loaded right after the first paint, so that they are there when the server is not. */
const StorageNotices = lateView(async () => (await import('./StorageNotices.tsx')).StorageNotices, {
  waiting: null,
});

/** The first paint and the panels come first. */
const prefetchAfterMs = 1000;

interface AppProps {
  readonly console: Console;
  readonly actions: Actions;
}

/** The page: bar, tabs, panels. */
export function App({ console: parts, actions: usual }: AppProps) {
  const choices = useStore(parts.shortcuts.store);
  const actions = useMemo(() => withChoices(usual, choices), [usual, choices]);
  const { tabs, settings, shell } = parts;
  const { tabs: open, activeId } = useStore(tabs.store);
  const tab = open.find(({ id }) => id === activeId) ?? tabs.active();
  const theme = useTheme(settings);
  const isWide = useMediaQuery(wideQuery);
  const hasNotices = useStore(parts.storage.store, (view) => view.notices.length > 0);
  const panels = usePanels({ parts, tab, theme });
  const tabStrip = <ConnectionTabs parts={parts} actions={actions} panelId="connection-panel" />;

  useEffect(() => listenForShortcuts(actions, shell), [actions, shell]);
  useEffect(() => {
    StorageNotices.load().catch(() => {});
    const timer = setTimeout(prefetchDialogs, prefetchAfterMs);
    return () => clearTimeout(timer);
  }, []);

  return (
    <div className="app">
      <button type="button" className="skip-link" onClick={() => actions.goToComposer.run()}>
        {say.skipToComposer}
      </button>
      <TopBar connection={tab.connection} actions={actions} theme={theme} />
      <ConnectionNotice connection={tab.connection} />
      {hasNotices && <StorageNotices storage={parts.storage} />}
      {isWide ? (
        <div className="app-body">
          <Rail shell={shell} />
          <WideLayout
            panels={panels}
            shell={shell}
            tabStrip={tabStrip}
            settings={settings}
            paneSizes={parts.paneSizes}
          />
        </div>
      ) : (
        <NarrowLayout
          panels={panels}
          shell={shell}
          tabStrip={tabStrip}
          paneSizes={parts.paneSizes}
        />
      )}
      <Overlays parts={parts} actions={actions} />
      <Toast shell={shell} />
    </div>
  );
}
