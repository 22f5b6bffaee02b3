import { useLayoutEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Search } from '../search/logFilter.ts';
import type { TextMatches } from '../search/logSearch.ts';
import type { MessageLog } from '../store/messageLog.ts';

const none: TextMatches = [];

/** Where the search of the log occurs in a text. The answer of a worker comes a moment later. */
export function useMatches(log: MessageLog, text: string): TextMatches {
  const search = useStore(log.store, (view) => view.filter.search);
  const [found, setFound] = useState<{ text: string; search: Search; matches: TextMatches }>();
  useLayoutEffect(() => {
    if (search.text === '') return undefined;
    let isStale = false;
    log.matchesIn(text, (matches) => {
      if (!isStale && matches.length > 0) setFound({ text, search, matches });
    });
    return () => {
      isStale = true;
    };
  }, [log, text, search]);
  return found?.text === text && found.search === search ? found.matches : none;
}
