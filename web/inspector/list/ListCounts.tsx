import { useStore } from 'zustand';
import type { SessionList } from './sessionList.ts';
import { texts } from './texts.ts';

/** Three counts: the rows on screen, those that match, and all sessions of the server. */
export function ListCounts({ source }: { readonly source: SessionList }) {
  const loaded = useStore(source.store, (view) => view.loaded);
  const [first, last] = useStore(source.store, (view) => view.seen);
  const isBusy = useStore(source.store, (view) => view.isBusy);
  if (!loaded || loaded.length === 0) return null;
  const { length, matching, all } = loaded;
  const [from, to] = [Math.min(first + 1, length), Math.min(last + 1, length)];
  return (
    <p className="session-note sessions-part">
      {matching === all && length === all
        ? texts.shown(from, to, all)
        : `${texts.shownMatching(from, to, matching)} · ${texts.allSessions(all)}`}
      {isBusy && ` · ${texts.searching}`}
    </p>
  );
}
