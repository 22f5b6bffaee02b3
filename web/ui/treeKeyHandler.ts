import type { KeyboardEvent } from 'react';
import { plainTextOf, type JsonText } from '../../protocol/json/jsonText.ts';

interface KeyedRow {
  readonly id: string;
  readonly depth: number;
  /** Of a branch. */
  readonly isOpen?: boolean;
  /** Absent: there is nothing to copy. */
  readonly json?: JsonText | undefined;
}

interface TreeKeys {
  readonly rows: readonly KeyedRow[];
  readonly activeId: string;
  readonly act: (id: string) => void;
  readonly focus: (id: string) => void;
  readonly copy: (text: string) => Promise<void>;
  /** Further keys of this tree, or other meanings of the usual ones. */
  readonly own?: Readonly<Record<string, () => void>>;
}

/** The usual keys of a tree; C copies the value as JSON, Shift+C as text. */
export function treeKeyHandler(keys: TreeKeys): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isRow = event.target instanceof HTMLElement && event.target.matches('[role=treeitem]');
    const action = isRow ? actionOf(keyOf(event), keys) : undefined;
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
}

/** Shift+C is another key than C, whatever Caps Lock is. */
function keyOf({ key, shiftKey }: KeyboardEvent): string {
  if (key.toLowerCase() !== 'c') return key;
  return shiftKey ? 'Shift+c' : 'c';
}

function actionOf(key: string, keys: TreeKeys): (() => void) | undefined {
  const { rows, activeId, act, copy } = keys;
  const at = rows.findIndex(({ id }) => id === activeId);
  const row = rows[at];
  const goTo = (index: number) => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (next) keys.focus(next.id);
  };
  const isOpen = row?.isOpen === true;
  const parent = rows.findLastIndex((each, index) => index < at && each.depth < (row?.depth ?? 0));
  const actions: Readonly<Record<string, () => void>> = {
    ArrowDown: () => goTo(at + 1),
    ArrowUp: () => goTo(at - 1),
    Home: () => goTo(0),
    End: () => goTo(rows.length - 1),
    ArrowRight: () => (isOpen ? goTo(at + 1) : act(activeId)),
    ArrowLeft: () => (isOpen ? act(activeId) : goTo(parent)),
    Enter: () => act(activeId),
    ' ': () => act(activeId),
    c: () => void (row?.json !== undefined && copy(row.json)),
    'Shift+c': () => void (row?.json !== undefined && copy(plainTextOf(row.json))),
    ...keys.own,
  };
  return Object.hasOwn(actions, key) ? actions[key] : undefined;
}
