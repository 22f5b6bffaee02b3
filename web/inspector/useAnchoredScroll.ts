import type { Virtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, type RefObject } from 'react';
import type { ListedSession } from './sessionList.ts';

interface AnchoredScrollInput {
  readonly rows: Virtualizer<HTMLDivElement, Element>;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly sessions: readonly ListedSession[];
  readonly rowHeightPx: number;
}

/**
 * Away from the top, the row that is read stays where it is while sessions come and go above it.
 * At the top the newest are seen as they come.
 */
export function useAnchoredScroll(input: AnchoredScrollInput): void {
  const { rows, scroller, sessions, rowHeightPx } = input;
  const anchor = useRef<{ id: string; offsetPx: number }>(undefined);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const remember = () => {
      const index = Math.floor(element.scrollTop / rowHeightPx);
      const session = element.scrollTop === 0 ? undefined : sessions[index];
      const offsetPx = element.scrollTop - index * rowHeightPx;
      anchor.current = session && { id: session.id, offsetPx };
    };
    element.addEventListener('scroll', remember);
    return () => element.removeEventListener('scroll', remember);
  }, [scroller, sessions, rowHeightPx]);

  useLayoutEffect(() => {
    const kept = anchor.current;
    if (!kept) return;
    const index = sessions.findIndex(({ id }) => id === kept.id);
    if (index >= 0) rows.scrollToOffset(index * rowHeightPx + kept.offsetPx);
  }, [rows, sessions, rowHeightPx]);
}
