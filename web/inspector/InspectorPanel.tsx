import { useState } from 'react';
import { useStore } from 'zustand';
import { templateOf, type Template } from '../../protocol/wire/template.ts';
import { Button } from '../ui/Button.tsx';
import { SplitView, type Pane } from '../ui/SplitView.tsx';
import type { ForeignServer } from './ForeignNotice.tsx';
import type { Inspector } from './inspector.ts';
import { sortNames, type SortOrder } from './listSessions.ts';
import { texts } from './texts.ts';
import { SessionDetail } from './SessionDetail.tsx';
import type { SessionUse } from './sessionUse.ts';
import { SessionsBody } from './SessionsBody.tsx';
import './InspectorPanel.css';

export interface InspectorPanelProps {
  readonly inspector: Inspector;
  readonly server: ShownServer;
  /** Puts a template of SH_NEW into the composer. */
  readonly onInsertTemplate: (template: Template) => void;
  /** Puts a session to use in the composer. Absent where its messages would reach another server. */
  readonly onUse?: ((use: SessionUse) => void) | undefined;
}

/** The server whose sessions are shown. */
export interface ShownServer {
  /** Named in the heading; absent when it is the one that the tab is about. */
  readonly host?: string | undefined;
  /** Leaves sessions that were shown instead of those of the tab's server. */
  readonly back?: { readonly host: string; readonly onShow: () => void } | undefined;
  readonly foreign?: ForeignServer | undefined;
}

const sortOrders = Object.keys(sortNames) as SortOrder[];

/** Every session of the server, live, and the one that was chosen. */
export function InspectorPanel(props: InspectorPanelProps) {
  const { inspector, server } = props;
  const hasWatched = useStore(inspector.store, (view) => view.watched !== undefined);
  const [search, setSearch] = useState('');
  const [order, setOrder] = useState<SortOrder>('newest');
  const list = (
    <div className="sessions-list">
      <SessionsBody
        inspector={inspector}
        foreign={server.foreign}
        search={search}
        order={order}
        onClearSearch={() => setSearch('')}
        onInsertTemplate={() => props.onInsertTemplate(templateOf('SH_NEW'))}
      />
    </div>
  );
  const panes: Pane[] = [{ id: 'sessions', label: texts.listPane, content: list, minSize: '96px' }];
  if (hasWatched) {
    const detail = <SessionDetail inspector={inspector} onUse={props.onUse} />;
    panes.push({
      id: 'session',
      label: texts.sessionPane,
      content: detail,
      room: { kind: 'share', share: 2 },
      minSize: '160px',
    });
  }
  return (
    <section className="panel inspector" aria-label={texts.sessions}>
      <div className="panel-head">
        <h2>{server.host === undefined ? texts.sessions : texts.sessionsOf(server.host)}</h2>
        <span className="spring" />
        <Totals inspector={inspector} />
      </div>
      {server.back && (
        <p className="notice is-warn">
          {texts.tabIsElsewhere(server.back.host)}
          <Button onClick={server.back.onShow}>{texts.backTo(server.back.host)}</Button>
        </p>
      )}
      <div className="sessions-tools">
        <input
          className="field"
          type="search"
          aria-label={texts.findSessions}
          placeholder={texts.findSessions}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <select
          className="field"
          aria-label={texts.sortSessions}
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
  return <span className="sessions-totals">{texts.totals(sessions, keys)}</span>;
}
