import { Download, Trash2 } from 'lucide-react';
import { useDeferredValue, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Entry } from '../connection/exchange.ts';
import { IconButton } from '../ui/Button.tsx';
import { LogList } from './LogList.tsx';
import { showChoices, showLabels, type Show } from './logFilter.ts';
import type { MessageLog } from './messageLog.ts';
import './LogPanel.css';

export interface LogPanelProps {
  readonly log: MessageLog;
  readonly isNewestFirst: boolean;
  /** Puts a message into the composer. */
  readonly onEdit: (text: string) => void;
  /** Sends a message again as it was. */
  readonly onResend: (text: string) => void;
  /** Makes a file of entries, oldest first. */
  readonly onExport: (entries: readonly Entry[]) => void;
}

/** What went over the connection. */
export function LogPanel({ log, isNewestFirst, onEdit, onResend, onExport }: LogPanelProps) {
  const show = useStore(log.store, (view) => view.show);
  const kept = useStore(log.store, (view) => view.kept);
  const dropped = useStore(log.store, (view) => view.dropped);
  return (
    <section className="panel log" aria-label="Response">
      <div className="panel-head">
        <h2>Response</h2>
        <SearchBox log={log} />
        <select
          className="field log-show"
          aria-label="Show"
          value={show}
          onChange={(event) => log.setFilter({ show: event.target.value as Show })}
        >
          {showChoices.map((choice) => (
            <option key={choice} value={choice}>
              {showLabels[choice]}
            </option>
          ))}
        </select>
        <IconButton
          label="Export"
          title="Export messages as data, a test or a script"
          icon={<Download size={15} />}
          disabled={kept === 0}
          onClick={() => onExport(log.all())}
        />
        <IconButton
          label="Clear messages"
          icon={<Trash2 size={15} />}
          disabled={kept === 0}
          onClick={() => log.clear()}
        />
      </div>
      <LogList
        // Another log or order is another list, with a reading position of its own.
        key={isNewestFirst ? 'newest first' : 'newest last'}
        log={log}
        isNewestFirst={isNewestFirst}
        onEdit={onEdit}
        onResend={onResend}
      />
      {dropped > 0 && (
        <p className="log-dropped">
          {dropped.toLocaleString('en')} older messages were let go; the newest{' '}
          {kept.toLocaleString('en')} are kept.
        </p>
      )}
    </section>
  );
}

function SearchBox({ log }: { readonly log: MessageLog }) {
  const [typed, setTyped] = useState(() => log.store.getState().search);
  const settled = useDeferredValue(typed);
  useEffect(() => {
    if (log.store.getState().search !== settled) log.setFilter({ search: settled });
  }, [log, settled]);
  return (
    <input
      className="field log-search"
      type="search"
      aria-label="Search messages"
      placeholder="Search messages"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
}
