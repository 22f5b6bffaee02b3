import { useMemo } from 'react';
import { useStore } from 'zustand';
import { Button } from '../ui/Button.tsx';
import { ForeignNotice, type ForeignServer } from './ForeignNotice.tsx';
import { useWhyNot } from './access/allowed.ts';
import { RefusedNotice } from './access/RefusedNotice.tsx';
import type { Inspector } from './inspector.ts';
import { KeyForm } from './KeyForm.tsx';
import { listSessions, type Sorting } from './listSessions.ts';
import { texts } from './texts.ts';
import { RetryNotice } from './RetryNotice.tsx';
import { SessionTable } from './SessionTable.tsx';

interface SessionsBodyProps {
  readonly inspector: Inspector;
  /** When the page did not come from this server. */
  readonly foreign: ForeignServer | undefined;
  /** Without a notice of its own about a lost connection. */
  readonly isLost: boolean;
  readonly search: string;
  readonly sorting: Sorting;
  readonly onSort: (sorting: Sorting) => void;
  readonly onClearSearch: () => void;
  readonly onInsertTemplate: () => void;
}

/** The list, or why there is none and what to do about it. */
export function SessionsBody(props: SessionsBodyProps) {
  const { inspector } = props;
  const status = useStore(inspector.store, (view) => view.status);
  const refusal = useWhyNot(inspector, 'look');
  switch (status.state) {
    case 'needsKey':
      return <LockedSessions {...props} wasRefused={status.wasRefused} />;
    case 'off':
      return (
        <div className="empty">
          <p>
            <strong>{texts.isOff}</strong> {texts.isOffWhy}
          </p>
          <Button onClick={() => inspector.retry()}>{texts.checkAgain}</Button>
        </div>
      );
    case 'retrying':
      return (
        <>
          {props.isLost || (
            <RetryNotice inspector={inspector} cause={status.cause} retryAtMs={status.retryAtMs} />
          )}
          <KnownSessions {...props} emptyText={texts.noneKnown} />
        </>
      );
    case 'idle':
    case 'connecting':
      return <KnownSessions {...props} emptyText={texts.connecting} />;
    case 'live':
      if (refusal !== undefined) return <RefusedNotice inspector={inspector} right="look" />;
      return <KnownSessions {...props} />;
  }
}

function LockedSessions(props: SessionsBodyProps & { readonly wasRefused: boolean }) {
  const { inspector, foreign, wasRefused } = props;
  const onKey = (key: string) => inspector.useKey(key);
  if (foreign) return <ForeignNotice server={foreign} wasRefused={wasRefused} onKey={onKey} />;
  const refusal = wasRefused ? texts.keyRefused : undefined;
  return <KeyForm wanted={texts.wantsKey} refusal={refusal} onKey={onKey} />;
}

interface KnownSessionsProps extends SessionsBodyProps {
  /** Said instead of "no sessions" while the server has not answered. */
  readonly emptyText?: string;
}

function KnownSessions({ inspector, search, sorting, emptyText, ...rest }: KnownSessionsProps) {
  useStore(inspector.store, (view) => view.sessionsVersion);
  const totalSessions = useStore(inspector.store, (view) => view.totalSessions);
  const selectedId = useStore(inspector.store, ({ watched }) =>
    watched?.isGone === true ? undefined : watched?.id,
  );
  const sessions = inspector.sessions();
  const shown = useMemo(() => listSessions(sessions, search, sorting), [sessions, search, sorting]);
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
          <strong>{texts.noMatch(search)}</strong> {texts.noMatchIn(sessions.length)}
        </p>
        <Button onClick={rest.onClearSearch}>{texts.showAll}</Button>
      </div>
    );
  }
  return (
    <>
      <SessionTable
        // Another order or search is another list: where the old one was scrolled to means nothing.
        key={`${sorting.order} ${String(sorting.isReversed)} ${search}`}
        inspector={inspector}
        sessions={shown}
        sorting={sorting}
        onSort={rest.onSort}
        selectedId={selectedId}
      />
      {sessions.length < totalSessions && (
        <p className="session-note sessions-part">
          {texts.partListed(sessions.length, totalSessions)}
        </p>
      )}
    </>
  );
}

function NoSessions({ onInsertTemplate }: { readonly onInsertTemplate: () => void }) {
  return (
    <div className="empty">
      <p>
        <strong>{texts.noneYet}</strong> {texts.noneYetHint}
      </p>
      <Button onClick={onInsertTemplate}>{texts.insertNew}</Button>
    </div>
  );
}
