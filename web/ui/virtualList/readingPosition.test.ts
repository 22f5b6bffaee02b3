import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isWhole,
  positionAt,
  positionShowing,
  scrollTopFor,
  withStandIn,
  type ListGeometry,
  type ListRows,
  type ReadingPosition,
} from './readingPosition.ts';
import { RowLayout } from './rowLayout.ts';

const rowHeightPx = 28;

interface Look {
  readonly from?: number;
  readonly to: number;
  readonly tall?: Readonly<Record<number, number>>;
}

/** A list of the numbers from … to, 280 px high, with some rows of other heights. */
function geometryOf(isNewestFirst: boolean, { from = 1, to, tall = {} }: Look) {
  const count = to - from + 1;
  const flip = (place: number) => (isNewestFirst ? count - 1 - place : place);
  const rows: ListRows<number> = {
    count,
    idAt: (index) => (index >= 0 && index < count ? from + flip(index) : undefined),
    indexOf: (id) => flip(Math.max(0, Math.min(count - 1, id - from))),
  };
  const tallRows = Object.entries(tall).map(([id, heightPx]) => ({
    index: rows.indexOf(Number(id)),
    heightPx,
  }));
  const geometry: ListGeometry<number> = {
    rows,
    layout: new RowLayout(count, rowHeightPx, tallRows),
    viewPx: 280,
    end: isNewestFirst ? 'top' : 'bottom',
  };
  return geometry;
}

const following: ReadingPosition<number> = { isFollowing: true };

describe.each([true, false])('regression 7: newest first %s', (isNewestFirst) => {
  const look = (each: Look) => geometryOf(isNewestFirst, each);
  const start = look({ to: 100 });
  /** Reading row 50, its top 5 px above the edge. */
  const scrollTopPx = start.layout.topOf(start.rows.indexOf(50)) + 5;
  const reading = positionAt(scrollTopPx, start, following);
  const offsetOf = (id: number, geometry: ListGeometry<number>) =>
    geometry.layout.topOf(geometry.rows.indexOf(id)) - scrollTopFor(reading, geometry);

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
    return geometry.layout.topOf(geometry.rows.indexOf(id)) - scrollTopFor(shown, geometry);
  };
  expect(shownAt(25, 'middle')).toBe(4 * rowHeightPx);
  expect(shownAt(10, 'nearest')).toBe(0);
  expect(shownAt(60, 'nearest')).toBe(280 - rowHeightPx);
  expect(shownAt(60, 'middle')).toBe(126);
});

test('rows are where the heights of those before put them, and found there', () => {
  const layout = new RowLayout(1000, rowHeightPx, [
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

/** A list of rows by name, 100 px high. */
function namedRows(...names: string[]): ListRows<string> {
  return { count: names.length, idAt: (index) => names[index], indexOf: (id) => names.indexOf(id) };
}

describe('a row that is read and then gone', () => {
  const before = namedRows('a', 'b', 'c', 'd');
  const reading: ReadingPosition<string> = {
    isFollowing: false,
    anchorId: 'b',
    offsetPx: -5,
    seenId: 'a',
  };
  const heldBy = (rows: ListRows<string>) => {
    const position = withStandIn(reading, rows, before);
    return position.isFollowing ? undefined : position.anchorId;
  };

  test('is held by the next one that is left', () => {
    expect(heldBy(namedRows('new', 'a', 'd'))).toBe('d');
  });
  test('is held by what took its place when none of them is left', () => {
    expect(heldBy(namedRows('a', 'x', 'y'))).toBe('x');
    expect(heldBy(namedRows('a'))).toBe('a');
  });
  test('keeps its place while the list is empty, and changes nothing while it is there', () => {
    expect(withStandIn(reading, namedRows(), before)).toBe(reading);
    expect(withStandIn(reading, namedRows('b'), before)).toBe(reading);
  });
});

test('a row that is not in the list moves nothing', () => {
  const rows = namedRows('a', 'b');
  const geometry: ListGeometry<string> = {
    rows,
    layout: new RowLayout(2, rowHeightPx),
    viewPx: 30,
    end: 'top',
  };
  const position: ReadingPosition<string> = { isFollowing: true };
  expect(positionShowing('gone', 'nearest', { geometry, position })).toBe(position);
  expect(isWhole('gone', { geometry, position })).toBe(false);
});

test('whatever row is asked for is whole on screen afterwards, and at the end the list follows', () => {
  const end = fc.constantFrom('top' as const, 'bottom' as const);
  const index = fc.nat(39);
  fc.assert(
    fc.property(index, index, end, (from, to, which) => {
      const names = Array.from({ length: 40 }, (_, at) => `row ${at}`);
      const geometry: ListGeometry<string> = {
        rows: namedRows(...names),
        layout: new RowLayout(40, rowHeightPx, [{ index: 7, heightPx: 90 }]),
        viewPx: 100,
        end: which,
      };
      const position = positionAt(geometry.layout.topOf(from), geometry, { isFollowing: true });
      const shown = positionShowing(`row ${to}`, 'nearest', { geometry, position });
      expect(isWhole(`row ${to}`, { geometry, position: shown })).toBe(true);
      const isAtEnd = to === (which === 'top' ? 0 : 39);
      if (isAtEnd) expect(shown).toEqual({ isFollowing: true });
    }),
  );
});
