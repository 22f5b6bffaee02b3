import { useEffect, useRef } from 'react';
import type { ScrolledRows } from './useAnchoredScroll.ts';

/**
 * The selected row comes into view when it is chosen, and stays there when the room for the list
 * changes, as it does when the detail opens. Whoever has scrolled away from it is left alone.
 */
export function useSelectedInView(
  { scroller, sessions, rowHeightPx }: ScrolledRows,
  selectedId: string | undefined,
): void {
  const latest = useRef(sessions);
  useEffect(() => {
    latest.current = sessions;
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element || selectedId === undefined) return undefined;
    let heightPx: number | undefined;
    const observer = new ResizeObserver(() => {
      const index = latest.current.findIndex(({ id }) => id === selectedId);
      const { clientHeight, scrollTop } = element;
      // The head covers the height of one row.
      const wanted = (height: number) =>
        nearestScrollTop({ topPx: index * rowHeightPx, rowHeightPx }, scrollTop, height);
      const wasInView = heightPx === undefined || wanted(heightPx) === scrollTop;
      heightPx = clientHeight - rowHeightPx;
      if (index >= 0 && wasInView) element.scrollTop = wanted(heightPx);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, selectedId, rowHeightPx]);
}

interface RowPlace {
  readonly topPx: number;
  readonly rowHeightPx: number;
}

/** Where to scroll to for a row to be in view; `scrollTop` itself when it is already. */
export function nearestScrollTop(
  { topPx, rowHeightPx }: RowPlace,
  scrollTop: number,
  viewHeightPx: number,
): number {
  if (topPx < scrollTop) return topPx;
  return Math.max(scrollTop, topPx + rowHeightPx - viewHeightPx);
}
