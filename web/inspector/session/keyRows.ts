import type { KeyEntry } from '../../../protocol/inspection/events.ts';
import type { JsonText } from '../../../protocol/json/jsonText.ts';
import {
  addParts,
  hasParts,
  rootId,
  stepOf,
  type TreeParts,
  type TreeRow,
  type TreeState,
} from '../../ui/jsonTree.ts';
import { isConflict, type LiveKey, type StagedEdits } from '../edit/stagedEdits.ts';

/** How a key differs from what is stored. */
export type KeyState = 'stored' | 'added' | 'changed' | 'removed' | 'conflict';

/** A key as it is shown: with the edit of it, if there is one. */
export interface ShownKey {
  readonly key: string;
  /** Undefined while it is not loaded. */
  readonly value: JsonText | undefined;
  /** Length of its text. */
  readonly length: number;
  readonly state: KeyState;
  /** As it is stored; undefined: it is not. */
  readonly entry: KeyEntry | undefined;
}

/** A key of the session, at the first level of the tree. */
interface KeyRow {
  readonly type: 'key';
  readonly id: string;
  readonly depth: 0;
  readonly shown: ShownKey;
  readonly json: JsonText | undefined;
  readonly isBranch: boolean;
  readonly isOpen: boolean;
}

/** A line of the tree of a session. */
export type SessionRow = KeyRow | TreeRow;

/** Id of the row of a key. */
export function rowOfKey(key: string): string {
  return `${rootId}/${stepOf(key)}`;
}

/** The key that the row of an id is about, or a part of whose value it is; undefined: it is about none. */
export function keyOfRow(id: string): string | undefined {
  const [head = '', length] = /^\$\/(\d+):/.exec(id) ?? [];
  return length === undefined ? undefined : id.slice(head.length, head.length + Number(length));
}

/** Id of the row of a part of a value. */
export function rowOfPlace({
  key,
  steps,
}: {
  readonly key: string;
  readonly steps: readonly (string | number)[];
}): string {
  return [rowOfKey(key), ...steps.map((step) => stepOf(step))].join('/');
}

// Of thousands of keys a few change at a time: the others keep their objects.
const storedKeys = new WeakMap<KeyEntry, ShownKey>();
const closedRows = new WeakMap<ShownKey, KeyRow>();

function storedKey(entry: KeyEntry): ShownKey {
  const known = storedKeys.get(entry);
  if (known) return known;
  const { key, value, length } = entry;
  const shown: ShownKey = { key, value, length, state: 'stored', entry };
  storedKeys.set(entry, shown);
  return shown;
}

function closedRow(shown: ShownKey): KeyRow {
  const known = closedRows.get(shown);
  if (known) return known;
  const { key, value: json } = shown;
  const isBranch = json !== undefined && hasParts(json);
  const row: KeyRow = {
    type: 'key',
    id: rowOfKey(key),
    depth: 0,
    shown,
    json,
    isBranch,
    isOpen: false,
  };
  closedRows.set(shown, row);
  return row;
}

/** The keys of a session with the edits of them: those that are added come last. */
export function shownKeys(
  entries: readonly KeyEntry[],
  edits: StagedEdits,
  live: (key: string) => LiveKey | undefined,
): ShownKey[] {
  const stored = entries.map((entry): ShownKey => {
    const { key, value, length } = entry;
    const edit = edits.get(key);
    if (!edit) return storedKey(entry);
    const shown = edit.value ?? value;
    const plain = edit.value === undefined ? 'removed' : 'changed';
    const state = isConflict(edit, live(key)) ? 'conflict' : plain;
    return { key, value: shown, length: shown?.length ?? length, state, entry };
  });
  const names = edits.size === 0 ? undefined : new Set(entries.map(({ key }) => key));
  for (const edit of edits.values()) {
    const { key, value, base } = edit;
    if (value === undefined || names?.has(key)) continue;
    // One that was there is still there, as far as is known: among the keys that are not listed.
    if (base !== undefined && !live(key)) continue;
    const state = isConflict(edit, live(key)) ? 'conflict' : 'added';
    stored.push({ key, value, length: value.length, state, entry: undefined });
  }
  return stored;
}

/** The lines of the tree. */
export function sessionRows(
  keys: readonly ShownKey[],
  state: TreeState,
  known: TreeParts,
): SessionRow[] {
  const rows: SessionRow[] = [];
  for (const shown of keys) {
    const row = closedRow(shown);
    const { id, json } = row;
    const isOpen = row.isBranch && state.open.has(id);
    rows.push(isOpen ? { ...row, isOpen } : row);
    if (!isOpen || json === undefined) continue;
    const { key } = shown;
    const place = { id, depth: 0, steps: [key], label: key, isRepeated: false, json };
    addParts(place, { rows, state, known });
  }
  return rows;
}

/** The key that a row is about, and the steps from its value to that of the row. */
export function placeOf(
  row: SessionRow,
): { readonly key: string; readonly steps: readonly (string | number)[] } | undefined {
  if (row.type === 'more') return undefined;
  if (row.type === 'key') return { key: row.shown.key, steps: [] };
  const [key, ...steps] = row.steps;
  return { key: String(key), steps };
}
