import { useLayoutEffect, useState, type RefObject } from 'react';

/** Whether an element has this width at least, followed. */
export function useIsWide(ref: RefObject<HTMLElement | null>, minPx: number): boolean {
  const [isWide, setWide] = useState(false);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setWide(element.clientWidth >= minPx));
    setWide(element.clientWidth >= minPx);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref, minPx]);
  return isWide;
}
