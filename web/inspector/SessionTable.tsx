import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { isFresh } from './fresh.ts';
import type { Inspector } from './inspectorStore.ts';
import { SessionRow } from './SessionRow.tsx';
import type { SessionSort } from './sessionList.ts';
import { useAnchoredScroll } from './useAnchoredScroll.ts';
import { useRowFocus } from './useRowFocus.ts';

const rowHeightPx = 28;

/** The sessions, of which only the rows on screen exist. Arrows move, Enter chooses. */
export function SessionTable({ inspector }: { readonly inspector: Inspector }) {
  useStore(inspector.store, (view) => view.version);
  const sort = useStore(inspector.store, (view) => view.sort);
  const chosenId = useStore(inspector.store, (view) => view.chosen?.session.id);
  const sessions = inspector.sessions();
  const [activeId, setActiveId] = useState<string>();
  const scroller = useRef<HTMLDivElement>(null);
  const activeIndex = sessions.findIndex(({ id }) => id === activeId);

  const rows = useVirtualizer({
    count: sessions.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (index) => sessions[index]?.id ?? index,
    overscan: 8,
    // The head stays on top of the rows it scrolls with.
    scrollPaddingEnd: rowHeightPx,
    // The row with the focus exists wherever it is, so that scrolling does not lose the focus.
    rangeExtractor: (range) => [
      ...new Set([...defaultRangeExtractor(range), ...(activeIndex < 0 ? [] : [activeIndex])]),
    ],
  });
  useAnchoredScroll({ rows, scroller, sessions, rowHeightPx });
  const tabStopIndex = Math.max(0, activeIndex);
  const moveFocus = useRowFocus({ rows, sessions, tabStopIndex, setActiveId });

  return (
    <div ref={scroller} className="session-scroller">
      <table
        className="session-table"
        aria-label="Live sessions"
        aria-rowcount={sessions.length + 1}
      >
        <SessionTableHead sort={sort} />
        <tbody style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start, key }) => {
            const session = sessions[index];
            if (!session) return null;
            return (
              <SessionRow
                key={key}
                session={session}
                clock={inspector.clock}
                index={index}
                startPx={start}
                isChosen={session.id === chosenId}
                isTabStop={index === tabStopIndex}
                isFresh={isFresh(session.changedAtMs, inspector.localNowMs())}
                onChoose={inspector.choose}
                onFocus={setActiveId}
                onKeyDown={moveFocus}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function SessionTableHead({ sort }: { readonly sort: SessionSort }) {
  return (
    <thead>
      <tr className="session-head" aria-rowindex={1}>
        <th scope="col" aria-sort={sort === 'name' ? 'ascending' : 'none'}>
          Name
        </th>
        <th scope="col">Token</th>
        <th
          scope="col"
          className="session-figure"
          aria-sort={sort === 'keys' ? 'descending' : 'none'}
        >
          Keys
        </th>
        <th
          scope="col"
          className="session-figure"
          aria-sort={sort === 'expiry' ? 'ascending' : 'none'}
        >
          Expires in
        </th>
      </tr>
    </thead>
  );
}
