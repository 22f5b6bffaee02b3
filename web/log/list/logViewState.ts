import { createStore, type StoreApi } from 'zustand/vanilla';
import { maxEntries } from '../store/entryStore.ts';
import type { Search } from '../search/logFilter.ts';
import type { MessageLog } from '../store/messageLog.ts';
import type { ReadingPosition } from '../../ui/virtualList/readingPosition.ts';
import { nothingSelected, type Selection } from './selection.ts';
import type { PayloadView } from '../payload/usePayload.ts';

/** Which end the newest message is at: each order has a reading position of its own. */
export type RowOrder = 'newestFirst' | 'newestLast';

/** How a person looks at a log. */
export interface LogViewed {
  readonly selection: Selection;
  /** Rows that a person opened or closed; the others are as they are by themselves. */
  readonly unfolded: ReadonlyMap<number, boolean>;
  /** Measured heights of rows that are or were unfolded, by id. */
  readonly heights: ReadonlyMap<number, number>;
  /** What a person chose to see of an unfolded row. */
  readonly payloadViews: ReadonlyMap<number, PayloadView>;
  readonly positions: Readonly<Record<RowOrder, ReadingPosition<number>>>;
  /** The row that Tab goes to. */
  readonly activeId: number | undefined;
  /** The match that a person has stepped to, and of which search it is one. */
  readonly match: StepMatch | undefined;
}

interface StepMatch {
  readonly id: number;
  readonly search: Search;
}

/** Most rows of which anything is kept by itself; those that were touched longest ago leave first. */
export const maxKeptRows = 1000;

const following: ReadingPosition<number> = { isFollowing: true };

/**
 * How a person looks at one log. It outlives the panel, so that whoever comes back to a tab finds
 * its log as it was. In memory only, and bounded.
 */
export class LogViewState {
  readonly store: StoreApi<LogViewed> = createStore<LogViewed>(() => ({
    selection: nothingSelected,
    unfolded: new Map(),
    heights: new Map(),
    payloadViews: new Map(),
    positions: { newestFirst: following, newestLast: following },
    activeId: undefined,
    match: undefined,
  }));

  /** A log holds no more than so many: older ones that were chosen have left it. */
  select = (selection: Selection): void => {
    const { ids, anchorId } = selection;
    const kept = ids.size > maxEntries ? new Set([...ids].slice(-maxEntries)) : ids;
    this.store.setState({ selection: { ids: kept, anchorId } });
  };

  activate = (activeId: number): void => this.store.setState({ activeId });

  stepTo = (match: StepMatch): void => this.store.setState({ match });

  setUnfolded = (id: number, isOn: boolean): void =>
    this.store.setState(({ unfolded }) => ({ unfolded: keptWith(unfolded, id, isOn) }));

  /** Every height is measured anew when its row is on screen again. */
  setHeight = (id: number, heightPx: number): void => {
    const { heights } = this.store.getState();
    if (heights.get(id) !== heightPx) {
      this.store.setState({ heights: keptWith(heights, id, heightPx) });
    }
  };

  choosePayloadView = (id: number, view: PayloadView): void =>
    this.store.setState(({ payloadViews }) => ({ payloadViews: keptWith(payloadViews, id, view) }));

  /** @param change From the position of now to the next one. */
  move = (
    order: RowOrder,
    change: (now: ReadingPosition<number>) => ReadingPosition<number>,
  ): void =>
    this.store.setState(({ positions }) => ({
      positions: { ...positions, [order]: change(positions[order]) },
    }));
}

/** The map with one more in it, or one changed, which makes it the last to leave. */
function keptWith<V>(map: ReadonlyMap<number, V>, id: number, value: V): ReadonlyMap<number, V> {
  const after = new Map(map);
  after.delete(id);
  after.set(id, value);
  for (const [oldest] of after) {
    if (after.size <= maxKeptRows) break;
    after.delete(oldest);
  }
  return after;
}

/** Not a part of the logs: those are in the page's first script, and this is not. */
const states = new WeakMap<MessageLog, LogViewState>();

/** How a person looks at a log, the same each time; it goes with the log. */
export function viewStateOf(log: MessageLog): LogViewState {
  const known = states.get(log);
  if (known) return known;
  const made = new LogViewState();
  states.set(log, made);
  return made;
}
