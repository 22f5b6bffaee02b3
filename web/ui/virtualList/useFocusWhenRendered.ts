import { useLayoutEffect, useRef, type RefObject } from 'react';

interface FocusedRows<Id> {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly activeId: Id | undefined;
  readonly onActivate: (id: Id) => void;
  /** What takes the focus: a row, which has a `data-id`, or a part of one. */
  readonly selector: string;
}

/**
 * Makes rows active and gives them the focus, as soon as they are rendered.
 * @returns The function to call with a row's id.
 */
export function useFocusWhenRendered<Id extends string | number>(
  input: FocusedRows<Id>,
): (id: Id) => void {
  const isWanted = useRef(false);
  const { scroller, activeId, selector } = input;
  useLayoutEffect(() => {
    if (!isWanted.current || activeId === undefined) return;
    const row = scroller.current?.querySelector<HTMLElement>(
      `[data-id="${CSS.escape(String(activeId))}"]`,
    );
    const target = row?.matches(selector) ? row : row?.querySelector<HTMLElement>(selector);
    if (!target) return;
    isWanted.current = false;
    target.focus({ preventScroll: true });
  });
  return (id) => {
    isWanted.current = true;
    input.onActivate(id);
  };
}
