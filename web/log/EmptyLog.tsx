import { useStore } from 'zustand';
import { Button } from '../ui/Button.tsx';
import { noFilter } from './logFilter.ts';
import type { MessageLog } from './messageLog.ts';
import { messages, showLabels } from './messages.ts';

/** Says why there is nothing to see, and what to do about it. */
export function EmptyLog({ log }: { readonly log: MessageLog }) {
  const { kept } = useStore(log.store, (view) => view.counts);
  const isSearching = useStore(log.store, (view) => view.isSearching);
  const { search, show, facets } = useStore(log.store, (view) => view.filter);
  if (isSearching) return <p className="empty log-empty">{messages.searching}</p>;
  if (kept === 0) {
    return (
      <div className="empty log-empty">
        <p>
          <strong>{messages.emptyTitle}</strong> {messages.empty}
        </p>
      </div>
    );
  }
  const filtered = facets.length > 0 ? messages.noMatchFilters : showLabels[show];
  return (
    <div className="empty log-empty">
      <p>
        <strong>{messages.noMatchTitle(search.text === '' ? filtered : search.text)}</strong>{' '}
        {messages.hidden(kept)}
      </p>
      <div className="log-empty-ways">
        {facets.length > 0 && (
          <Button onClick={() => log.setFilter({ facets: [], show: 'all' })}>
            {messages.clearFilters}
          </Button>
        )}
        <Button onClick={() => log.setFilter(noFilter)}>{messages.showAllMessages}</Button>
      </div>
    </div>
  );
}
