import { useStore } from 'zustand';
import { Button } from '../ui/Button.tsx';
import type { Inspector } from './inspectorStore.ts';
import { KeyForm } from './KeyForm.tsx';
import { NoLink } from './LinkNotice.tsx';

interface EmptySessionsProps {
  readonly inspector: Inspector;
  readonly onInsertTemplate?: (() => void) | undefined;
}

/** Says why there are no sessions to see, and what to do about it. */
export function EmptySessions({ inspector, onInsertTemplate }: EmptySessionsProps) {
  const link = useStore(inspector.store, (view) => view.link);
  switch (link.state) {
    case 'idle':
    case 'connecting':
      return (
        <div className="empty">
          <p role="status">Connecting…</p>
        </div>
      );
    case 'live':
      return <NothingListed inspector={inspector} onInsertTemplate={onInsertTemplate} />;
    case 'needsKey':
      return <KeyForm inspector={inspector} isRefused={link.isRefused} />;
    case 'off':
      return (
        <div className="empty">
          <p role="status">
            <strong>Inspection is switched off on this server.</strong> Start it without{' '}
            <code>--no-inspect</code> to see its sessions here.
          </p>
          <Button onClick={() => inspector.retryNow()}>Check again</Button>
        </div>
      );
    case 'retrying':
      return <NoLink inspector={inspector} link={link} />;
  }
}

function NothingListed({ inspector, onInsertTemplate }: EmptySessionsProps) {
  const hasList = useStore(inspector.store, (view) => view.hasList);
  const search = useStore(inspector.store, (view) => view.search);
  const listed = inspector.listedCount();
  if (!hasList) {
    return (
      <div className="empty">
        <p role="status">Loading sessions…</p>
      </div>
    );
  }
  if (listed > 0) {
    return (
      <div className="empty">
        <p>
          <strong>No session matches “{search.trim().slice(0, 60)}”.</strong>{' '}
          {listed.toLocaleString('en')} {listed === 1 ? 'is' : 'are'} hidden. Names, ids and the end
          of tokens are searched.
        </p>
        <Button onClick={() => inspector.setFilter({ search: '' })}>Show all sessions</Button>
      </div>
    );
  }
  return (
    <div className="empty">
      <p>
        <strong>No sessions yet.</strong> Create one with SH_NEW: it appears here at once.
      </p>
      {onInsertTemplate && <Button onClick={onInsertTemplate}>Insert SH_NEW</Button>}
    </div>
  );
}
