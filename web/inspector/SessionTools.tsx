import { useDeferredValue, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Inspector } from './inspectorStore.ts';
import { sessionSorts, type SessionSort } from './sessionList.ts';

interface SessionToolsProps {
  readonly inspector: Inspector;
  /** Whether there is a list to find something in. */
  readonly isShowable: boolean;
}

const sortLabels: Readonly<Record<SessionSort, string>> = {
  newest: 'Newest first',
  name: 'By name',
  keys: 'Most keys',
  expiry: 'Next to expire',
};

/** The panel's head: how many there are, which of them to show, and how. */
export function SessionTools({ inspector, isShowable }: SessionToolsProps) {
  const sort = useStore(inspector.store, (view) => view.sort);
  return (
    <>
      <div className="panel-head">
        <h2>Sessions</h2>
        <LiveDot inspector={inspector} />
        <span className="spring" />
        {isShowable && <TotalsLine inspector={inspector} />}
      </div>
      {isShowable && (
        <div className="session-tools">
          <FindBox inspector={inspector} />
          <select
            className="field session-sort"
            aria-label="Sort sessions"
            value={sort}
            onChange={(event) => inspector.setFilter({ sort: event.target.value as SessionSort })}
          >
            {sessionSorts.map((each) => (
              <option key={each} value={each}>
                {sortLabels[each]}
              </option>
            ))}
          </select>
        </div>
      )}
      {isShowable && <ShownLine inspector={inspector} />}
    </>
  );
}

function LiveDot({ inspector }: { readonly inspector: Inspector }) {
  const isLive = useStore(inspector.store, (view) => view.link.state === 'live');
  return isLive ? <span className="chip is-good">Live</span> : null;
}

function TotalsLine({ inspector }: { readonly inspector: Inspector }) {
  const { sessions, keys } = useStore(inspector.store, (view) => view.totals);
  return (
    <span className="session-totals">
      {count(sessions, 'session')} · {count(keys, 'key')}
    </span>
  );
}

/** Nothing is left out in silence: says how many are shown, when that is not all of them. */
function ShownLine({ inspector }: { readonly inspector: Inspector }) {
  const { sessions: total } = useStore(inspector.store, (view) => view.totals);
  const search = useStore(inspector.store, (view) => view.search);
  useStore(inspector.store, (view) => view.version);
  const listed = inspector.listedCount();
  const isCapped = listed < total;
  const isSearching = search.trim() !== '';
  if (!isCapped && !isSearching) return null;
  return (
    <p className="session-shown">
      {isSearching
        ? `${number(inspector.sessions().length)} of ${number(listed)} listed match`
        : `Showing ${number(listed)} of ${number(total)}`}
      {isSearching && isCapped && `; ${number(total - listed)} more are not listed`}
    </p>
  );
}

function FindBox({ inspector }: { readonly inspector: Inspector }) {
  const search = useStore(inspector.store, (view) => view.search);
  const [typed, setTyped] = useState(search);
  const [wasSearch, setWasSearch] = useState(search);
  const settled = useDeferredValue(typed);
  // The search can be taken away from outside, by "Show all sessions".
  if (search !== wasSearch) {
    setWasSearch(search);
    setTyped(search);
  }
  useEffect(() => {
    if (inspector.store.getState().search !== settled) inspector.setFilter({ search: settled });
  }, [inspector, settled]);
  return (
    <input
      className="field session-find"
      type="search"
      aria-label="Find sessions"
      placeholder="Find sessions"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
}

function count(amount: number, noun: string): string {
  return `${number(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}

function number(amount: number): string {
  return amount.toLocaleString('en');
}
