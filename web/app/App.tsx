import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { SettingsDialog } from '../settings/SettingsDialog.tsx';
import { useMediaQuery } from '../ui/useMediaQuery.ts';
import { ConnectionNotice } from './ConnectionBar.tsx';
import { ConnectionTabs } from './ConnectionTabs.tsx';
import type { Console } from './createConsole.ts';
import { NarrowLayout } from './NarrowLayout.tsx';
import { Rail, type Side } from './Rail.tsx';
import { listenForShortcuts, shortcutLines } from './shortcuts.ts';
import { TopBar } from './TopBar.tsx';
import { usePanels } from './usePanels.tsx';
import { useTheme } from './useTheme.ts';
import { WideLayout } from './WideLayout.tsx';
import './App.css';

/** Width from which the panels stand side by side. */
const wideQuery = '(min-width: 900px)';

/** The page: bar, tabs, panels. */
export function App({ console: parts }: { readonly console: Console }) {
  const { tabs, settings } = parts;
  const { tabs: open, activeId } = useStore(tabs.store);
  const tab = open.find(({ id }) => id === activeId) ?? tabs.active();
  const theme = useTheme(settings);
  const isWide = useMediaQuery(wideQuery);
  const [isSettingsOpen, setSettingsOpen] = useState(false);
  const [side, setSide] = useState<Side | undefined>('learn');
  const [isInspecting, setInspecting] = useState(true);
  const panels = usePanels({ parts, tab, theme });

  const tabStrip = <ConnectionTabs tabs={tabs} panelId="connection-panel" />;

  useEffect(() => listenForShortcuts(tabs), [tabs]);

  return (
    <div className="app">
      <TopBar
        connection={tab.connection}
        settings={settings}
        theme={theme}
        onOpenSettings={() => setSettingsOpen(true)}
      />
      <ConnectionNotice connection={tab.connection} />
      {isWide ? (
        <div className="app-body">
          <Rail
            side={side}
            isInspecting={isInspecting}
            onSide={setSide}
            onInspecting={setInspecting}
          />
          <WideLayout
            panels={panels}
            side={side}
            isInspecting={isInspecting}
            tabStrip={tabStrip}
            settings={settings}
            paneSizes={parts.paneSizes}
          />
        </div>
      ) : (
        <NarrowLayout panels={panels} tabStrip={tabStrip} paneSizes={parts.paneSizes} />
      )}
      {panels.dialog}
      {isSettingsOpen && (
        <SettingsDialog
          settings={settings}
          shortcuts={shortcutLines}
          onClose={() => setSettingsOpen(false)}
        />
      )}
    </div>
  );
}
