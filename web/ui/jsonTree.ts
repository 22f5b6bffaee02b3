import { asJsonText, kindOf, type JsonKind, type JsonText } from '../../protocol/json/jsonText.ts';
import { eachPart } from './eachPart.ts';

/** One visible line of a tree. */
export type TreeRow = TreeNode | TreeMore;

/** A value. */
export interface TreeNode {
  readonly type: 'node';
  /** Steps from the root, joined: unique in the tree. */
  readonly id: string;
  readonly depth: number;
  /** Names and indices from the root to it. */
  readonly steps: readonly (string | number)[];
  /** Name or index; undefined for the root. */
  readonly label: string | number | undefined;
  /** The same name was earlier in the object, so that servers ignore this one. */
  readonly isRepeated: boolean;
  readonly kind: JsonKind;
  readonly json: JsonText;
  readonly isBranch: boolean;
  readonly isOpen: boolean;
}

/** More parts of a branch than are shown. */
export interface TreeMore {
  readonly type: 'more';
  readonly id: string;
  readonly depth: number;
  /** The branch whose other parts are hidden. */
  readonly parentId: string;
}

/** Parts of a branch that are shown at first, and added each time. */
export const partsAtATime = 1000;

/** What is open, and how many parts of each branch are shown. */
export interface TreeState {
  readonly open: ReadonlySet<string>;
  readonly limits: ReadonlyMap<string, number>;
}

/** Name of the root's row. */
export const rootId = '$';

/** The parts of branches that were read, by the ids of the branches. */
export type TreeParts = Map<
  string,
  { readonly json: JsonText; readonly limit: number; readonly parts: readonly Part[] }
>;

/** A member or element. */
interface Part {
  readonly label: string | number;
  /** How many parts of the same name stand before it. */
  readonly repeats: number;
  readonly json: JsonText;
}

/**
 * The rows of a tree. Closed branches are not read.
 * @param known Keeps what was read, so that a large value is read once only.
 */
export function treeRows(json: JsonText, state: TreeState, known: TreeParts): TreeRow[] {
  const rows: TreeRow[] = [];
  addRows(
    { id: rootId, depth: 0, steps: [], label: undefined, isRepeated: false, json },
    { rows, state, known },
  );
  return rows;
}

/** A value and where it stands. */
export type Place = Pick<TreeNode, 'id' | 'depth' | 'steps' | 'label' | 'isRepeated' | 'json'>;

interface Building {
  /** Further kinds of rows may stand in it. */
  readonly rows: (TreeRow | object)[];
  readonly state: TreeState;
  readonly known: TreeParts;
}

function addRows(place: Place, building: Building): void {
  const { id, json } = place;
  const kind = kindOf(json);
  const isBranch = hasParts(json);
  const isOpen = isBranch && building.state.open.has(id);
  building.rows.push({ type: 'node', ...place, kind, isBranch, isOpen });
  if (isOpen) addParts(place, building);
}

/** Whether a value is an array or object that is not empty. */
export function hasParts(json: JsonText): boolean {
  const kind = kindOf(json);
  return (kind === 'object' || kind === 'array') && json.length > 2;
}

/** Adds the rows of what is in an open branch. */
export function addParts(place: Place, building: Building): void {
  const { id, depth } = place;
  const { rows, state } = building;
  const limit = state.limits.get(id) ?? partsAtATime;
  const parts = partsOf(place, limit, building.known);
  for (const { label, repeats, json: part } of parts.slice(0, limit)) {
    const isRepeated = repeats > 0;
    const steps = [...place.steps, label];
    const inner = { id: `${id}/${stepOf(label, repeats)}`, steps, label, isRepeated, json: part };
    addRows({ ...inner, depth: depth + 1 }, building);
  }
  if (parts.length > limit) {
    rows.push({ type: 'more', id: `${id}/more`, depth: depth + 1, parentId: id });
  }
}

/** A name may hold a slash; its length before it keeps two paths apart. */
export function stepOf(label: string | number, repeats = 0): string {
  if (typeof label === 'number') return String(label);
  const step = `${label.length}:${label}`;
  return repeats === 0 ? step : `${step}#${repeats}`;
}

/** As many parts as are shown, and one more if there is one. */
function partsOf({ id, json }: Place, limit: number, known: TreeParts): readonly Part[] {
  const found = known.get(id);
  if (found?.limit === limit && found.json === json) return found.parts;
  const parts: Part[] = [];
  const counts = new Map<string | number, number>();
  eachPart(json, (label, start, end) => {
    const repeats = counts.get(label) ?? 0;
    counts.set(label, repeats + 1);
    parts.push({ label, repeats, json: asJsonText(json.slice(start, end)) });
    return parts.length <= limit;
  });
  known.set(id, { json, limit, parts });
  return parts;
}

/** The state after a press on a row: it opens or closes, or shows more parts. */
export function rowActed({ open, limits }: TreeState, row: TreeRow): TreeState {
  if (row.type === 'more') {
    const limit = (limits.get(row.parentId) ?? partsAtATime) + partsAtATime;
    return { open, limits: new Map(limits).set(row.parentId, limit) };
  }
  const after = new Set(open);
  if (!after.delete(row.id) && row.isBranch) after.add(row.id);
  return { open: after, limits };
}
