import { ArrowLeft } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { ListedEnd } from '../../../protocol/inspection/endedSessions.ts';
import type { SessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import { shortName, visibleName } from '../../../protocol/text/visibleText.ts';
import { IconButton } from '../../ui/Button.tsx';
import { formatAgo, formatMoment } from '../../ui/format.ts';
import { useNow } from '../../ui/useNow.ts';
import { useWhyNot } from '../access/allowed.ts';
import { RefusedNotice } from '../access/RefusedNotice.tsx';
import type { Inspector } from '../inspector.ts';
import { LiveTable, type Column } from '../LiveTable.tsx';
import { EndedFeed } from './endedFeed.ts';
import { endedTexts as texts } from './endedTexts.ts';

interface EndedSessionsProps {
  readonly inspector: Inspector;
  readonly onClose: () => void;
}

/** The sessions that ended last: when, and why. */
export function EndedSessions({ inspector, onClose }: EndedSessionsProps) {
  const refusal = useWhyNot(inspector, 'look');
  return (
    <section className="ended-sessions" aria-label={texts.ended}>
      <div className="ended-head">
        <IconButton label={texts.back} icon={<ArrowLeft size={16} />} onClick={onClose} />
        <h3>{texts.ended}</h3>
      </div>
      {refusal === undefined ? (
        <EndedList inspector={inspector} />
      ) : (
        <RefusedNotice inspector={inspector} right="look" />
      )}
    </section>
  );
}

function EndedList({ inspector }: Pick<EndedSessionsProps, 'inspector'>) {
  const [feed] = useState(() => new EndedFeed(inspector));
  useEffect(() => feed.start(), [feed]);
  const { sessions, isRemembered } = useStore(feed.store);
  const openId = useStore(inspector.store, ({ watched }) => watched?.id);
  useNow(10_000);
  const columns = useMemo(() => columnsFor(inspector.serverNowMs), [inspector]);
  if (!sessions) return <p className="empty">{texts.reading}</p>;
  if (sessions.length === 0) {
    return (
      <div className="empty">
        <p>
          <strong>{isRemembered ? texts.noneEnded : texts.notRemembered}</strong>{' '}
          {isRemembered && texts.noneEndedHint}
        </p>
      </div>
    );
  }
  const rows = {
    count: sessions.length,
    idAt: (index: number) => sessions[index]?.place,
    indexOf: (place: number) => sessions.findIndex((each) => each.place === place),
  };
  return (
    <>
      <LiveTable
        label={texts.ended}
        columns={columns}
        rows={rows}
        itemAt={(index) => sessions[index]}
        nameOf={(session) => texts.open(shortName(visibleName(session.name)), whyOf(session))}
        openId={sessions.find(({ id }) => id === openId)?.place}
        onOpen={(place) => {
          const session = sessions.find((each) => each.place === place);
          if (session) inspector.watch(session.id, summaryOf(session));
        }}
      />
      <p className="session-note sessions-part">{texts.count(sessions.length)}</p>
    </>
  );
}

function columnsFor(nowMs: () => number): readonly Column<ListedEnd>[] {
  return [
    {
      id: 'name',
      name: texts.name,
      width: 'minmax(64px, 1fr)',
      cell: ({ name }) => <bdi translate="no">{shortName(visibleName(name))}</bdi>,
    },
    {
      id: 'why',
      name: texts.why,
      width: 'minmax(96px, 1fr)',
      cell: (session) => <span title={whyOf(session)}>{whyOf(session)}</span>,
    },
    {
      id: 'token',
      name: texts.token,
      width: '56px',
      isWide: true,
      cell: ({ maskedToken }) => (
        <span className="mono" translate="no">
          {maskedToken}
        </span>
      ),
    },
    {
      id: 'lived',
      name: texts.created,
      width: '72px',
      isNumber: true,
      isWide: true,
      cell: ({ createdAtMs }) => <Ago atMs={createdAtMs} nowMs={nowMs} />,
    },
    {
      id: 'ended',
      name: texts.endedHead,
      width: '72px',
      isNumber: true,
      cell: ({ author }) => <Ago atMs={author.atMs} nowMs={nowMs} />,
    },
  ];
}

function Ago({ atMs, nowMs }: { readonly atMs: number; readonly nowMs: () => number }) {
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatMoment(atMs)}>
      {formatAgo(atMs, nowMs())}
    </time>
  );
}

function whyOf({ author: { by, command, connection } }: ListedEnd): string {
  if (command === undefined) return texts.expired;
  if (by === 'console') return texts.byConsole(command);
  return texts.byClient(command, connection ?? 0);
}

/** What is left to be known of it. */
function summaryOf({ id, name, maskedToken, createdAtMs }: ListedEnd): SessionSummary {
  return { id, name, maskedToken, createdAtMs, shared: false, keyCount: 0, expiry: null };
}
