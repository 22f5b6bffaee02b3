import { useMemo } from 'react';
import { useStore } from 'zustand';
import { Button } from '../ui/Button.tsx';
import type { Inspector } from './inspector.ts';
import { KeyForm } from './KeyForm.tsx';
import { listSessions, type SortOrder } from './listSessions.ts';
import { RetryNotice } from './RetryNotice.tsx';
import { SessionTable } from './SessionTable.tsx';
import { countOf } from './words.ts';

interface SessionsBodyProps {
  readonly inspector: Inspector;
  readonly search: string;
  readonly order: SortOrder;
  readonly onClearSearch: () => void;
  readonly onInsertTemplate: () => void;
}

/** The list, or why there is none and what to do about it. */
export function SessionsBody(props: SessionsBodyProps) {
  const { inspector } = props;
  const status = useStore(inspector.store, (view) => view.status);
  switch (status.state) {
    case 'needsKey':
      return <KeyForm wasRefused={status.wasRefused} onKey={(key) => inspector.useKey(key)} />;
    case 'off':
      return (
        <div className="empty">
          <p>
            <strong>Inspection is off.</strong> Start the server without --no-inspect to see its
            sessions here.
          </p>
          <Button onClick={() => inspector.retry()}>Check again</Button>
        </div>
      );
    case 'retrying':
      return (
        <>
          <RetryNotice inspector={inspector} cause={status.cause} retryAtMs={status.retryAtMs} />
          <KnownSessions {...props} emptyText="No sessions are known yet." />
        </>
      );
    case 'idle':
    case 'connecting':
      return <KnownSessions {...props} emptyText="Connecting to the inspection socket…" />;
    case 'live':
      return <KnownSessions {...props} />;
  }
}

interface KnownSessionsProps extends SessionsBodyProps {
  /** Said instead of "no sessions" while the server has not told. */
  readonly emptyText?: string;
}

function KnownSessions({ inspector, search, order, emptyText, ...rest }: KnownSessionsProps) {
  useStore(inspector.store, (view) => view.sessionsVersion);
  const totalSessions = useStore(inspector.store, (view) => view.totalSessions);
  const selectedId = useStore(inspector.store, ({ watched }) =>
    watched?.isGone === true ? undefined : watched?.id,
  );
  const sessions = inspector.sessions();
  const shown = useMemo(() => listSessions(sessions, search, order), [sessions, search, order]);
  if (sessions.length === 0 && emptyText !== undefined) {
    return (
      <div className="empty">
        <p>{emptyText}</p>
      </div>
    );
  }
  if (sessions.length === 0) return <NoSessions onInsertTemplate={rest.onInsertTemplate} />;
  if (shown.length === 0) {
    return (
      <div className="empty">
        <p>
          <strong>No match for “{search}”</strong> in name, id or token of{' '}
          {countOf(sessions.length, 'session')}.
        </p>
        <Button onClick={rest.onClearSearch}>Show all sessions</Button>
      </div>
    );
  }
  return (
    <>
      <SessionTable
        // Another order or search is another list: where the old one was scrolled to means nothing.
        key={`${order} ${search}`}
        inspector={inspector}
        sessions={shown}
        selectedId={selectedId}
      />
      {sessions.length < totalSessions && (
        <p className="session-note sessions-part">
          {sessions.length.toLocaleString('en')} of {countOf(totalSessions, 'session')} listed.
        </p>
      )}
    </>
  );
}

function NoSessions({ onInsertTemplate }: { readonly onInsertTemplate: () => void }) {
  return (
    <div className="empty">
      <p>
        <strong>No sessions yet.</strong> Send SH_NEW and the session appears here at once.
      </p>
      <Button onClick={onInsertTemplate}>Insert SH_NEW</Button>
    </div>
  );
}
