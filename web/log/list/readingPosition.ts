import type { RowLayout } from './rowLayout.ts';

/** Where in the log a person is: at the newest end, or at a row that must not move. */
export type ReadingPosition =
  | { readonly isFollowing: true }
  | {
      readonly isFollowing: false;
      readonly anchorId: number;
      /** The anchor row's top, measured from the top of the view. */
      readonly offsetPx: number;
      /** The newest entry when the person left the newest end. */
      readonly seenId: number;
    };

/** Rows whose height is not whole pixels still count as "at the edge". */
const edgeSlackPx = 4;

/** The rows of this moment and the window through which they are seen. */
export interface ListGeometry {
  readonly layout: RowLayout;
  readonly viewPx: number;
  readonly isNewestFirst: boolean;
  /** Row of an id, or of the entry nearest to it. */
  readonly indexOf: (id: number) => number;
  readonly idAt: (index: number) => number | undefined;
  readonly newestId: number;
}

/** How far the list has to be scrolled so that the position is kept. */
export function scrollTopFor(position: ReadingPosition, geometry: ListGeometry): number {
  const { layout, viewPx, isNewestFirst, indexOf } = geometry;
  const lowest = Math.max(0, layout.totalPx - viewPx);
  if (position.isFollowing) return isNewestFirst ? 0 : lowest;
  const top = layout.topOf(indexOf(position.anchorId)) - position.offsetPx;
  return Math.max(0, Math.min(lowest, top));
}

/** The position of someone who has scrolled to a place. */
export function positionAt(
  scrollTopPx: number,
  geometry: ListGeometry,
  before: ReadingPosition,
): ReadingPosition {
  const { layout, viewPx, isNewestFirst, idAt, newestId } = geometry;
  const awayPx = isNewestFirst ? scrollTopPx : layout.totalPx - viewPx - scrollTopPx;
  if (awayPx <= edgeSlackPx || layout.count === 0) return { isFollowing: true };
  const index = layout.indexAt(scrollTopPx);
  return {
    isFollowing: false,
    anchorId: idAt(index) ?? 0,
    offsetPx: layout.topOf(index) - scrollTopPx,
    seenId: before.isFollowing ? newestId : before.seenId,
  };
}

/** A position that shows a row whole: unmoved if it is, else at the nearer edge or in the middle. */
export function positionShowing(
  id: number,
  where: 'nearest' | 'middle',
  { geometry, position }: { readonly geometry: ListGeometry; readonly position: ReadingPosition },
): ReadingPosition {
  const { layout, viewPx, indexOf, newestId } = geometry;
  const index = indexOf(id);
  const scrollTopPx = scrollTopFor(position, geometry);
  const offsetPx = layout.topOf(index) - scrollTopPx;
  const heightPx = Math.min(layout.heightOf(index), viewPx);
  if (offsetPx >= 0 && offsetPx + heightPx <= viewPx) return position;
  const seenId = position.isFollowing ? newestId : position.seenId;
  const nearestPx = offsetPx < 0 ? 0 : viewPx - heightPx;
  const middlePx = Math.max(0, (viewPx - heightPx) / 2);
  const wanted: ReadingPosition = {
    isFollowing: false,
    anchorId: id,
    offsetPx: where === 'middle' ? middlePx : nearestPx,
    seenId,
  };
  // At the newest end a person follows again, however they came there.
  return positionAt(scrollTopFor(wanted, geometry), geometry, wanted);
}
