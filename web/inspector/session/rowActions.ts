import { kindOf, type JsonText } from '../../../protocol/json/jsonText.ts';
import { partAt } from '../edit/jsonParts.ts';
import { placeOf, type SessionRow, type ShownKey } from './keyRows.ts';
import { addPart, remove, rename, setValue, type EditingParts } from './valueActions.ts';
import type { ShownValue, ValueActions } from './ValuePane.tsx';

/** The value of a row; undefined for one that only shows more. */
export function shownValue(row: SessionRow, keys: readonly ShownKey[]): ShownValue | undefined {
  const place = placeOf(row);
  const shown = place && keys.find(({ key }) => key === place.key);
  if (!place || !shown) return undefined;
  const json = 'json' in row ? row.json : undefined;
  const stored = shown.entry?.value && partAt(shown.entry.value, place.steps);
  return { rowId: row.id, shown, placed: { ...place, json }, stored };
}

export function actionsOf(
  value: ShownValue,
  parts: EditingParts,
  onLeave: () => void,
): ValueActions {
  const { shown, placed } = value;
  const { key, steps, json } = placed;
  const known = json === undefined ? undefined : { key, steps, json };
  const isNamed = typeof (steps.at(-1) ?? key) === 'string';
  return {
    onRename: known && isNamed ? () => rename(known, parts) : undefined,
    onAdd: known && isBranch(known.json) ? () => addPart(known, parts) : undefined,
    onRemove: () => known && remove(known, parts),
    onDiscard:
      shown.state === 'stored' ? undefined : () => parts.edits.discard(parts.sessionId, key),
    onValue: (next) => setValue(placed, next, parts),
    onLeave,
  };
}

function isBranch(json: JsonText): boolean {
  const kind = kindOf(json);
  return kind === 'object' || kind === 'array';
}

/** What keys do in the row that has the focus, beside the usual ones of a tree. */
export function keysOf(
  actions: ValueActions,
  row: SessionRow | undefined,
  edit: () => void,
): Readonly<Record<string, () => void>> {
  const isLeaf = row !== undefined && row.type !== 'more' && !row.isBranch;
  return {
    Delete: actions.onRemove,
    ...(actions.onRename && { F2: actions.onRename }),
    ...(actions.onAdd && { Insert: actions.onAdd }),
    ...(isLeaf && { Enter: edit }),
    e: edit,
  };
}
