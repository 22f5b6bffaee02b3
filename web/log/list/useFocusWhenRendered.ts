import { useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * Makes rows active and gives them the focus, as soon as they are rendered.
 * @returns The function to call with a row's id.
 */
export function useFocusWhenRendered(
  scroller: RefObject<HTMLDivElement | null>,
  activeId: number | undefined,
  setActiveId: (id: number) => void,
): (id: number) => void {
  const isWanted = useRef(false);
  useLayoutEffect(() => {
    if (!isWanted.current || activeId === undefined) return;
    const row = scroller.current?.querySelector(`[data-id="${activeId}"]`);
    const toggle = row?.querySelector<HTMLElement>('.log-row-toggle');
    if (!toggle) return;
    isWanted.current = false;
    toggle.focus({ preventScroll: true });
  });
  return (id) => {
    isWanted.current = true;
    setActiveId(id);
  };
}
