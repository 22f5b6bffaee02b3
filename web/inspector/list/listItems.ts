import type { Decoded } from '../../../protocol/codec/codec.ts';
import type {
  rows,
  SessionQuery,
  SessionSummary,
} from '../../../protocol/inspection/sessionLists.ts';
import type { ListRows, ReadingPosition } from '../../ui/virtualList/readingPosition.ts';

/** Sessions whose names begin alike. */
export type SessionGroup = NonNullable<Decoded<typeof rows>['groups']>[number];

/** Where a row is in the tree of groups. */
export interface TreePlace {
  /** In how many groups it is; undefined: there are no groups. */
  readonly depth: number | undefined;
  /** Where its own part of the name begins, after that of its group. */
  readonly ownFrom: number;
}

/** A row of the list. */
export type ListItem =
  | ({ readonly kind: 'group'; readonly id: string; readonly group: SessionGroup } & TreePlace)
  | ({
      readonly kind: 'session';
      readonly id: string;
      readonly session: SessionSummary;
    } & TreePlace);

/** What the server sent of a list, and how it was asked to group it. */
interface SentRows {
  readonly groups: readonly SessionGroup[];
  /** The other rows. */
  readonly sessions: readonly SessionSummary[];
  readonly query: Pick<SessionQuery, 'separator' | 'prefix'>;
}

/**
 * The rows in their order.
 * @param before What has not changed since stays the same object.
 */
export function itemsOf(
  { groups, sessions, query }: SentRows,
  before: readonly ListItem[] = [],
): readonly ListItem[] {
  const known = new Map(before.map((item) => [item.id, item]));
  const items = sessions.map((session): ListItem => {
    const item = known.get(session.id);
    const place = placeIn(session.name, query);
    const isSame = item?.kind === 'session' && item.session === session;
    if (isSame && item.ownFrom === place.ownFrom && item.depth === place.depth) return item;
    return { kind: 'session', id: session.id, session, ...place };
  });
  for (const group of groups) {
    const place = placeIn(group.name.slice(0, -(query.separator?.length ?? 0)), query);
    // No id of a session has this sign.
    items.splice(group.at, 0, { kind: 'group', id: `/${group.name}`, group, ...place });
  }
  return items;
}

/** A row is seen only where all groups that it is in are open: how many follows from its name. */
function placeIn(name: string, { separator, prefix = '' }: SentRows['query']): TreePlace {
  if (!separator) return { depth: undefined, ownFrom: 0 };
  let [depth, ownFrom] = [0, 0];
  for (let at = name.indexOf(separator, prefix.length); at >= 0; depth += 1) {
    ownFrom = at + separator.length;
    at = name.indexOf(separator, ownFrom);
  }
  return { depth, ownFrom };
}

/** A part of a list. */
interface PartOfList {
  /** Position of the first of them in the list, counted from 0. */
  readonly from: number;
  readonly items: readonly ListItem[];
  /** Rows of the whole list. */
  readonly length: number;
}

/** A row that was here, and where it was then. */
export interface KeptItem {
  readonly index: number;
  readonly item: ListItem;
}

/** The rows of a list of which a part is here. */
export interface PartRows extends ListRows<string> {
  readonly itemAt: (index: number) => ListItem | undefined;
}

/** What stands for a row that is not here: its position. */
const positionSign = '#';

/**
 * The rows of a list of which only a part is here; the others go by their positions.
 * @param kept Rows beyond that part which still count.
 */
export function partRows(
  { from, items, length }: PartOfList,
  kept: ReadonlyMap<string, KeptItem>,
): PartRows {
  const places = new Map(items.map(({ id }, at) => [id, from + at]));
  const beyond = [...kept].filter(
    ([id, { index }]) => !places.has(id) && !items[index - from] && index < length,
  );
  for (const [id, { index }] of beyond) places.set(id, index);
  const keptAt = new Map(beyond.map(([, { index, item }]) => [index, item]));
  const itemAt = (index: number) => items[index - from] ?? keptAt.get(index);
  return {
    count: length,
    itemAt,
    idAt: (index) => {
      if (index < 0 || index >= length) return undefined;
      return itemAt(index)?.id ?? positionSign + index;
    },
    indexOf: (id) => {
      const index = id.startsWith(positionSign) ? Number(id.slice(1)) : (places.get(id) ?? -1);
      return index < length ? index : -1;
    },
  };
}

/**
 * The row that a reading position is held by: itself where rows seldom move, so that what comes above pushes
 * nothing away; else its place, as a row that moves would take the reader with it.
 */
export function heldBy(
  position: ReadingPosition<string>,
  rows: ListRows<string>,
  held: 'row' | 'place',
): ReadingPosition<string> {
  if (position.isFollowing) return position;
  const index = rows.indexOf(position.anchorId);
  const anchorId = held === 'place' ? positionSign + index : rows.idAt(index);
  if (index < 0 || anchorId === undefined || anchorId === position.anchorId) return position;
  return { ...position, anchorId };
}
