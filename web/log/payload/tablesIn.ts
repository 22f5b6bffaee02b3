import { asJsonText, kindOf, quote, type JsonText } from '../../../protocol/json/jsonText.ts';
import { eachPart } from '../../ui/eachPart.ts';
import { shortened } from '../../ui/shortened.ts';

/** A part of a payload that can be shown as a table: two or more objects, in an array or an object. */
export interface TablePart {
  /** JSON path from the payload's root, for people: long names are shortened. */
  readonly path: string;
  readonly json: JsonText;
}

/** Most tables offered of a payload. */
export const maxTables = 20;
/** Deeper parts are not searched: each level reads the text once more. */
const maxDepth = 8;
/** More parts are not searched either, so that a long payload does not take too long. */
const maxParts = 20_000;
/** Most characters of a member's name in a path. */
const maxNameLength = 40;

interface Place extends TablePart {
  readonly depth: number;
}

/** The parts of a payload that can be shown as tables, the outermost first. */
export function tablesIn(json: JsonText): TablePart[] {
  const found: TablePart[] = [];
  const places: Place[] = [{ path: '$', json, depth: 0 }];
  let partsLeft = maxParts;
  for (const place of places) {
    const parts = partsOf(place, partsLeft);
    partsLeft -= parts.length;
    if (isTable(parts)) found.push({ path: place.path, json: place.json });
    if (partsLeft <= 0 || found.length >= maxTables) break;
    if (place.depth < maxDepth) places.push(...parts.filter(isBranch));
  }
  return found;
}

function partsOf({ path, json, depth }: Place, most: number): Place[] {
  const parts: Place[] = [];
  if (!isBranch({ json })) return parts;
  eachPart(json, (step, start, end) => {
    const part = asJsonText(json.slice(start, end));
    parts.push({ path: path + pathStep(step), json: part, depth: depth + 1 });
    return parts.length < most;
  });
  return parts;
}

function isTable(parts: readonly Place[]): boolean {
  return (
    parts.length > 1 &&
    parts.every(({ json }) => kindOf(json) === 'object') &&
    parts.some(({ json }) => json !== '{}')
  );
}

function isBranch({ json }: Pick<Place, 'json'>): boolean {
  const kind = kindOf(json);
  return kind === 'array' || kind === 'object';
}

function pathStep(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  const name = shortened(step, maxNameLength);
  return /^[a-z_]\w*$/i.test(name) ? `.${name}` : `[${quote(name)}]`;
}
