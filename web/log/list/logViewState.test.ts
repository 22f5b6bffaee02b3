import { expect, test } from 'vitest';
import { maxEntries } from '../store/entryStore.ts';
import { LogHarness } from '../../../test/web/logHarness.ts';
import { LogViewState, maxKeptRows, viewStateOf } from './logViewState.ts';

test('each log has one view state, the same each time', () => {
  const [one, other] = [new LogHarness().log, new LogHarness().log];
  viewStateOf(one).setUnfolded(7, true);
  expect(viewStateOf(one).store.getState().unfolded.get(7)).toBe(true);
  expect(viewStateOf(other).store.getState().unfolded.size).toBe(0);
});

test('of the rows that were opened, measured and looked at only the last thousand are known', () => {
  const state = new LogViewState();
  for (let id = 1; id <= maxKeptRows; id += 1) state.setUnfolded(id, true);
  state.setUnfolded(1, false);
  state.setUnfolded(maxKeptRows + 1, true);
  const { unfolded } = state.store.getState();
  expect(unfolded.size).toBe(maxKeptRows);
  // Used again: so another one is dropped first.
  expect(unfolded.get(1)).toBe(false);
  expect(unfolded.has(2)).toBe(false);

  for (let id = 1; id <= maxKeptRows + 5; id += 1) {
    state.setHeight(id, 100);
    state.choosePayloadView(id, 'tree');
  }
  const { heights, payloadViews } = state.store.getState();
  expect([heights.size, payloadViews.size]).toEqual([maxKeptRows, maxKeptRows]);
});

test('no more rows are chosen than a log can hold', () => {
  const state = new LogViewState();
  const ids = new Set(Array.from({ length: maxEntries + 2 }, (_, place) => place));
  state.select({ ids, anchorId: 0 });
  const { selection } = state.store.getState();
  expect(selection.ids.size).toBe(maxEntries);
  expect(selection.ids.has(1)).toBe(false);
  expect(selection.ids.has(maxEntries + 1)).toBe(true);
});

test('the same height again notifies nobody', () => {
  const state = new LogViewState();
  state.setHeight(3, 80);
  let tellings = 0;
  state.store.subscribe(() => (tellings += 1));
  state.setHeight(3, 80);
  expect(tellings).toBe(0);
});

test('each order of the rows has its own reading position', () => {
  const state = new LogViewState();
  const read = { isFollowing: false, anchorId: 4, offsetPx: -3, seenId: 9 } as const;
  state.move('newestFirst', () => read);
  const { positions } = state.store.getState();
  expect(positions.newestFirst).toEqual(read);
  expect(positions.newestLast).toEqual({ isFollowing: true });
});
