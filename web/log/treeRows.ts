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
  /** Name or index; undefined for the root. */
  readonly label: string | number | undefined;
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

/** The parts of branches that have been looked into, by the branches' ids. */
export type TreeParts = Map<string, { readonly limit: number; readonly parts: readonly Part[] }>;

/** A member or element. */
interface Part {
  readonly label: string | number;
  readonly json: JsonText;
}

/**
 * The rows of a tree, only what is open: a closed branch is not even looked into.
 * @param known Keeps what was found, so that a large value is gone through once and not each time.
 */
export function treeRows(json: JsonText, state: TreeState, known: TreeParts): TreeRow[] {
  const rows: TreeRow[] = [];
  addRows({ id: rootId, depth: 0, label: undefined, json }, { rows, state, known });
  return rows;
}

type Place = Pick<TreeNode, 'id' | 'depth' | 'label' | 'json'>;

interface Building {
  readonly rows: TreeRow[];
  readonly state: TreeState;
  readonly known: TreeParts;
}

function addRows(place: Place, building: Building): void {
  const { id, depth, json } = place;
  const { rows, state } = building;
  const kind = kindOf(json);
  const isBranch = (kind === 'object' || kind === 'array') && json.length > 2;
  const isOpen = isBranch && state.open.has(id);
  rows.push({ type: 'node', ...place, kind, isBranch, isOpen });
  if (!isOpen) return;
  const limit = state.limits.get(id) ?? partsAtATime;
  const parts = partsOf(place, limit, building.known);
  for (const { label, json: part } of parts.slice(0, limit)) {
    // A name may hold a slash; its length before it keeps two paths apart.
    const step = typeof label === 'number' ? String(label) : `${label.length}:${label}`;
    addRows({ id: `${id}/${step}`, depth: depth + 1, label, json: part }, building);
  }
  if (parts.length > limit) {
    rows.push({ type: 'more', id: `${id}/more`, depth: depth + 1, parentId: id });
  }
}

/** As many parts as are shown, and one more if there is one. */
function partsOf({ id, json }: Place, limit: number, known: TreeParts): readonly Part[] {
  const found = known.get(id);
  if (found?.limit === limit) return found.parts;
  const parts: Part[] = [];
  eachPart(json, (label, start, end) => {
    parts.push({ label, json: asJsonText(json.slice(start, end)) });
    return parts.length <= limit;
  });
  known.set(id, { limit, parts });
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
