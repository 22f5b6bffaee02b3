import type { RowLayout } from './rowLayout.ts';

/** Where in a list a person is: at the end that it follows, or at a row that must not move. */
export type ReadingPosition<Id> =
  | { readonly isFollowing: true }
  | {
      readonly isFollowing: false;
      readonly anchorId: Id;
      /** The anchor row's top, measured from the top of the view. */
      readonly offsetPx: number;
      /** The row at the followed end when the person left it. */
      readonly seenId: Id;
    };

/** Rows whose height is not whole pixels still count as "at the edge". */
const edgeSlackPx = 4;

/** Rows after an anchor that may stand in for it when it is gone. */
const maxStandIns = 50;

/** The rows of a list, from top to bottom. */
export interface ListRows<Id> {
  readonly count: number;
  readonly idAt: (index: number) => Id | undefined;
  /** -1 when there is no such row; a list whose ids are in order may give the nearest one. */
  readonly indexOf: (id: Id) => number;
}

/** The rows of this moment and the window through which they are seen. */
export interface ListGeometry<Id> {
  readonly rows: ListRows<Id>;
  readonly layout: RowLayout;
  readonly viewPx: number;
  /** The end that the list follows. */
  readonly end: 'top' | 'bottom';
}

/** How far the list has to be scrolled so that the position is kept. */
export function scrollTopFor<Id>(
  position: ReadingPosition<Id>,
  { rows, layout, viewPx, end }: ListGeometry<Id>,
): number {
  const lowest = Math.max(0, layout.totalPx - viewPx);
  if (position.isFollowing) return end === 'top' ? 0 : lowest;
  const top = layout.topOf(rows.indexOf(position.anchorId)) - position.offsetPx;
  return Math.max(0, Math.min(lowest, top));
}

/** The position of someone who has scrolled to a place. */
export function positionAt<Id>(
  scrollTopPx: number,
  geometry: ListGeometry<Id>,
  before: ReadingPosition<Id>,
): ReadingPosition<Id> {
  const { rows, layout, viewPx, end } = geometry;
  const awayPx = end === 'top' ? scrollTopPx : layout.totalPx - viewPx - scrollTopPx;
  const index = layout.indexAt(scrollTopPx);
  const anchorId = rows.idAt(index);
  const seenId = before.isFollowing ? endIdOf(geometry) : before.seenId;
  if (awayPx <= edgeSlackPx || anchorId === undefined || seenId === undefined) {
    return { isFollowing: true };
  }
  return { isFollowing: false, anchorId, offsetPx: layout.topOf(index) - scrollTopPx, seenId };
}

/** A position that shows a row whole: unmoved if it is, else at the nearer edge or in the middle. */
export function positionShowing<Id>(
  id: Id,
  where: 'nearest' | 'middle',
  { geometry, position }: Viewed<Id>,
): ReadingPosition<Id> {
  const { rows, layout, viewPx } = geometry;
  const index = rows.indexOf(id);
  if (index < 0 || isWhole(id, { geometry, position })) return position;
  const offsetPx = layout.topOf(index) - scrollTopFor(position, geometry);
  const heightPx = Math.min(layout.heightOf(index), viewPx);
  const nearestPx = offsetPx < 0 ? 0 : viewPx - heightPx;
  const middlePx = Math.max(0, (viewPx - heightPx) / 2);
  const wanted = positionHolding(id, where === 'middle' ? middlePx : nearestPx, {
    geometry,
    position,
  });
  // At the followed end a person follows again, however they came there.
  return positionAt(scrollTopFor(wanted, geometry), geometry, wanted);
}

/** A list as a person sees it. */
export interface Viewed<Id> {
  readonly geometry: ListGeometry<Id>;
  readonly position: ReadingPosition<Id>;
}

/** Whether the whole of a row, or all that the view has room for, is on screen. */
export function isWhole<Id>(id: Id, { geometry, position }: Viewed<Id>): boolean {
  const { rows, layout, viewPx } = geometry;
  const index = rows.indexOf(id);
  const offsetPx = layout.topOf(index) - scrollTopFor(position, geometry);
  return offsetPx >= 0 && offsetPx + Math.min(layout.heightOf(index), viewPx) <= viewPx;
}

/** A position that holds a row at a distance from the top of the view. */
export function positionHolding<Id>(
  id: Id,
  offsetPx: number,
  { geometry, position }: Viewed<Id>,
): ReadingPosition<Id> {
  const seenId = position.isFollowing ? (endIdOf(geometry) ?? id) : position.seenId;
  return { isFollowing: false, anchorId: id, offsetPx, seenId };
}

/** The position, held by the next row that is left if the anchor itself is gone. */
export function withStandIn<Id>(
  position: ReadingPosition<Id>,
  rows: ListRows<Id>,
  before: ListRows<Id>,
): ReadingPosition<Id> {
  if (position.isFollowing || rows.indexOf(position.anchorId) >= 0) return position;
  const index = before.indexOf(position.anchorId);
  for (let next = index + 1; index >= 0 && next <= index + maxStandIns; next += 1) {
    const id = before.idAt(next);
    if (id !== undefined && rows.indexOf(id) >= 0) return { ...position, anchorId: id };
  }
  const anchorId = rows.idAt(Math.min(Math.max(0, index), rows.count - 1));
  return anchorId === undefined ? position : { ...position, anchorId };
}

function endIdOf<Id>({ rows, end }: ListGeometry<Id>): Id | undefined {
  return rows.idAt(end === 'top' ? 0 : rows.count - 1);
}
