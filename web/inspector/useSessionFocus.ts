import { useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * Where the chosen session covers the list, the focus goes to it from the row that was pressed, and
 * back to that row when it is closed.
 */
export function useSessionFocus(
  listPane: RefObject<HTMLElement | null>,
  watchedId: string | undefined,
): void {
  const lastId = useRef<string>(undefined);
  useLayoutEffect(() => {
    const list = listPane.current;
    const closedId = watchedId === undefined ? lastId.current : undefined;
    lastId.current = watchedId;
    if (list && closedId !== undefined) focusRow(list, closedId);
    else if (list) focusTitle(list);
  }, [listPane, watchedId]);
}

function focusTitle(list: HTMLElement): void {
  const isCovered = getComputedStyle(list).visibility === 'hidden';
  if (!isCovered || !list.contains(document.activeElement)) return;
  list.closest('.inspector')?.querySelector<HTMLElement>('.session-title')?.focus();
}

function focusRow(list: HTMLElement, id: string): void {
  if (document.activeElement !== document.body) return;
  const rows = [...list.querySelectorAll<HTMLElement>('.table-row')];
  const row = rows.find(({ dataset }) => dataset['id'] === id);
  row?.querySelector<HTMLElement>('.table-open')?.focus();
}
