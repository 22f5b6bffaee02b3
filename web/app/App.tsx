import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useLoaded } from '../ui/useLoaded.ts';
import { useMediaQuery } from '../ui/useMediaQuery.ts';
import type { Actions } from './actions.ts';
import { ConnectionNotice } from './ConnectionBar.tsx';
import { ConnectionTabs } from './ConnectionTabs.tsx';
import type { Console } from './createConsole.ts';
import { messages as say } from './messages.ts';
import { NarrowLayout } from './NarrowLayout.tsx';
import { Overlays } from './Overlays.tsx';
import { Rail } from './Rail.tsx';
import { listenForShortcuts } from './shortcuts.ts';
import { Toast } from './Toast.tsx';
import { TopBar } from './TopBar.tsx';
import { usePanels } from './usePanels.tsx';
import { useTheme } from './useTheme.ts';
import { WideLayout } from './WideLayout.tsx';
import './App.css';

/** Width from which the panels stand side by side. */
const wideQuery = '(min-width: 900px)';

/** Right after the first paint, so that they are there when the server is not. */
const loadNotices = () => import('./StorageNotices.tsx');

interface AppProps {
  readonly console: Console;
  readonly actions: Actions;
}

/** The page: bar, tabs, panels. */
export function App({ console: parts, actions }: AppProps) {
  const { tabs, settings, shell } = parts;
  const { tabs: open, activeId } = useStore(tabs.store);
  const tab = open.find(({ id }) => id === activeId) ?? tabs.active();
  const theme = useTheme(settings);
  const isWide = useMediaQuery(wideQuery);
  const notices = useLoaded(loadNotices);
  const panels = usePanels({ parts, tab, theme });
  const tabStrip = <ConnectionTabs parts={parts} actions={actions} panelId="connection-panel" />;

  useEffect(() => listenForShortcuts(actions, shell), [actions, shell]);

  return (
    <div className="app">
      <button type="button" className="skip-link" onClick={() => actions.goToComposer.run()}>
        {say.skipToComposer}
      </button>
      <TopBar connection={tab.connection} actions={actions} theme={theme} />
      <ConnectionNotice connection={tab.connection} />
      {notices.state === 'ready' && <notices.value.StorageNotices storage={parts.storage} />}
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
