import { useStore } from 'zustand';
import { Button } from '../ui/Button.tsx';
import { showLabels } from './logFilter.ts';
import type { MessageLog } from './messageLog.ts';

/** Says why there is nothing to see, and what to do about it. */
export function EmptyLog({ log }: { readonly log: MessageLog }) {
  const kept = useStore(log.store, (view) => view.kept);
  const search = useStore(log.store, (view) => view.search);
  const show = useStore(log.store, (view) => view.show);
  if (kept === 0) {
    return (
      <div className="empty log-empty">
        <p>
          <strong>No messages yet.</strong> Write a command on the other side and press Send: it and
          its reply appear here.
        </p>
      </div>
    );
  }
  const what = search === '' ? `“${showLabels[show]}”` : `“${search}”`;
  return (
    <div className="empty log-empty">
      <p>
        <strong>No match for {what}.</strong> {kept.toLocaleString('en')} messages are hidden.
      </p>
      <Button onClick={() => log.setFilter({ search: '', show: 'all' })}>Show all messages</Button>
    </div>
  );
}
