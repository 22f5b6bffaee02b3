import { useLayoutEffect } from 'react';
import type { ListRows } from './readingPosition.ts';

interface Arrival {
  readonly rows: ListRows<string>;
  readonly activeId: string | undefined;
  readonly focus: (id: string) => void;
}

/** A row that was gone to before it was here has its id now: the focus, which was on what stood for it, goes there. */
export function useArrival({ rows, activeId, focus }: Arrival): void {
  const arrivedId = activeId === undefined ? undefined : rows.idAt(rows.indexOf(activeId));
  useLayoutEffect(() => {
    const isLost = document.activeElement === document.body;
    if (isLost && arrivedId !== undefined && arrivedId !== activeId) focus(arrivedId);
  });
}
