import { useLayoutEffect, useRef } from 'react';
import type { PartRows } from './listItems.ts';
import type { SessionList } from './sessionList.ts';

interface Sought {
  readonly source: SessionList;
  readonly rows: PartRows;
  readonly selectedId: string | undefined;
  readonly reveal: (id: string) => void;
}

/** A session that was chosen elsewhere is looked for in the list, and shown. */
export function useSought({ source, rows, selectedId, reveal }: Sought): void {
  const before = useRef<string>(undefined);
  useLayoutEffect(() => {
    if (before.current !== selectedId) {
      before.current = selectedId;
      const isHere = selectedId === undefined || rows.indexOf(selectedId) >= 0;
      source.seek(isHere ? undefined : selectedId);
    }
    if (selectedId === undefined || source.soughtId !== selectedId) return;
    if (rows.indexOf(selectedId) < 0) return;
    source.seek(undefined);
    reveal(selectedId);
  });
}
