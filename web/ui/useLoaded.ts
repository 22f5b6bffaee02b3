import { useEffect, useState } from 'react';

/** A part of the page that is fetched when it is first needed. */
export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  /** The server did not hand it out. */
  | { readonly state: 'failed'; readonly retry: () => void };

/**
 * Fetches a part of the page. Unlike React.lazy, a failure takes nothing else of the page down.
 * @param load The same function at every render.
 */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' });
  const [attempt, setAttempt] = useState(1);
  useEffect(() => {
    let isWanted = true;
    const retry = () => {
      setLoaded({ state: 'loading' });
      setAttempt(attempt + 1);
    };
    load().then(
      (value) => isWanted && setLoaded({ state: 'ready', value }),
      () => isWanted && setLoaded({ state: 'failed', retry }),
    );
    return () => {
      isWanted = false;
    };
  }, [load, attempt]);
  return loaded;
}
