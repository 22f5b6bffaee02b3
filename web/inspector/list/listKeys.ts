import type { KeyboardEvent } from 'react';
import type { ListRows } from '../../ui/virtualList/readingPosition.ts';

interface KeyedList {
  readonly rows: ListRows<string>;
  readonly activeId: string | undefined;
  readonly pageRows: number;
  readonly onGo: (id: string) => void;
}

/** Arrows, Home, End and the page keys go from row to row; what can be typed goes into the search. */
export function listKeys({ rows, activeId, pageRows, onGo }: KeyedList) {
  return (event: KeyboardEvent<HTMLElement>) => {
    if (!isInRow(event) || hasModifier(event)) return;
    const from = activeId === undefined ? -1 : rows.indexOf(activeId);
    const to = targetOf(event.key, { from, pageRows, lastIndex: rows.count - 1 });
    if (to === undefined) {
      if (isTyped(event.key)) focusSearch(event.currentTarget);
      return;
    }
    event.preventDefault();
    const id = rows.idAt(Math.max(0, Math.min(rows.count - 1, to)));
    if (id !== undefined) onGo(id);
  };
}

function isInRow({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest('.table-row') !== null;
}

function hasModifier({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return ctrlKey || metaKey || altKey;
}

/** A character; space presses the button that has the focus. */
function isTyped(key: string): boolean {
  return key.length === 1 && key !== ' ';
}

interface Place {
  readonly from: number;
  readonly pageRows: number;
  readonly lastIndex: number;
}

function targetOf(key: string, { from, pageRows, lastIndex }: Place): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return from + 1;
    case 'ArrowUp':
      return from - 1;
    case 'PageDown':
      return from + pageRows;
    case 'PageUp':
      return from - pageRows;
    case 'Home':
      return 0;
    case 'End':
      return lastIndex;
    default:
      return undefined;
  }
}

/** The key that was pressed is typed there. */
function focusSearch(table: HTMLElement): void {
  table.closest('.sessions-list')?.querySelector<HTMLElement>('input[type="search"]')?.focus();
}
