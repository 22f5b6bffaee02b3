import { useState, type ReactNode } from 'react';
import { lateView } from '../ui/late.tsx';
import { TabList } from '../ui/TabList.tsx';
import type { Inspector } from './inspector.ts';
import { texts } from './texts.ts';

const Timeline = lateView(async () => (await import('./timeline/TimelineTab.tsx')).TimelineTab);

const tabs = [
  { id: 'session-keys', label: texts.keys },
  { id: 'session-timeline', label: texts.timeline },
] as const;

interface SessionTabsProps {
  readonly inspector: Inspector;
  /** Of the session, which may have ended. */
  readonly id: string;
  readonly keys: ReactNode;
}

/** What a session has, and how it came to that. */
export function SessionTabs({ inspector, id, keys }: SessionTabsProps) {
  const [tabId, setTabId] = useState<(typeof tabs)[number]['id']>('session-keys');
  return (
    <>
      <div className="session-tabs">
        <TabList
          label={texts.sessionViews}
          tabs={tabs}
          activeId={tabId}
          onActivate={setTabId}
          panelId="session-view"
        />
      </div>
      <div
        id="session-view"
        className="session-view"
        role="tabpanel"
        aria-labelledby={`tab-${tabId}`}
      >
        {tabId === 'session-keys' ? keys : <Timeline key={id} inspector={inspector} id={id} />}
      </div>
    </>
  );
}
