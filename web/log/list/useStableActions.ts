import { useLayoutEffect, useRef, useState } from 'react';
import type { RowActions } from './LogRow.tsx';

/** Functions that never change, so that rows need not be rendered again for them. */
export function useStableActions(latest: RowActions): RowActions {
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
    goToRequest: (entry) => current.current.goToRequest(entry),
  }));
  return stable;
}
