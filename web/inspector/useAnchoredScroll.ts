import { useLayoutEffect, useRef, type RefObject } from 'react';
import type { SessionSummary } from '../../protocol/inspection/events.ts';

/** Rows of one height under a head of the same height. */
export interface ScrolledRows {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly sessions: readonly SessionSummary[];
  readonly rowHeightPx: number;
}

interface Anchor {
  readonly sessions: readonly SessionSummary[];
  readonly index: number;
  readonly offsetPx: number;
}

/** Rows after the anchor that may stand in for it when it is removed itself. */
const maxStandIns = 50;

/**
 * Away from the top, the row that is read stays where it is while sessions come and go above it.
 * At the top the newest are seen as they come.
 */
export function useAnchoredScroll({ scroller, sessions, rowHeightPx }: ScrolledRows): void {
  const anchor = useRef<Anchor>(undefined);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    if (anchor.current) {
      const scrollTop = scrollTopOf(anchor.current, sessions, rowHeightPx);
      if (scrollTop !== undefined) element.scrollTop = scrollTop;
    }
    const remember = () => {
      const { scrollTop } = element;
      const index = Math.floor(scrollTop / rowHeightPx);
      const offsetPx = scrollTop - index * rowHeightPx;
      anchor.current = scrollTop <= 0 ? undefined : { sessions, index, offsetPx };
    };
    remember();
    element.addEventListener('scroll', remember);
    return () => element.removeEventListener('scroll', remember);
  }, [scroller, sessions, rowHeightPx]);
}

function scrollTopOf(
  { sessions: before, index, offsetPx }: Anchor,
  sessions: readonly SessionSummary[],
  rowHeightPx: number,
): number | undefined {
  for (const { id } of before.slice(index, index + maxStandIns)) {
    const now = sessions.findIndex((session) => session.id === id);
    if (now >= 0) return now * rowHeightPx + offsetPx;
  }
  return undefined;
}
