import { useCallback, useRef, useSyncExternalStore } from 'react';

/**
 * Whether a CSS media query matches now; follows it live. While the page is printed it stays what it
 * was: the paper has another width, and another layout would take the place of what is printed.
 */
export function useMediaQuery(query: string): boolean {
  const onScreen = useRef<boolean>(undefined);
  const subscribe = useCallback(
    (onChange: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', onChange);
      return () => list.removeEventListener('change', onChange);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => {
    const isPrinting = window.matchMedia('print').matches;
    if (!isPrinting || onScreen.current === undefined) {
      onScreen.current = window.matchMedia(query).matches;
    }
    return onScreen.current;
  });
}
