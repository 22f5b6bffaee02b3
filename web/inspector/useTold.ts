import { useEffect, useState } from 'react';

const toldForMs = 3000;

/** A line that is said for a moment, and the function that says it. */
export function useTold(): readonly [string, (text: string) => void] {
  const [told, setTold] = useState('');
  useEffect(() => {
    if (told === '') return undefined;
    const timer = window.setTimeout(() => setTold(''), toldForMs);
    return () => window.clearTimeout(timer);
  }, [told]);
  return [told, setTold];
}
