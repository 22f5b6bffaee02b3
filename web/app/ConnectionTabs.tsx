import { useStore } from 'zustand';
import { Plus, X } from '../ui/firstIcons.tsx';
import { TabList } from '../ui/TabList.tsx';
import { ActionButton } from './ActionButton.tsx';
import type { Actions } from './actions.ts';
import type { Console } from './createConsole.ts';
import { TabMenu } from './latePanels.tsx';
import { messages as say } from './messages.ts';
import type { Tab } from './tab.ts';
import { closeTab, moveTab } from './tabActions.ts';
import { maxTabs } from './tabsStore.ts';
import './ConnectionTabs.css';

interface ConnectionTabsProps {
  readonly parts: Pick<Console, 'tabs' | 'shell'>;
  readonly actions: Actions;
  readonly panelId: string;
}

/** The row of connection tabs. */
export function ConnectionTabs({ parts, actions, panelId }: ConnectionTabsProps) {
  const { tabs, shell } = parts;
  const { tabs: open, activeId } = useStore(tabs.store);
  const listed = open.map((tab) => ({
    id: tab.id,
    label: tab.title,
    mark: <StateDot tab={tab} />,
    isData: true,
  }));
  return (
    <div className="connection-tabs">
      <div className="connection-tabs-scroller">
        <TabList
          label={say.connections}
          tabs={listed}
          activeId={activeId}
          onActivate={tabs.activate}
          panelId={panelId}
          arranging={{
            onMove: (id, to) => moveTab(parts, id, to),
            onRename: (tabId) => shell.openDialog({ kind: 'renameTab', tabId }),
            hint: say.tabHint,
          }}
        />
        {/* A tab list may hold nothing but tabs, so the close buttons lie over it. */}
        <div className="connection-closers">
          {open.map((tab) => (
            <button
              key={tab.id}
              type="button"
              aria-label={say.closeTitle(tab.title)}
              title={say.closeTitle(tab.title)}
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
        <TabMenu actions={actions} />
      </div>
    </div>
  );
}

function StateDot({ tab }: { readonly tab: Tab }) {
  const state = useStore(tab.connection.store, (view) => view.status.state);
  return <i className={`state-dot is-${state}`} aria-hidden />;
}
