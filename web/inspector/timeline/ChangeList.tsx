import { useStore } from 'zustand';
import type { TimelineChange } from '../../../protocol/inspection/timeline.ts';
import { formatMoment, formatTime } from '../../ui/format.ts';
import { LiveTable, type Column } from '../LiveTable.tsx';
import { stepOf, whatOf, whoOf } from './changeWords.ts';
import { texts } from './texts.ts';
import type { TimelineFeed } from './timelineFeed.ts';

/** The changes, the newest at the end, which it follows. Choosing one goes to the moment after it. */
export function ChangeList({ feed }: { readonly feed: TimelineFeed }) {
  useStore(feed.store, (view) => view.version);
  const moment = useStore(feed.store, (view) => view.moment);
  const rows = feed.rows();
  const first = rows.idAt(0) ?? 0;
  return (
    <LiveTable
      label={texts.changes}
      columns={columns}
      rows={rows}
      itemAt={(row) => feed.changeAt(first + row)}
      nameOf={(change) => texts.rowName(whatOf(change), stepOf(change), whoOf(change.author))}
      openId={moment === undefined ? undefined : moment - 1}
      onOpen={(index) => feed.choose(index + 1)}
      onShown={(from, to) => feed.show(first + from, first + to)}
      end="bottom"
    />
  );
}

const columns: readonly Column<TimelineChange>[] = [
  {
    id: 'what',
    name: texts.what,
    width: 'minmax(64px, 1fr)',
    cell: (change) => <span translate="no">{whatOf(change)}</span>,
  },
  {
    id: 'step',
    name: texts.step,
    width: 'minmax(80px, 3fr)',
    cell: (change) => (
      <span className="mono timeline-step" title={stepOf(change)} translate="no">
        {stepOf(change)}
      </span>
    ),
  },
  {
    id: 'who',
    name: texts.who,
    width: 'minmax(72px, 1fr)',
    isWide: true,
    cell: ({ author }) => <span title={hintOf(author.by)}>{whoOf(author)}</span>,
  },
  {
    id: 'when',
    name: texts.when,
    width: '88px',
    isNumber: true,
    cell: ({ author: { atMs } }) => (
      <span title={formatMoment(atMs)} translate="no">
        {formatTime(atMs)}
      </span>
    ),
  },
];

function hintOf(by: TimelineChange['author']['by']): string | undefined {
  if (by === 'client') return undefined;
  return by === 'console' ? texts.consoleHint : texts.serverHint;
}
