import {
  asJsonText,
  kindOf,
  PartCursor,
  quote,
  type JsonText,
} from '../../../protocol/json/jsonText.ts';

/** Names and indices that lead from a value to a part of it. */
export type Steps = readonly (string | number)[];

interface Range {
  readonly start: number;
  readonly end: number;
}

/** @returns The part at these steps; undefined when there is none. */
export function partAt(json: JsonText, steps: Steps): JsonText | undefined {
  const range = rangeOf(json, steps);
  return range && slice(json, range);
}

/** The value with another one in the place of a part. All else stays as it is written. */
export function withPart(json: JsonText, steps: Steps, part: JsonText): JsonText | undefined {
  const range = rangeOf(json, steps);
  return range && replaced(json, range, part);
}

/** The value without a part. */
export function withoutPart(json: JsonText, steps: Steps): JsonText | undefined {
  return changed(json, steps, () => undefined);
}

/** The value with another name for a member; undefined as well when there is one of that name. */
export function withName(json: JsonText, steps: Steps, name: string): JsonText | undefined {
  const parent = partAt(json, steps.slice(0, -1));
  if (parent === undefined || kindOf(parent) !== 'object') return undefined;
  if (name !== steps.at(-1) && rangeOf(parent, [name])) return undefined;
  return changed(json, steps, (value) => `${quote(name)}:${value}`);
}

/**
 * The value with a new part at the end of the branch at these steps.
 * @param name Of the member; not used in an array.
 * @returns undefined when there is no such branch, or a member of that name.
 */
export function withNewPart(
  json: JsonText,
  steps: Steps,
  { name, value }: { readonly name: string; readonly value: JsonText },
): JsonText | undefined {
  const range = rangeOf(json, steps);
  const branch = range && slice(json, range);
  if (branch === undefined) return undefined;
  const kind = kindOf(branch);
  if (kind !== 'array' && kind !== 'object') return undefined;
  if (kind === 'object' && rangeOf(branch, [name])) return undefined;
  const part = kind === 'array' ? value : `${quote(name)}:${value}`;
  const before = branch.slice(0, -1);
  const comma = before.length === 1 ? '' : ',';
  return replaced(json, range as Range, `${before}${comma}${part}${branch.slice(-1)}`);
}

/** Writes the branch around a part again, with what `write` makes of it. */
function changed(
  json: JsonText,
  steps: Steps,
  write: (value: string) => string | undefined,
): JsonText | undefined {
  const range = rangeOf(json, steps.slice(0, -1));
  const branch = range && slice(json, range);
  if (!range || branch === undefined || !rangeOf(branch, steps.slice(-1))) return undefined;
  const cursor = new PartCursor(branch);
  const parts: string[] = [];
  for (let from = cursor.at; advance(cursor); from = cursor.at) {
    const value = branch.slice(cursor.start, cursor.end);
    const part = cursor.step === steps.at(-1) ? write(value) : branch.slice(from, cursor.end);
    if (part !== undefined) parts.push(part);
  }
  return replaced(json, range, `${branch.slice(0, 1)}${parts.join(',')}${branch.slice(-1)}`);
}

function rangeOf(json: JsonText, steps: Steps): Range | undefined {
  let range: Range = { start: 0, end: json.length };
  for (const step of steps) {
    const inner = stepInto(slice(json, range), step);
    if (!inner) return undefined;
    range = { start: range.start + inner.start, end: range.start + inner.end };
  }
  return range;
}

function stepInto(json: JsonText, step: string | number): Range | undefined {
  const kind = kindOf(json);
  if (kind !== 'array' && kind !== 'object') return undefined;
  const cursor = new PartCursor(json);
  while (advance(cursor)) {
    if (cursor.step === step) return { start: cursor.start, end: cursor.end };
  }
  return undefined;
}

function advance(cursor: PartCursor): boolean {
  return cursor.advance(Number.POSITIVE_INFINITY) === 'part';
}

function slice(json: JsonText, { start, end }: Range): JsonText {
  return asJsonText(json.slice(start, end));
}

function replaced(json: JsonText, { start, end }: Range, part: string): JsonText {
  return asJsonText(json.slice(0, start) + part + json.slice(end));
}
