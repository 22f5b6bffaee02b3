import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { AuditEntry } from '../../../protocol/inspection/audit.ts';
import { formatMoment, formatTime } from '../../ui/format.ts';
import { arrayRows } from '../../ui/virtualList/useVirtualList.ts';
import { LiveGate } from '../LiveGate.tsx';
import { LiveTable, type Column } from '../LiveTable.tsx';
import type { ViewProps } from '../viewProps.ts';
import { useWhyNot } from './allowed.ts';
import { AuditFeed } from './auditFeed.ts';
import { texts, wordsOf } from './auditTexts.ts';
import { RefusedNotice } from './RefusedNotice.tsx';
import './AuditView.css';

/** What inspectors did and were refused, the newest first. */
export function AuditView(props: ViewProps) {
  const { inspector, server } = props;
  const [feed] = useState(() => new AuditFeed(inspector));
  const refusal = useWhyNot(inspector, 'audit');
  const hasRight = useStore(inspector.store, ({ rights }) => rights.may.includes('audit'));
  useEffect(() => feed.start(), [feed]);
  return (
    <div className="audit-view">
      <LiveGate {...{ inspector, server }}>
        {refusal === undefined ? (
          <Entries {...props} feed={feed} />
        ) : (
          <RefusedNotice inspector={inspector} right={hasRight ? undefined : 'audit'} />
        )}
      </LiveGate>
    </div>
  );
}

/** Of a time to the second. */
const clockLength = 'HH:MM:SS'.length;

const columns: readonly Column<AuditEntry>[] = [
  {
    id: 'key',
    name: texts.key,
    width: 'minmax(56px, 1fr)',
    cell: ({ key }) => (
      <span title={key} translate="no">
        {key}
      </span>
    ),
  },
  {
    id: 'what',
    name: texts.what,
    width: 'minmax(96px, 3fr)',
    cell: (entry) => <span title={wordsOf(entry)}>{wordsOf(entry)}</span>,
  },
  {
    id: 'session',
    name: texts.session,
    width: '112px',
    isWide: true,
    cell: ({ session }) => (
      <span className="mono" title={session} translate="no">
        {session}
      </span>
    ),
  },
  {
    id: 'address',
    name: texts.address,
    width: '112px',
    isWide: true,
    cell: ({ address = texts.hasGone }) => (
      <span className="mono" title={address} translate="no">
        {address}
      </span>
    ),
  },
  {
    id: 'time',
    name: texts.time,
    width: '64px',
    isNumber: true,
    cell: ({ atMs }) => (
      <span title={formatMoment(atMs)}>{formatTime(atMs).slice(0, clockLength)}</span>
    ),
  },
];

function Entries({ feed, onOpenSession }: ViewProps & { readonly feed: AuditFeed }) {
  const { entries, dropped } = useStore(feed.store);
  if (!entries) {
    return (
      <div className="empty">
        <p>{texts.waiting}</p>
      </div>
    );
  }
  if (entries.length === 0) {
    return (
      <div className="empty">
        <p>
          <strong>{texts.none}</strong> {texts.noneHint}
        </p>
      </div>
    );
  }
  const open = (id: number) => {
    const session = entries.find((entry) => entry.number === id)?.session;
    if (session !== undefined) onOpenSession(session);
  };
  return (
    <>
      <LiveTable
        label={texts.list}
        columns={columns}
        rows={arrayRows(entries, (entry) => entry.number)}
        itemAt={(index) => entries[index]}
        nameOf={(entry) => texts.nameOf(entry.key, wordsOf(entry))}
        openId={undefined}
        onOpen={open}
      />
      {dropped > 0 && <p className="session-note">{texts.dropped(dropped)}</p>}
    </>
  );
}
