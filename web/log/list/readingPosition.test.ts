import { describe, expect, test } from 'vitest';
import type { Entry } from '../../connection/page/exchange.ts';
import { EntryQueue } from '../store/entryQueue.ts';
import {
  positionAt,
  positionShowing,
  scrollTopFor,
  type ListGeometry,
  type ReadingPosition,
} from './readingPosition.ts';
import { rowHeightPx } from '../../ui/rowHeights.ts';
import { RowLayout, type TallRow } from './rowLayout.ts';

const entry = (id: number): Entry => ({
  kind: 'connection',
  id,
  atMs: 0,
  tone: 'neutral',
  text: '',
});

interface Look {
  readonly from?: number;
  readonly to: number;
  readonly tall?: Readonly<Record<number, number>>;
}

/** A list of the entries from … to, 280 px high, with some rows of other heights. */
function geometryOf(isNewestFirst: boolean, { from = 1, to, tall = {} }: Look): ListGeometry {
  const queue = new EntryQueue(Array.from({ length: to - from + 1 }, (_, at) => entry(from + at)));
  const count = queue.length;
  const flip = (place: number) => (isNewestFirst ? count - 1 - place : place);
  const indexOf = (id: number) => flip(Math.min(count - 1, queue.placeOf(id)));
  const rows: TallRow[] = Object.entries(tall).map(([id, heightPx]) => ({
    index: indexOf(Number(id)),
    heightPx,
  }));
  return {
    layout: new RowLayout(count, rows),
    viewPx: 280,
    isNewestFirst,
    indexOf,
    idAt: (index) => queue.at(flip(index))?.id,
    newestId: to,
  };
}

const following: ReadingPosition = { isFollowing: true };

describe.each([true, false])('regression 7: newest first %s', (isNewestFirst) => {
  const look = (each: Look) => geometryOf(isNewestFirst, each);
  const start = look({ to: 100 });
  /** Reading row 50, its top 5 px above the edge. */
  const scrollTopPx = start.layout.topOf(start.indexOf(50)) + 5;
  const reading = positionAt(scrollTopPx, start, following);
  const offsetOf = (id: number, geometry: ListGeometry) =>
    geometry.layout.topOf(geometry.indexOf(id)) - scrollTopFor(reading, geometry);

  test('the row that is read stays when others come', () => {
    expect(offsetOf(50, look({ to: 180 }))).toBe(-5);
  });
  test('it stays when the cap drops old ones', () => {
    expect(offsetOf(50, look({ from: 20, to: 180 }))).toBe(-5);
  });
  test('it stays when rows before it unfold and fold', () => {
    expect(offsetOf(50, look({ to: 180, tall: { 40: 300, 60: 400, 10: 99 } }))).toBe(-5);
  });
  test('when it is dropped itself, the nearest one takes its place', () => {
    const later = look({ from: 60, to: 300 });
    expect(offsetOf(60, later)).toBe(isNewestFirst ? 280 - rowHeightPx : -5);
  });
});

test('at the newest end the list follows, in both orders', () => {
  for (const isNewestFirst of [true, false]) {
    const geometry = geometryOf(isNewestFirst, { to: 100 });
    const endPx = isNewestFirst ? 0 : 100 * rowHeightPx - 280;
    expect(positionAt(endPx, geometry, following)).toEqual(following);
    expect(scrollTopFor(following, geometryOf(isNewestFirst, { to: 200 }))).toBe(
      isNewestFirst ? 0 : 200 * rowHeightPx - 280,
    );
  }
});

test('what came since the person left the newest end is known, however far they scroll on', () => {
  const left = positionAt(0, geometryOf(false, { to: 100 }), following);
  expect(left).toMatchObject({ isFollowing: false, seenId: 100 });
  const further = positionAt(560, geometryOf(false, { to: 150 }), left);
  expect(further).toMatchObject({ isFollowing: false, seenId: 100 });
});

test('a row is shown where it is if it is whole, else at the nearer edge or in the middle', () => {
  const geometry = geometryOf(false, { to: 100 });
  const position = positionAt(rowHeightPx * 20, geometry, following);
  const shownAt = (id: number, where: 'nearest' | 'middle') => {
    const shown = positionShowing(id, where, { geometry, position });
    return geometry.layout.topOf(geometry.indexOf(id)) - scrollTopFor(shown, geometry);
  };
  expect(shownAt(25, 'middle')).toBe(4 * rowHeightPx);
  expect(shownAt(10, 'nearest')).toBe(0);
  expect(shownAt(60, 'nearest')).toBe(280 - rowHeightPx);
  expect(shownAt(60, 'middle')).toBe(126);
});

test('rows are where the heights of those before put them, and found there', () => {
  const layout = new RowLayout(1000, [
    { index: 500, heightPx: 228 },
    { index: 3, heightPx: 128 },
  ]);
  expect(layout.totalPx).toBe(1000 * rowHeightPx + 300);
  for (const index of [0, 2, 3, 4, 499, 500, 501, 999]) {
    const top = layout.topOf(index);
    expect(layout.indexAt(top)).toBe(index);
    expect(layout.indexAt(top + layout.heightOf(index) - 1)).toBe(index);
  }
  expect(layout.indexAt(1e9)).toBe(999);
});
