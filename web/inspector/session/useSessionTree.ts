import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { rootId, rowActed, type TreeParts, type TreeState } from '../../ui/jsonTree.ts';
import { withArriving } from '../edit/arrivingKeys.ts';
import type { SessionEdits } from '../edit/sessionEdits.ts';
import type { Inspector } from '../inspector.ts';
import { keyOfRow, sessionRows, shownKeys } from './keyRows.ts';
import type { KeyWindow } from './keyWindow.ts';

/** The tree of a session: its rows, which of them is chosen, and what is open. */
export function useSessionTree(inspector: Inspector, edits: SessionEdits, sessionId: string) {
  const version = useStore(inspector.store, ({ keysVersion }) => keysVersion);
  const staged = useStore(edits.store, () => edits.of(sessionId).edits);
  const arriving = useStore(edits.store, () => edits.of(sessionId).arriving);
  const [state, setState] = useState<TreeState>({ open: new Set([rootId]), limits: new Map() });
  const [known] = useState<TreeParts>(() => new Map());
  const [activeId, setActiveId] = useState<string>();
  const [revealed, setRevealed] = useState<{ readonly id: string }>();
  const [soughtId, setSoughtId] = useState<string>();
  const listed = inspector.keys();
  const entries = useMemo(() => withArriving(listed, arriving), [listed, arriving]);
  const { keysFrom = 0, totalKeys = 0 } = inspector.store.getState().watched ?? {};
  const keys = useMemo(
    () => shownKeys(entries, staged, (key) => edits.live(sessionId, key)),
    // oxlint-disable-next-line react/exhaustive-deps -- what is known of a key changes with the version
    [entries, staged, edits, sessionId, version],
  );
  const rows = useMemo(() => sessionRows(keys, state, known), [keys, state, known]);
  const part: KeyWindow = useMemo(
    () => ({ rows, before: keysFrom, after: Math.max(0, totalKeys - keysFrom - listed.length) }),
    [rows, keysFrom, totalKeys, listed],
  );
  const toggle = (id: string) => {
    const row = rows.find((each) => each.id === id);
    if (!row) return;
    // Of a key that is no branch nothing can be opened.
    if (row.type === 'key') setState((before) => toggled(before, row.id, row.isBranch));
    else setState((before) => rowActed(before, row));
  };
  /** Opens what these rows stand in. */
  const openTo = (ids: readonly string[]) => {
    const parents = ids.flatMap((id) => {
      const steps = id.split('/');
      return steps.map((_step, index) => steps.slice(0, index).join('/'));
    });
    setState((before) => ({ ...before, open: new Set([...before.open, ...parents]) }));
  };
  /** Chooses a row, opens what it stands in and scrolls to it. */
  const reveal = (id: string) => {
    openTo([id]);
    setActiveId(id);
    setRevealed({ id });
    const key = keyOfRow(id);
    const isListed = key === undefined || keys.some((each) => each.key === key);
    setSoughtId(isListed ? undefined : id);
    if (!isListed) inspector.listKeys({ around: key });
  };
  // A row that was sought is here now.
  if (soughtId !== undefined && rows.some(({ id }) => id === soughtId)) {
    setSoughtId(undefined);
    setRevealed({ id: soughtId });
  }
  return { keys, part, activeId, revealed, setActiveId, toggle, openTo, reveal };
}

function toggled({ open, limits }: TreeState, id: string, isBranch: boolean): TreeState {
  const after = new Set(open);
  if (!after.delete(id) && isBranch) after.add(id);
  return { open: after, limits };
}
