import type { KeyboardEvent } from 'react';
import type { ListRows } from '../../ui/virtualList/readingPosition.ts';
import type { EntryQueue } from '../store/entryQueue.ts';
import { listActionOf, type ListAction } from './logKeys.ts';
import { runListAction, type ListCommands } from './listCommands.ts';
import {
  everything,
  extended,
  nothingSelected,
  selectedEntries,
  toggled,
  type Selection,
} from './selection.ts';

interface ListKeys {
  readonly entries: EntryQueue;
  readonly rows: ListRows<number>;
  readonly list: {
    readonly pageRows: number;
    readonly reveal: (id: number) => void;
  };
  readonly activeId: number | undefined;
  readonly focus: (id: number) => void;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  readonly quickLook: { readonly isOpen: boolean; readonly onToggle: () => void };
  readonly commands: ListCommands;
}

/** What keys do while a row, or its box, has the focus. */
export function listKeyHandler(keys: ListKeys): (event: KeyboardEvent) => void {
  const { activeId } = keys;
  return (event) => {
    if (!(event.target instanceof HTMLElement) || activeId === undefined) return;
    const isBox = event.target.matches('.log-select input');
    if (!isBox && !event.target.matches('.log-row-toggle')) return;
    // A checkbox handles the space bar itself.
    const action = isBox && event.key === ' ' ? undefined : listActionOf(event);
    if (!action) return;
    event.preventDefault();
    if (action.do === 'move') move(action, activeId, keys);
    else act(action, activeId, keys);
  };
}

function act(action: ListAction, activeId: number, keys: ListKeys): void {
  const { entries, selection, onSelect, quickLook, commands } = keys;
  const entry = entries.find(activeId);
  if (action.do === 'select') onSelect(toggled(selection, activeId));
  else if (action.do === 'selectAll') onSelect(everything(entries));
  else if (action.do === 'quickLook') quickLook.onToggle();
  else if (action.do === 'escape' && quickLook.isOpen) quickLook.onToggle();
  else if (action.do === 'escape') onSelect(nothingSelected);
  // On a selected row the action applies to the whole selection.
  else if (action.do === 'copy' && selection.ids.has(activeId)) {
    commands.copy(selectedEntries(selection, entries));
  } else if (entry) runListAction(action, entry, commands);
}

function move(
  { by, step, extends: isExtending }: Extract<ListAction, { do: 'move' }>,
  activeId: number,
  { entries, rows, list, focus, selection, onSelect }: ListKeys,
): void {
  const distances = { row: 1, page: list.pageRows, end: entries.length };
  const to = rows.indexOf(activeId) + step * distances[by];
  const id = rows.idAt(Math.max(0, Math.min(entries.length - 1, to)));
  if (id === undefined) return;
  list.reveal(id);
  focus(id);
  const anchorId = isExtending ? (selection.anchorId ?? activeId) : id;
  const moved = { ...selection, anchorId };
  onSelect(isExtending ? extended(moved, id, entries) : moved);
}
