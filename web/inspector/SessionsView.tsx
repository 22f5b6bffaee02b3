import { useRef, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { templateOf } from '../../protocol/wire/template.ts';
import { SearchField } from '../ui/SearchField.tsx';
import { SplitView, type Pane } from '../ui/SplitView.tsx';
import { listSessions, sortNames, type Sorting, type SortOrder } from './listSessions.ts';
import { texts } from './texts.ts';
import { SessionDetail } from './session/SessionDetail.tsx';
import { SessionsBody } from './SessionsBody.tsx';
import { WidenButton } from './WidenButton.tsx';
import { useSessionFocus } from './useSessionFocus.ts';
import type { ViewProps } from './viewProps.ts';

const sortOrders = Object.keys(sortNames) as SortOrder[];

/** Every session of the server, live, and the one that was chosen. */
export function SessionsView(props: ViewProps) {
  const { inspector, server, isWidened = false, onWiden } = props;
  const watchedId = useStore(inspector.store, (view) => view.watched?.id);
  const [search, setSearch] = useState('');
  const [sorting, setSorting] = useState<Sorting>({ order: 'newest', isReversed: false });
  const listPane = useRef<HTMLDivElement>(null);
  useSessionFocus(listPane, watchedId);
  const list = (
    <div ref={listPane} className="sessions-list">
      <SessionTools {...{ search, sorting }} onSearch={setSearch} onSort={setSorting} />
      <SessionsBody
        inspector={inspector}
        foreign={server.foreign}
        isLost={server.isLost === true}
        search={search}
        sorting={sorting}
        onSort={setSorting}
        onClearSearch={() => setSearch('')}
        onInsertTemplate={() => props.onInsertTemplate(templateOf('SH_NEW'))}
      />
    </div>
  );
  const widenButton = onWiden && <WidenButton isWidened={isWidened} onWiden={onWiden} />;
  const panes: Pane[] = [
    {
      id: 'sessions',
      label: texts.listPane,
      content: list,
      // Wider, its columns would be far apart.
      room: isWidened
        ? { kind: 'fixed', size: 'clamp(560px, 40vw, 880px)' }
        : { kind: 'share', share: 45 },
      minSize: '240px',
    },
  ];
  if (watchedId === undefined && isWidened) {
    panes.push({
      id: 'session',
      label: texts.sessionPane,
      content: <p className="empty">{texts.chooseOne}</p>,
      minSize: '260px',
    });
  } else if (watchedId !== undefined) {
    panes.push({
      id: 'session',
      label: texts.sessionPane,
      content: (
        <SessionDetail
          inspector={inspector}
          server={server}
          onUse={props.onUse}
          widenButton={widenButton}
          inOrder={() => listSessions(inspector.sessions(), search, sorting)}
        />
      ),
      room: { kind: 'share', share: 55 },
      minSize: '260px',
    });
  }
  return (
    <div className="sessions-split">
      <SplitView orientation="horizontal" panes={panes} />
    </div>
  );
}

interface SessionToolsProps {
  readonly search: string;
  readonly sorting: Sorting;
  readonly onSearch: (search: string) => void;
  readonly onSort: (sorting: Sorting) => void;
}

function SessionTools({ search, sorting, onSearch, onSort }: SessionToolsProps) {
  return (
    <div className="panel-tools">
      <SearchField
        label={texts.findSessions}
        search={search}
        onSearch={onSearch}
        onKeyDown={enterList}
      />
      <select
        className="field"
        aria-label={texts.sortSessions}
        value={sorting.order}
        onChange={(event) => onSort({ order: event.target.value as SortOrder, isReversed: false })}
      >
        {sortOrders.map((each) => (
          <option key={each} value={each}>
            {sortNames[each]}
          </option>
        ))}
      </select>
    </div>
  );
}

/** To the row that was left, or the first one. */
function enterList(event: KeyboardEvent<HTMLInputElement>) {
  if (event.key !== 'ArrowDown' || event.nativeEvent.isComposing) return;
  const row = event.currentTarget
    .closest('.inspector')
    ?.querySelector<HTMLElement>('.session-open[tabindex="0"]');
  if (!row) return;
  event.preventDefault();
  row.focus();
}
