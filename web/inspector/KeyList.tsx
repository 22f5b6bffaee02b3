import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { rowHeightPx } from '../ui/rowHeights.ts';
import type { Inspector } from './inspector.ts';
import { KeyRow } from './KeyRow.tsx';
import { texts } from './texts.ts';

/** The keys of the watched session, in its order: only the rows on screen exist. */
export function KeyList({ inspector }: { readonly inspector: Inspector }) {
  useStore(inspector.store, (view) => view.keysVersion);
  const keys = inspector.keys();
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: keys.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (index) => keys[index]?.key ?? index,
    overscan: 10,
  });
  const toggle = (key: string) => {
    const next = new Set(unfolded);
    if (!next.delete(key)) next.add(key);
    setUnfolded(next);
  };
  return (
    <div ref={scroller} className="key-scroller">
      <ul aria-label={texts.keys} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((item) => {
          const entry = keys[item.index];
          if (!entry) return null;
          return (
            <KeyRow
              key={item.key}
              entry={entry}
              index={item.index}
              startPx={item.start}
              freshMark={inspector.freshKey(entry.key)}
              measure={rows.measureElement}
              isUnfolded={unfolded.has(entry.key)}
              isLoading={inspector.isLoading(entry.key)}
              onToggle={toggle}
              onLoad={(key) => inspector.loadValue(key)}
            />
          );
        })}
      </ul>
    </div>
  );
}
