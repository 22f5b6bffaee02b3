import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { RefusedNotice } from '../access/RefusedNotice.tsx';
import { LiveGate } from '../LiveGate.tsx';
import type { ViewProps } from '../viewProps.ts';
import { CommandFigures } from './CommandFigures.tsx';
import { ExpiryCalendar } from './ExpiryCalendar.tsx';
import { OverviewFeed, type Asked } from './overviewFeed.ts';
import { ServerFigures } from './ServerFigures.tsx';
import { SessionFigures } from './SessionFigures.tsx';
import { texts } from './texts.ts';
import './OverviewView.css';

/** How the server is doing, and what its sessions are. */
export function OverviewView(props: ViewProps) {
  const { inspector, server } = props;
  const [feed] = useState(() => new OverviewFeed(inspector));
  useEffect(() => feed.start(), [feed]);
  return (
    <div className="overview">
      <LiveGate {...{ inspector, server }}>
        <Overview {...props} feed={feed} />
      </LiveGate>
    </div>
  );
}

function Overview({ feed, ...props }: ViewProps & { readonly feed: OverviewFeed }) {
  const { inspector } = props;
  const server = useStore(feed.store, (view) => view.server);
  const sessions = useStore(feed.store, (view) => view.sessions);
  const missing = (asked: Asked<unknown>) =>
    asked.state === 'refused' ? (
      <RefusedNotice inspector={inspector} right={asked.right} />
    ) : (
      <p className="overview-note">{texts.waiting}</p>
    );
  return (
    <>
      {server.state === 'known' ? (
        <>
          <ServerFigures inspector={inspector} now={server.value} />
          <CommandFigures now={server.value} />
        </>
      ) : (
        missing(server)
      )}
      {sessions.state === 'known' ? (
        <>
          <ExpiryCalendar {...props} figures={sessions.value} />
          <SessionFigures {...props} feed={feed} figures={sessions.value} />
        </>
      ) : (
        // Who may not see the one, may not see the other: once is enough.
        server.state === 'known' && missing(sessions)
      )}
    </>
  );
}
