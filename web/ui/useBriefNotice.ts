import { useEffect, useState } from 'react';

const shownForMs = 3000;

/** A notice that disappears after a moment, and the function that shows one. */
export function useBriefNotice(): readonly [string, (text: string) => void] {
  const [notice, setNotice] = useState('');
  useEffect(() => {
    if (notice === '') return undefined;
    const timer = window.setTimeout(() => setNotice(''), shownForMs);
    return () => window.clearTimeout(timer);
  }, [notice]);
  return [notice, setNotice];
}
