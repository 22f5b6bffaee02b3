import { Plus, X } from 'lucide-react';
import { useStore } from 'zustand';
import { IconButton } from '../ui/Button.tsx';
import { TabList } from '../ui/TabList.tsx';
import { maxTabs, type Tab, type Tabs } from './tabsStore.ts';
import './ConnectionTabs.css';

/** The row of connection tabs. */
export function ConnectionTabs({
  tabs,
  panelId,
}: {
  readonly tabs: Tabs;
  readonly panelId: string;
}) {
  const { tabs: open, activeId } = useStore(tabs.store);
  const listed = open.map((tab) => ({
    id: tab.id,
    label: tab.title,
    mark: <StateDot tab={tab} />,
  }));
  return (
    <div className="connection-tabs">
      <TabList
        label="Connections"
        tabs={listed}
        activeId={activeId}
        onActivate={tabs.activate}
        panelId={panelId}
      />
      {/* A tab list may hold nothing but tabs, so the close buttons lie over it. */}
      <div className="connection-closers">
        {open.map((tab) => (
          <button
            key={tab.id}
            type="button"
            aria-label={`Close ${tab.title}`}
            title={`Close ${tab.title}`}
            onClick={() => tabs.close(tab.id)}
          >
            <X size={13} />
          </button>
        ))}
      </div>
      <IconButton
        label="New tab"
        title="New tab (Alt+T)"
        icon={<Plus size={16} />}
        disabled={open.length >= maxTabs}
        onClick={() => tabs.open()}
      />
    </div>
  );
}

function StateDot({ tab }: { readonly tab: Tab }) {
  const state = useStore(tab.connection.store, (view) => view.status.state);
  return <i className={`state-dot is-${state}`} aria-hidden />;
}
