import type { MouseEvent } from 'react';
import type { EntryQueue } from '../store/entryQueue.ts';
import type { LogViewState } from './logViewState.ts';
import { extended, toggled } from './selection.ts';

interface Presses {
  readonly viewState: LogViewState;
  readonly entries: EntryQueue;
  readonly isUnfolded: (id: number) => boolean;
  /** Keeps a row in its place while it unfolds. */
  readonly hold: (id: number) => void;
}

/** What a press on a row does: it unfolds; with Shift or Ctrl it selects. */
export function rowPresses({ viewState, entries, isUnfolded, hold }: Presses) {
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
