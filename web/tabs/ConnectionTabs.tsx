import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Plus, X } from '../ui/firstIcons.tsx';
import { lateView } from '../ui/late.tsx';
import { TabList } from '../ui/TabList.tsx';
import { ActionButton } from '../ui/ActionButton.tsx';
import type { NewsStore } from './news.ts';
import type { Tab } from './tab.ts';
import { closeTab, moveTab, type TabActions, type TabParts } from './actions.ts';
import { maxTabs } from './tabsStore.ts';
import { texts } from './texts.ts';
import './ConnectionTabs.css';

/** Loaded after the row of tabs: nothing comes in before. */
const TabNews = lateView(async () => (await import('./TabNews.tsx')).TabNews, { waiting: null });

/** Loaded after the row of tabs; the palette and the keys have its actions as well. */
const TabMenu = lateView(async () => (await import('./TabMenu.tsx')).TabMenu, { waiting: null });

interface ConnectionTabsProps {
  readonly parts: TabParts & { readonly news: NewsStore };
  readonly actions: TabActions;
  readonly panelId: string;
  /** What a tab shows of its server. */
  readonly sign: (tab: Tab) => ReactNode;
}

/** The row of connection tabs. */
export function ConnectionTabs({ parts, actions, panelId, sign }: ConnectionTabsProps) {
  const { tabs, shell, news } = parts;
  const { tabs: open, activeId } = useStore(tabs.store);
  const listed = open.map((tab) => ({
    id: tab.id,
    label: tab.title,
    mark: <StateDot tab={tab} />,
    badge: (
      <>
        {sign(tab)}
        <TabNews tabId={tab.id} news={news} />
      </>
    ),
    isData: true,
  }));
  return (
    <div className="connection-tabs">
      <div className="connection-tabs-scroller">
        <TabList
          label={texts.connections}
          tabs={listed}
          activeId={activeId}
          onActivate={tabs.activate}
          panelId={panelId}
          arranging={{
            onMove: (id, to) => moveTab(parts, id, to),
            onRename: (tabId) => shell.openDialog({ kind: 'renameTab', tabId }),
            hint: texts.tabHint,
          }}
        />
        {/* A tab list may contain only tabs, so the close buttons are placed over it. */}
        <div className="connection-closers">
          {open.map((tab) => (
            <button
              key={tab.id}
              type="button"
              aria-label={texts.closeTitle(tab.title)}
              title={texts.closeTitle(tab.title)}
              onClick={() => closeTab(parts, tab.id)}
            >
              <X size={13} />
            </button>
          ))}
        </div>
      </div>
      <ActionButton
        action={actions.newTab}
        icon={<Plus size={16} />}
        disabled={open.length >= maxTabs}
      />
      <div className="connection-tab-menu">
        <TabMenu parts={parts} actions={actions} />
      </div>
    </div>
  );
}

function StateDot({ tab }: { readonly tab: Tab }) {
  const state = useStore(tab.connection.store, (view) => view.status.state);
  return <i className={`state-dot is-${state}`} aria-hidden />;
}
