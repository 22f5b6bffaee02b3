import { quote, type JsonText } from '../../../protocol/json/jsonText.ts';
import { commandText } from '../commandText.ts';

/** A change of a key that a person has made and that was not saved. */
export interface StagedEdit {
  readonly key: string;
  /** What the key held when the edit began; undefined: it was not there. */
  readonly base: JsonText | undefined;
  /** What it is to hold; undefined: the key is to be removed. */
  readonly value: JsonText | undefined;
  /** Why the server did not take it. */
  readonly fault?: string | undefined;
}

/** In the order in which they were made. */
export type StagedEdits = ReadonlyMap<string, StagedEdit>;

/** What a key holds now. */
export interface LiveKey {
  readonly isThere: boolean;
  /** Undefined while it is not loaded. */
  readonly value: JsonText | undefined;
}

/** The edits with another one for a key. One that changes nothing is none. */
export function withEdit(edits: StagedEdits, edit: StagedEdit): StagedEdits {
  const next = new Map(edits);
  const base = edits.has(edit.key) ? edits.get(edit.key)?.base : edit.base;
  if (edit.value === base) next.delete(edit.key);
  else next.set(edit.key, { ...edit, base });
  return next;
}

export function withoutEdit(edits: StagedEdits, key: string): StagedEdits {
  const next = new Map(edits);
  next.delete(key);
  return next;
}

/** The command that an edit amounts to: it changes nothing if somebody else has changed the key. */
export function commandOf({ key, base, value }: StagedEdit): JsonText {
  return commandText('KV_CAS', { key: quote(key), old: base, value });
}

/**
 * Whether somebody else has changed a key since an edit of it began.
 * @param live Undefined while that is not known.
 */
export function isConflict({ base, value }: StagedEdit, live: LiveKey | undefined): boolean {
  if (!live) return false;
  if (!live.isThere) return base !== undefined && value !== undefined;
  if (live.value === undefined) return base === undefined;
  return live.value !== base && live.value !== value;
}

/** Whether the key holds already what it is to hold. */
export function isDone({ value }: StagedEdit, live: LiveKey | undefined): boolean {
  if (!live) return false;
  if (value === undefined) return !live.isThere;
  return live.isThere && live.value === value;
}
