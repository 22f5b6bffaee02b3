import { useLayoutEffect, useRef, useState } from 'react';
import { treeRowPx } from '../../ui/rowHeights.ts';
import type { TreeRow } from './treeRows.ts';

/** Lines rendered beyond each edge of the view. */
const overscan = 20;
/** Height of the view before it is known. */
const firstViewPx = 480;

/** The lines of a tree that are in view: a thousand elements at once would hold up the page. */
export function useTreeWindow(rows: readonly TreeRow[], activeId: string) {
  const scroller = useRef<HTMLDivElement>(null);
  const wantedId = useRef<string>(undefined);
  const [view, setView] = useState({ topPx: 0, heightPx: firstViewPx });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const look = () => setView({ topPx: element.scrollTop, heightPx: element.clientHeight });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  useLayoutEffect(() => {
    if (wantedId.current !== activeId) return;
    const row = scroller.current?.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]');
    if (!row) return;
    wantedId.current = undefined;
    row.focus({ preventScroll: true });
  });
  const first = Math.max(0, Math.floor(view.topPx / treeRowPx) - overscan);
  const end = Math.ceil((view.topPx + view.heightPx) / treeRowPx) + overscan;
  return {
    scroller,
    first: Math.min(first, rows.length),
    shown: rows.slice(first, end),
    /** Scrolls a line into view and gives it the focus as soon as it is there. */
    focus: (id: string) => {
      const element = scroller.current;
      const topPx = rows.findIndex((row) => row.id === id) * treeRowPx;
      wantedId.current = id;
      if (!element) return;
      const lowestPx = topPx + treeRowPx - element.clientHeight;
      element.scrollTop = Math.min(topPx, Math.max(lowestPx, element.scrollTop));
    },
  };
}
