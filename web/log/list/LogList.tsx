import { ArrowDown, ArrowUp } from 'lucide-react';
import {
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { useStore } from 'zustand';
import { Button } from '../../ui/Button.tsx';
import { listKeyHandler } from './listKeyHandler.ts';
import { LogRow } from './LogRow.tsx';
import { QuickLook } from './QuickLook.tsx';
import type { RowActions } from './rowProps.ts';
import { viewStateOf, type LogViewState } from './logViewState.ts';
import type { MessageLog } from '../store/messageLog.ts';
import { texts } from '../texts.ts';
import type { ListCommands } from './listCommands.ts';
import { extended, toggled } from './selection.ts';
import { useFocusWhenRendered } from '../../ui/virtualList/useFocusWhenRendered.ts';
import { usePresses } from '../../ui/virtualList/useHeldWhilePressed.ts';
import { useLogRows } from './useLogRows.ts';
import { printedIndexes, useIsPrinting } from './printedRows.ts';
import type { EntryQueue } from '../store/entryQueue.ts';

/** What the list does on behalf of the panel. */
export interface ListHandle {
  /** Brings an entry into view; with the focus if wanted. */
  readonly goTo: (id: number, options: { readonly isFocused: boolean }) => void;
}

interface LogListProps {
  readonly log: MessageLog;
  readonly isNewestFirst: boolean;
  /** Row of the search match that a person has stepped to. */
  readonly currentMatchId: number | undefined;
  readonly commands: ListCommands;
  /** Shown where there are no rows. */
  readonly nothing: ReactNode;
  readonly handle: RefObject<ListHandle | undefined>;
}

/** The rows of the log: only those on screen are rendered, and the row that is read stays in place. */
export function LogList(props: LogListProps) {
  const { log, isNewestFirst, commands } = props;
  // The entries are outside of React: a new version means that they changed.
  useStore(log.store, (view) => view.version);
  const isExchange = useStore(log.store, (view) => view.rowKind === 'exchange');
  const entries = log.visible();
  const viewState = viewStateOf(log);
  const selection = useStore(viewState.store, (view) => view.selection);
  const activeId = useStore(viewState.store, (view) => view.activeId);
  const { isUnfolded, heights } = useUnfolding(log, viewState);
  const scroller = useRef<HTMLDivElement>(null);
  const shown = useLogRows({ log, isNewestFirst, viewState, scroller, heights });
  const { rows, list } = shown;
  const isPrinting = useIsPrinting();
  const focus = useFocusWhenRendered({
    scroller,
    activeId,
    onActivate: viewState.activate,
    selector: '.log-row-toggle',
  });
  const quickLook = useQuickLook(viewState, list.reveal);
  const onSelect = viewState.select;
  const keys = { entries, rows, list, activeId, focus, selection, onSelect, quickLook, commands };
  const actions = useStableActions({
    ...commands,
    press: rowPresses({ viewState, entries, isUnfolded, hold: list.hold }),
    focus: viewState.activate,
    toggleSelected: (id) => onSelect(toggled(selection, id)),
    setHeight: viewState.setHeight,
  });
  usePinnedWhilePressed(scroller, list.pin);
  useListHandle(props.handle, (id) => list.reveal(id, 'middle'), focus);

  const isPassing = (id: number) => shown.isPassing && id !== activeId && !selection.ids.has(id);
  const tabStopId = tabStopOf(list.indexes.map(rows.idAt), activeId);
  const isSelected = (id: number) => selection.ids.has(id);
  const indexes = isPrinting ? printedIndexes({ ...rows, isSelected, isUnfolded }) : list.indexes;
  return (
    <div className={useFrameClass(log)}>
      {entries.length === 0 && props.nothing}
      <div
        ref={scroller}
        className="log-scroller"
        role="log"
        aria-label={texts.messages}
        aria-live="off"
        onKeyDown={listKeyHandler(keys)}
        onKeyUp={ignoreSpace}
      >
        <ul style={{ height: list.layout.totalPx }}>
          {indexes.map((index) => {
            const entry = entries.find(rows.idAt(index) ?? 0);
            if (!entry) return null;
            const { id } = entry;
            return (
              <LogRow
                key={id}
                log={log}
                entry={entry}
                reply={log.replyOf(entry)}
                isExchange={isExchange}
                index={index}
                count={entries.length}
                topPx={list.layout.topOf(index)}
                isUnfolded={isUnfolded(id)}
                isPassing={isPassing(id)}
                isTabStop={tabStopId === id}
                isSelected={selection.ids.has(id)}
                isCurrentMatch={props.currentMatchId === id}
                actions={actions}
              />
            );
          })}
        </ul>
      </div>
      {quickLook.isOpen && <QuickLook log={log} actions={actions} onClose={quickLook.onToggle} />}
      <JumpToLatest count={shown.unseen} isUp={isNewestFirst} onJump={list.follow} />
    </div>
  );
}

/** What rows look like depends on what the whole list is used for. */
function useFrameClass(log: MessageLog): string {
  const isSelecting = useStore(viewStateOf(log).store, ({ selection }) => selection.ids.size > 0);
  const isPeeking = useStore(viewStateOf(log).store, (view) => view.isPeeking);
  const isSearching = useStore(log.store, (view) => view.filter.search.text !== '');
  const marks = [
    isSelecting ? 'is-selecting' : '',
    isSearching ? 'is-searching' : '',
    isPeeking ? 'is-peeking' : '',
  ];
  return ['log-frame', ...marks].join(' ').trim();
}

/** The one row that Tab goes to: the active one, if it is there. */
function tabStopOf(ids: readonly (number | undefined)[], activeId: number | undefined) {
  return ids.includes(activeId) ? activeId : ids[0];
}

/** Without this a button would react when the space bar is released. */
function ignoreSpace(event: KeyboardEvent): void {
  if (event.key === ' ' && event.target instanceof HTMLButtonElement) event.preventDefault();
}

interface JumpToLatestProps {
  readonly count: number;
  readonly isUp: boolean;
  readonly onJump: () => void;
}

function JumpToLatest({ count, isUp, onJump }: JumpToLatestProps) {
  if (count === 0) return null;
  return (
    <div className={isUp ? 'log-jump is-top' : 'log-jump'}>
      <Button look="primary" onClick={onJump} aria-label={texts.jump}>
        {isUp ? <ArrowUp size={14} /> : <ArrowDown size={14} />}
        {texts.newMessages(count)}
        {texts.jump}
      </Button>
    </div>
  );
}

/** Lets the panel bring a row into view. */
function useListHandle(
  handle: LogListProps['handle'],
  reveal: (id: number) => void,
  focus: (id: number) => void,
): void {
  useLayoutEffect(() => {
    handle.current = {
      goTo: (id, { isFocused }) => {
        reveal(id);
        if (isFocused) focus(id);
      },
    };
  });
}

/** A row that is pressed stays in its place: one that moves gets no click. */
function usePinnedWhilePressed(
  scroller: RefObject<HTMLElement | null>,
  pin: (id: number) => () => void,
): void {
  const latest = useRef(pin);
  useLayoutEffect(() => {
    latest.current = pin;
  });
  const press = useCallback((target: Element) => {
    const id = target.closest('.log-scroller > ul > li')?.getAttribute('data-id');
    return latest.current(Number(id));
  }, []);
  usePresses(scroller, press);
}

/** Whether the quick look is open, and what opens and closes it: the active row stays in view. */
function useQuickLook(viewState: LogViewState, reveal: (id: number) => void) {
  const isOpen = useStore(viewState.store, (view) => view.isPeeking);
  const onToggle = () => {
    const { activeId } = viewState.store.getState();
    viewState.togglePeek();
    if (activeId !== undefined) reveal(activeId);
  };
  return { isOpen, onToggle };
}

/** The newest reply is unfolded; what the user opened or closed stays so. */
function useUnfolding(log: MessageLog, viewState: LogViewState) {
  const newestReplyId = useStore(log.store, (view) => view.newestReplyId);
  const unfolded = useStore(viewState.store, (view) => view.unfolded);
  const heights = useStore(viewState.store, (view) => view.heights);
  const isUnfolded = (id: number) => unfolded.get(id) ?? id === newestReplyId;
  return {
    isUnfolded,
    /** Heights of the rows that are unfolded, on screen or not. */
    heights: new Map([...heights].filter(([id]) => isUnfolded(id))),
  };
}

/** Functions that never change, so that rows need not be rendered again for them. */
function useStableActions(latest: RowActions): RowActions {
  const current = useRef(latest);
  useLayoutEffect(() => {
    current.current = latest;
  });
  const [stable] = useState<RowActions>(() => ({
    press: (id, event) => current.current.press(id, event),
    focus: (id) => current.current.focus(id),
    toggleSelected: (id) => current.current.toggleSelected(id),
    setHeight: (id, heightPx) => current.current.setHeight(id, heightPx),
    edit: (entry) => current.current.edit(entry),
    resend: (entry) => current.current.resend(entry),
    showCode: (entry) => current.current.showCode(entry),
    goToRequest: (entry) => current.current.goToRequest(entry),
  }));
  return stable;
}

interface Presses {
  readonly viewState: LogViewState;
  readonly entries: EntryQueue;
  readonly isUnfolded: (id: number) => boolean;
  /** Keeps a row in its place while it unfolds. */
  readonly hold: (id: number) => void;
}

/** What a press on a row does: it unfolds; with Shift or Ctrl it selects. */
function rowPresses({ viewState, entries, isUnfolded, hold }: Presses) {
  const { select, setUnfolded } = viewState;
  return (id: number, event: MouseEvent) => {
    const { selection } = viewState.store.getState();
    if (event.shiftKey) {
      select(extended(selection, id, entries));
      return;
    }
    if (event.ctrlKey || event.metaKey) {
      select(toggled(selection, id));
      return;
    }
    select({ ...selection, anchorId: id });
    const isOn = !isUnfolded(id);
    if (isOn) hold(id);
    setUnfolded(id, isOn);
  };
}
