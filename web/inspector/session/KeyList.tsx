import { useCallback, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { rowHeightPx } from '../../ui/rowHeights.ts';
import {
  arrayRows,
  useReadingPosition,
  useVirtualList,
} from '../../ui/virtualList/useVirtualList.ts';
import type { Inspector } from '../inspector.ts';
import { KeyRow } from './KeyRow.tsx';
import { texts } from '../texts.ts';

/** The keys of the watched session, in its order: only the rows on screen exist. */
export function KeyList({ inspector }: { readonly inspector: Inspector }) {
  useStore(inspector.store, (view) => view.keysVersion);
  const keys = inspector.keys();
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const scroller = useRef<HTMLDivElement>(null);
  const [heights, setHeights] = useState<ReadonlyMap<string, number>>(new Map());
  const onHeight = useCallback(
    (key: string, heightPx: number) =>
      setHeights((known) =>
        known.get(key) === heightPx ? known : new Map(known).set(key, heightPx),
      ),
    [],
  );
  const [position, onMove] = useReadingPosition<string>();
  const list = useVirtualList({
    rows: arrayRows(keys, ({ key }) => key),
    rowPx: rowHeightPx,
    heights: new Map([...heights].filter(([key]) => unfolded.has(key))),
    scroller,
    position,
    onMove,
  });
  const toggle = (key: string) => {
    const next = new Set(unfolded);
    if (!next.delete(key)) next.add(key);
    setUnfolded(next);
  };
  return (
    <div ref={scroller} className="key-scroller">
      <ul aria-label={texts.keys} style={{ height: list.layout.totalPx }}>
        {list.indexes.map((index) => {
          const entry = keys[index];
          if (!entry) return null;
          return (
            <KeyRow
              key={entry.key}
              entry={entry}
              startPx={list.layout.topOf(index)}
              freshMark={inspector.freshKey(entry.key)}
              isUnfolded={unfolded.has(entry.key)}
              isLoading={inspector.isLoading(entry.key)}
              onToggle={toggle}
              onHeight={onHeight}
              onLoad={(key) => inspector.loadValue(key)}
            />
          );
        })}
      </ul>
    </div>
  );
}
