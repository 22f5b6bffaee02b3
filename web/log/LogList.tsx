import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { Button } from '../ui/Button.tsx';
import { EmptyLog } from './EmptyLog.tsx';
import { LogRow } from './LogRow.tsx';
import type { MessageLog } from './messageLog.ts';
import { useReadingPosition } from './useReadingPosition.ts';

interface LogListProps {
  readonly log: MessageLog;
  readonly isNewestFirst: boolean;
  readonly onEdit: (text: string) => void;
  readonly onResend: (text: string) => void;
}

const rowHeightPx = 28;
/** The rows of the log: only those on screen exist, and the reading position never moves by itself. */
export function LogList({ log, isNewestFirst, onEdit, onResend }: LogListProps) {
  useStore(log.store, (view) => view.version);
  const newestReplyId = useStore(log.store, (view) => view.newestReplyId);
  const entries = log.visible();
  const { isUnfolded, toggle } = useUnfolding(newestReplyId);
  const [activeId, setActiveId] = useState<number>();
  const scroller = useRef<HTMLDivElement>(null);

  const at = (index: number) => entries[isNewestFirst ? entries.length - 1 - index : index];
  // The compiler's memoising does not matter here: the virtualizer re-renders on its own terms.
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (index) => at(index)?.id ?? index,
    overscan: 10,
  });
  const { unseen, jumpToLatest } = useReadingPosition({ rows, scroller, entries, isNewestFirst });

  const moveFocus = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || !(event.target as HTMLElement).matches('.log-row-toggle')) return;
    event.preventDefault();
    const from = rows.getVirtualItems().find((item) => item.key === activeId)?.index ?? 0;
    const to = Math.min(entries.length - 1, Math.max(0, from + step));
    rows.scrollToIndex(to);
    setActiveId(at(to)?.id);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>('.log-row-toggle[tabindex="0"]')?.focus(),
    );
  };
  const items = rows.getVirtualItems();
  const tabStopId = items.some((item) => item.key === activeId) ? activeId : items[0]?.key;

  return (
    <div className="log-frame">
      {entries.length === 0 && <EmptyLog log={log} />}
      <div
        ref={scroller}
        className="log-scroller"
        role="log"
        aria-label="Messages"
        aria-live="off"
        onKeyDown={moveFocus}
      >
        <ul style={{ height: rows.getTotalSize() }}>
          {items.map((item) => {
            const entry = at(item.index);
            if (!entry) return null;
            return (
              <LogRow
                key={item.key}
                entry={entry}
                index={item.index}
                startPx={item.start}
                measure={rows.measureElement}
                isUnfolded={isUnfolded(entry.id)}
                isTabStop={tabStopId === entry.id}
                onToggle={toggle}
                onFocus={setActiveId}
                onEdit={onEdit}
                onResend={onResend}
              />
            );
          })}
        </ul>
      </div>
      {unseen > 0 && <JumpToLatest count={unseen} isUp={isNewestFirst} onJump={jumpToLatest} />}
    </div>
  );
}

/** The newest reply lies open by itself; what a person opened or closed stays so. */
function useUnfolding(newestReplyId: number | undefined) {
  const [unfolded, setUnfolded] = useState<ReadonlyMap<number, boolean>>(new Map());
  const isUnfolded = (id: number) => unfolded.get(id) ?? id === newestReplyId;
  const toggle = (id: number) => setUnfolded(new Map(unfolded).set(id, !isUnfolded(id)));
  return { isUnfolded, toggle };
}

interface JumpToLatestProps {
  readonly count: number;
  readonly isUp: boolean;
  readonly onJump: () => void;
}

function JumpToLatest({ count, isUp, onJump }: JumpToLatestProps) {
  return (
    <div className={isUp ? 'log-jump is-top' : 'log-jump'}>
      <Button look="primary" onClick={onJump} aria-label="Jump to latest">
        {isUp ? <ArrowUp size={14} /> : <ArrowDown size={14} />}
        {count.toLocaleString('en')} new · Jump to latest
      </Button>
    </div>
  );
}
