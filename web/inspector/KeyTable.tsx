import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { isFresh } from './fresh.ts';
import type { Inspector } from './inspectorStore.ts';
import { KeyRows } from './KeyRows.tsx';

interface KeyTableProps {
  readonly inspector: Inspector;
  readonly hasKeys: boolean;
  readonly isLive: boolean;
}

const rowHeightPx = 28;

/** The keys of the chosen session. A row unfolds to its whole value. */
export function KeyTable({ inspector, hasKeys, isLive }: KeyTableProps) {
  useStore(inspector.store, (view) => view.version);
  const keys = inspector.keys();
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: keys.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (index) => keys[index]?.key ?? index,
    overscan: 6,
  });
  const toggle = (key: string) => {
    const next = new Set(unfolded);
    if (!next.delete(key)) next.add(key);
    setUnfolded(next);
  };
  if (!hasKeys) return <p className="session-hint">Loading keys…</p>;
  if (keys.length === 0) return <EmptyKeys />;
  const total = inspector.keyTotal();
  return (
    <div ref={scroller} className="session-scroll">
      {total > keys.length && (
        <p className="session-hint">
          Showing {keys.length.toLocaleString('en')} of {total.toLocaleString('en')} keys.
        </p>
      )}
      <table className="key-table" aria-label="Keys" aria-rowcount={keys.length + 1}>
        <thead>
          <tr className="key-head" aria-rowindex={1}>
            <th scope="col">Key</th>
            <th scope="col">Value</th>
            <th scope="col" className="key-size">
              Size
            </th>
          </tr>
        </thead>
        <tbody style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start, key: id }) => {
            const row = keys[index];
            if (!row) return null;
            return (
              <KeyRows
                key={id}
                row={row}
                index={index}
                startPx={start}
                measure={rows.measureElement}
                isUnfolded={unfolded.has(row.key)}
                isFresh={isFresh(row.changedAtMs, inspector.localNowMs())}
                isLive={isLive}
                onToggle={toggle}
                onLoad={(key) => inspector.loadValue(key)}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function EmptyKeys() {
  return (
    <p className="session-hint">
      <strong>No keys.</strong> Store one with KV_SET: it appears here at once.
    </p>
  );
}
