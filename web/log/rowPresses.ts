import type { MouseEvent } from 'react';
import type { EntryQueue } from './entryQueue.ts';
import { extended, toggled, type Selection } from './selection.ts';

interface Presses {
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  readonly entries: EntryQueue;
  readonly unfolding: {
    readonly isUnfolded: (id: number) => boolean;
    readonly setUnfolded: (id: number, isOn: boolean) => void;
  };
  /** Keeps a row in its place while it unfolds. */
  readonly hold: (id: number) => void;
}

/** What a press on a row does: it unfolds; with Shift or Ctrl it selects. */
export function rowPresses({ selection, onSelect, entries, unfolding, hold }: Presses) {
  return (id: number, event: MouseEvent) => {
    if (event.shiftKey) {
      onSelect(extended(selection, id, entries));
      return;
    }
    if (event.ctrlKey || event.metaKey) {
      onSelect(toggled(selection, id));
      return;
    }
    onSelect({ ...selection, anchorId: id });
    const isOn = !unfolding.isUnfolded(id);
    if (isOn) hold(id);
    unfolding.setUnfolded(id, isOn);
  };
}
