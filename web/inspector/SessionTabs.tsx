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
  /** Absent: it has ended, and has no keys any more. */
  readonly keys: ReactNode | undefined;
}

/** What a session has, and how it came to that. */
export function SessionTabs({ inspector, id, keys }: SessionTabsProps) {
  const [chosenId, setTabId] = useState<(typeof tabs)[number]['id']>('session-keys');
  const tabId = keys === undefined ? 'session-timeline' : chosenId;
  return (
    <>
      <div className="session-tabs">
        <TabList
          label={texts.sessionViews}
          tabs={tabs.filter(({ id: each }) => keys !== undefined || each === tabId)}
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
