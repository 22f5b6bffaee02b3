import { useLayoutEffect, useMemo, useRef } from 'react';
import { partRows, type KeptItem, type PartRows } from './listItems.ts';
import type { LoadedRows } from './listView.ts';

/**
 * The rows of the list; the same object until others come.
 * @param keptIds Rows that still count when they are no longer among those that are here.
 */
export function usePartRows(
  loaded: LoadedRows,
  keptIds: readonly (string | undefined)[],
): PartRows {
  const kept = useRef<ReadonlyMap<string, KeptItem>>(new Map());
  const rows = useMemo(() => partRows(loaded, kept.current), [loaded]);
  useLayoutEffect(() => {
    kept.current = new Map(
      keptIds.flatMap((id) => {
        const index = id === undefined ? -1 : rows.indexOf(id);
        const item = rows.itemAt(index);
        return item?.id === id && id !== undefined && item ? [[id, { index, item }]] : [];
      }),
    );
  });
  return rows;
}
