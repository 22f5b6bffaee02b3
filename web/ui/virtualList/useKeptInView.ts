import { useLayoutEffect, useRef } from 'react';

interface KeptList<Id> {
  readonly viewPx: number;
  readonly reveal: (id: Id) => void;
  readonly isWholeIn: (id: Id, heightPx: number) => boolean;
}

/**
 * A chosen row comes into view, and stays there when the room for the list changes. After
 * scrolling away from it nothing moves.
 */
export function useKeptInView<Id>(list: KeptList<Id>, chosenId: Id | undefined): void {
  const before = useRef<{ id: Id | undefined; viewPx: number }>(undefined);
  const { viewPx } = list;
  useLayoutEffect(() => {
    // Before the view is measured nothing is known.
    if (viewPx === 0) return;
    const known = before.current;
    before.current = { id: chosenId, viewPx };
    if (chosenId === undefined || (known?.id === chosenId && known.viewPx === viewPx)) return;
    if (known?.id !== chosenId || list.isWholeIn(chosenId, known.viewPx)) list.reveal(chosenId);
  });
}
