import { useState } from 'react';
import { useStore } from 'zustand';
import { templateOf, type Template } from '../../protocol/template.ts';
import { SplitView, type Pane } from '../ui/SplitView.tsx';
import type { Inspector } from './inspector.ts';
import { sortNames, type SortOrder } from './listSessions.ts';
import { messages as say } from './messages.ts';
import { SessionDetail } from './SessionDetail.tsx';
import { SessionsBody } from './SessionsBody.tsx';
import './InspectorPanel.css';

export interface InspectorPanelProps {
  readonly inspector: Inspector;
  /** Puts a template of SH_NEW into the composer. */
  readonly onInsertTemplate: (template: Template) => void;
  /** Puts a session's token to use in the composer. */
  readonly onUseToken: (token: string, name: string) => void;
}

const sortOrders = Object.keys(sortNames) as SortOrder[];

/** Every session of the server, live, and the one that was chosen. */
export function InspectorPanel({ inspector, onInsertTemplate, onUseToken }: InspectorPanelProps) {
  const hasWatched = useStore(inspector.store, (view) => view.watched !== undefined);
  const [search, setSearch] = useState('');
  const [order, setOrder] = useState<SortOrder>('newest');
  const list = (
    <div className="sessions-list">
      <SessionsBody
        inspector={inspector}
        search={search}
        order={order}
        onClearSearch={() => setSearch('')}
        onInsertTemplate={() => onInsertTemplate(templateOf('SH_NEW'))}
      />
    </div>
  );
  const panes: Pane[] = [{ id: 'sessions', label: say.listPane, content: list, minSize: '96px' }];
  if (hasWatched) {
    const detail = <SessionDetail inspector={inspector} onUseToken={onUseToken} />;
    panes.push({
      id: 'session',
      label: say.sessionPane,
      content: detail,
      size: '60%',
      minSize: '160px',
    });
  }
  return (
    <section className="panel inspector" aria-label={say.sessions}>
      <div className="panel-head">
        <h2>{say.sessions}</h2>
        <span className="spring" />
        <Totals inspector={inspector} />
      </div>
      <div className="sessions-tools">
        <input
          className="field"
          type="search"
          aria-label={say.findSessions}
          placeholder={say.findSessions}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <select
          className="field"
          aria-label={say.sortSessions}
          value={order}
          onChange={(event) => setOrder(event.target.value as SortOrder)}
        >
          {sortOrders.map((each) => (
            <option key={each} value={each}>
              {sortNames[each]}
            </option>
          ))}
        </select>
      </div>
      <div className="sessions-split">
        <SplitView orientation="vertical" panes={panes} />
      </div>
    </section>
  );
}

function Totals({ inspector }: { readonly inspector: Inspector }) {
  const sessions = useStore(inspector.store, (view) => view.totalSessions);
  const keys = useStore(inspector.store, (view) => view.totalKeys);
  return <span className="sessions-totals">{say.totals(sessions, keys)}</span>;
}
