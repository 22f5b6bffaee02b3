import { useLayoutEffect, useRef } from 'react';

/**
 * Reports how tall a row is while it is unfolded.
 * @param onHeight Stays the same from render to render.
 */
export function useRowHeight<E extends HTMLElement, Id>(
  id: Id,
  isUnfolded: boolean,
  onHeight: (id: Id, heightPx: number) => void,
) {
  const row = useRef<E>(null);
  useLayoutEffect(() => {
    const element = row.current;
    if (!element || !isUnfolded) return undefined;
    const measure = () => onHeight(id, Math.ceil(element.getBoundingClientRect().height));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [id, isUnfolded, onHeight]);
  return row;
}
