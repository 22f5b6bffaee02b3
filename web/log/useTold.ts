import { useEffect, useState } from 'react';

const shownForMs = 2000;

/** A sentence that stands for a moment. */
export function useTold(): readonly [string, (sentence: string) => void] {
  const [told, setTold] = useState({ sentence: '' });
  useEffect(() => {
    if (told.sentence === '') return undefined;
    const timer = window.setTimeout(() => setTold({ sentence: '' }), shownForMs);
    return () => window.clearTimeout(timer);
  }, [told]);
  return [told.sentence, (sentence) => setTold({ sentence })];
}
