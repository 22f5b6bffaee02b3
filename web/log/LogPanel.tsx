import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { X } from 'lucide-react';
import { useStore } from 'zustand';
import type { Connection } from '../connection/page/connection.ts';
import type {
  Entry,
  RowChoices,
  WaitRefusal,
  WrittenMessage,
} from '../connection/page/exchange.ts';
import { describeRefusal } from '../connection/texts/describeRefusal.ts';
import { outgoing } from '../connection/page/outgoing.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { lateDialogView } from '../ui/lateDialog.tsx';
import { describeAnnouncement } from './describeEntry.ts';
import { EmptyLog } from './EmptyLog.tsx';
import { LogList, type ListHandle } from './list/LogList.tsx';
import { FilterChips, LogCountsLine, LogNotices } from './LogNotices.tsx';
import { LogToolbar } from './LogToolbar.tsx';
import { viewStateOf } from './list/logViewState.ts';
import { messagesOf, partsOf } from './list/messagesOf.ts';
import { LogSearch } from './search/logSearch.ts';
import type { RowKind } from './store/exchangePairs.ts';
import type { MessageLog } from './store/messageLog.ts';
import { shownParts } from './shownParts.ts';
import { texts } from './texts.ts';
import { SearchBox } from './SearchBox.tsx';
import { everything, nothingSelected, selectedEntries } from './list/selection.ts';
import { UnsentMessages } from './UnsentMessages.tsx';
import { useGoTo } from './list/useGoTo.ts';
import { listCommands } from './list/listCommands.ts';
import './LogPanel.css';

const CompareView = lateDialogView(
  async () => (await import('./compare/CompareView.tsx')).CompareView,
);

/** How long a notice is shown. */
const noticeMs = 2000;

export interface LogPanelProps {
  readonly log: MessageLog;
  readonly connection: Connection;
  readonly isNewestFirst: boolean;
  readonly onNewestFirst: (isNewestFirst: boolean) => void;
  readonly rowKind: RowKind;
  readonly onRowKind: (rowKind: RowKind) => void;
  /** Puts the cursor into the composer. */
  readonly onCompose: () => void;
  /** Puts a message into the composer. */
  readonly onEdit: (text: string) => void;
  /** Shows a message as a program. */
  readonly onCode: (message: WrittenMessage) => void;
  /** Makes a file of rows. */
  readonly onExport: (rows: RowChoices) => void;
}

/** The messages of the connection. */
export function LogPanel(props: LogPanelProps) {
  const { log, connection, isNewestFirst, rowKind } = props;
  useShownLog(log, rowKind);
  const viewState = viewStateOf(log);
  const selection = useStore(viewState.store, (view) => view.selection);
  const [compared, setCompared] = useState<readonly Entry[]>();
  const [notice, notify] = useNotice();
  const list = useRef<ListHandle>(undefined);
  const way = useGoTo({
    log,
    isNewestFirst,
    list,
    onNoFailure: () => notify(texts.saidNoFailure),
  });
  const entries = log.visible();

  const onRefusal = (refusal: WaitRefusal) => notify(describeRefusal(refusal));
  const resend = (text: string) => {
    const { state } = connection.send(outgoing(text));
    if (state.state === 'refused') onRefusal(state.refusal);
  };
  const { copy, commands } = listCommands({ ...props, onResend: resend, way, notify });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'F8' || event.defaultPrevented) return;
    event.preventDefault();
    way.nextFailure(undefined, event.shiftKey ? -1 : 1);
  };
  const unsent = (
    <UnsentMessages connection={connection} onEdit={props.onEdit} onRefusal={onRefusal} />
  );
  const chosen = selection.ids.size > 0 ? selectedEntries(selection, entries) : [];
  // Copies: the log keeps growing.
  const exportRows = () =>
    props.onExport({
      selected: messagesOf(log, chosen),
      shown: messagesOf(log, entries.toArray()),
      all: [...log.all()],
    });
  return (
    <section className="panel log" aria-label={texts.response} onKeyDown={onKeyDown}>
      <div className="panel-head log-head">
        <h2>{texts.response}</h2>
        <SearchBox log={log} place={way.matchPlace} onStep={way.stepMatch} />
        <LogToolbar
          log={log}
          isNewestFirst={isNewestFirst}
          onNewestFirst={props.onNewestFirst}
          onRowKind={props.onRowKind}
          onExport={exportRows}
          onNextFailure={() => way.nextFailure(undefined, 1)}
          onSelectAll={() => viewState.select(everything(entries))}
        />
      </div>
      <FilterChips log={log} />
      <LogNotices log={log} />
      {isNewestFirst && unsent}
      <LogList
        // Other rows, or another order, are another list: no row on screen stays in place.
        key={`${isNewestFirst ? 'newest first' : 'newest last'} ${rowKind}`}
        log={log}
        isNewestFirst={isNewestFirst}
        currentMatchId={way.matchId}
        commands={commands}
        nothing={<EmptyLog log={log} connection={connection} onCompose={props.onCompose} />}
        handle={list}
      />
      {!isNewestFirst && unsent}
      {chosen.length > 0 && (
        <SelectionBar
          entries={chosen}
          onExport={exportRows}
          onCopy={() => void copy(chosen)}
          onCompare={() => setCompared(chosen)}
          onClear={() => viewState.select(nothingSelected)}
        />
      )}
      <LogCountsLine log={log} />
      <Spoken log={log} notice={notice} />
      <ComparedRows log={log} compared={compared} onClose={() => setCompared(undefined)} />
    </section>
  );
}

/** Brings what a log needs while it is shown. */
function useShownLog(log: MessageLog, rowKind: RowKind): void {
  useLayoutEffect(() => {
    log.attachView(shownParts);
    log.attachSearch((deps) => new LogSearch(deps));
  }, [log]);
  useLayoutEffect(() => {
    if (log.store.getState().rowKind === rowKind) return;
    log.group(rowKind);
    viewStateOf(log).forgetRows();
  }, [log, rowKind]);
}

/** Announcements for screen readers; the result of an action is shown as well. */
function Spoken({ log, notice }: { readonly log: MessageLog; readonly notice: string }) {
  const announcement = useStore(log.store, (view) => view.announcement);
  return (
    <>
      <p className={notice === '' ? 'visually-hidden' : 'log-brief-notice'} role="status">
        {notice}
      </p>
      <p className="visually-hidden" role="status" aria-label={texts.said}>
        {announcement && describeAnnouncement(announcement)}
      </p>
    </>
  );
}

interface ComparedRowsProps {
  readonly log: MessageLog;
  readonly compared: readonly Entry[] | undefined;
  readonly onClose: () => void;
}

function ComparedRows({ log, compared, onClose }: ComparedRowsProps) {
  const [older, newer] = compared ?? [];
  if (!older || !newer) return null;
  return (
    <Dialog title={texts.compareTitle} onClose={onClose}>
      <CompareView older={partsOf(log, older)} newer={partsOf(log, newer)} />
    </Dialog>
  );
}

interface SelectionBarProps {
  readonly entries: readonly Entry[];
  readonly onExport: () => void;
  readonly onCopy: () => void;
  readonly onCompare: () => void;
  readonly onClear: () => void;
}

/** What can be done with the chosen messages. */
function SelectionBar(props: SelectionBarProps) {
  const { entries } = props;
  const comparable = entries.filter(({ kind }) => kind !== 'connection');
  return (
    <div className="log-selection" role="toolbar" aria-label={texts.selection}>
      <span role="status">{texts.selected(entries.length)}</span>
      <Button onClick={props.onCopy}>{texts.copy}</Button>
      <Button
        disabled={entries.length !== 2 || comparable.length !== 2}
        title={texts.compareHint}
        onClick={props.onCompare}
      >
        {texts.compare}
      </Button>
      <Button onClick={props.onExport}>{texts.exportSelected}</Button>
      <span className="spring" />
      <IconButton label={texts.clearSelection} icon={<X size={14} />} onClick={props.onClear} />
    </div>
  );
}

/** A sentence that is shown for two seconds, and the function to show one. */
function useNotice(): readonly [string, (sentence: string) => void] {
  const [notice, setNotice] = useState({ sentence: '' });
  useEffect(() => {
    if (notice.sentence === '') return undefined;
    const timer = window.setTimeout(() => setNotice({ sentence: '' }), noticeMs);
    return () => window.clearTimeout(timer);
  }, [notice]);
  return [notice.sentence, (sentence) => setNotice({ sentence })];
}
