import { useStore } from 'zustand';
import { Button } from '../../ui/Button.tsx';
import type { SessionList } from './sessionList.ts';
import type { LoadedRows } from './listView.ts';
import { texts } from './texts.ts';

/** Three counts: the rows on screen, those that match, and all sessions of the server. */
export function ListCounts({ source }: { readonly source: SessionList }) {
  const loaded = useStore(source.store, (view) => view.loaded);
  const [first, last] = useStore(source.store, (view) => view.seen);
  const isBusy = useStore(source.store, (view) => view.isBusy);
  if (!loaded) return null;
  const { length, matching, all } = loaded;
  const [from, to] = [Math.min(first + 1, length), Math.min(last + 1, length)];
  return (
    <div className="session-note sessions-part">
      <span className="sessions-counts">
        {texts.shown({ from, to, length, matching, all })}
        {isBusy && ` · ${texts.searching}`}
        <ContentProgress source={source} />
      </span>
      <CancelButton source={source} />
      <EndedButton source={source} />
    </div>
  );
}

/** Leads to the sessions that have ended. */
export function EndedButton({ source }: { readonly source: SessionList }) {
  return (
    <Button look="quiet" onClick={() => source.showEnded(true)}>
      {texts.recentlyEnded}
    </Button>
  );
}

const stopTexts = {
  results: texts.stoppedResults,
  time: texts.stoppedTime,
  path: texts.stoppedPath,
} as const;

/** How far a search in keys and values is, and why it stopped. */
function ContentProgress({ source }: { readonly source: SessionList }) {
  const { looked, all, stopped } = useStore(source.store, ({ loaded }) => loaded ?? noRows);
  const isCancelled = useStore(source.store, (view) => view.isCancelled);
  if (isCancelled) return ` · ${texts.cancelled}`;
  if (stopped !== undefined) return ` · ${stopTexts[stopped]}`;
  return looked === undefined ? null : ` · ${texts.searched(looked, all)}`;
}

function CancelButton({ source }: { readonly source: SessionList }) {
  const isSearching = useStore(source.store, ({ loaded, isCancelled }) => {
    const { looked, stopped } = loaded ?? noRows;
    return !isCancelled && stopped === undefined && looked !== undefined;
  });
  if (!isSearching) return null;
  return (
    <Button look="quiet" onClick={() => source.cancelSearch()}>
      {texts.cancelSearch}
    </Button>
  );
}

const noRows: Pick<LoadedRows, 'looked' | 'all' | 'stopped'> = { all: 0 };
