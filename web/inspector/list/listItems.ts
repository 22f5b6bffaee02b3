import type { Decoded } from '../../../protocol/codec/codec.ts';
import type { rows, SessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import type { ListRows, ReadingPosition } from '../../ui/virtualList/readingPosition.ts';

/** Sessions whose names begin alike. */
export type SessionGroup = NonNullable<Decoded<typeof rows>['groups']>[number];

/** A row of the list. */
export type ListItem =
  | { readonly kind: 'group'; readonly id: string; readonly group: SessionGroup }
  | { readonly kind: 'session'; readonly id: string; readonly session: SessionSummary };

/**
 * Groups come first.
 * @param before What has not changed since stays the same object.
 */
export function itemsOf(
  groups: readonly SessionGroup[],
  sessions: readonly SessionSummary[],
  before: readonly ListItem[] = [],
): readonly ListItem[] {
  const known = new Map(before.map((item) => [item.id, item]));
  const itemOf = (session: SessionSummary): ListItem => {
    const item = known.get(session.id);
    if (item?.kind === 'session' && item.session === session) return item;
    return { kind: 'session', id: session.id, session };
  };
  return [
    // No id of a session has this sign.
    ...groups.map((group): ListItem => ({ kind: 'group', id: `/${group.name}`, group })),
    ...sessions.map(itemOf),
  ];
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
