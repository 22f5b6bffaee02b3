import { createStore, type StoreApi } from 'zustand/vanilla';
import { maxEntries } from '../store/entryStore.ts';
import type { Search } from '../search/logFilter.ts';
import type { MessageLog } from '../store/messageLog.ts';
import type { ReadingPosition } from '../../ui/virtualList/readingPosition.ts';
import { nothingSelected, type Selection } from './selection.ts';
import type { PayloadView } from '../payload/usePayload.ts';

/** Which end the newest message is at: each order has its own reading position. */
export type RowOrder = 'newestFirst' | 'newestLast';

/** What the view of a log remembers. */
export interface LogViewFields {
  readonly selection: Selection;
  /** Rows that the user opened or closed; the others have their default state. */
  readonly unfolded: ReadonlyMap<number, boolean>;
  /** Measured heights of rows that are or were unfolded, by id. */
  readonly heights: ReadonlyMap<number, number>;
  /** What a person chose to see of an unfolded row. */
  readonly payloadViews: ReadonlyMap<number, PayloadView>;
  readonly positions: Readonly<Record<RowOrder, ReadingPosition<number>>>;
  /** What the active row holds is shown below the list. */
  readonly isPeeking: boolean;
  /** The row that Tab goes to. */
  readonly activeId: number | undefined;
  /** The match that a person has stepped to, and of which search it is one. */
  readonly match: StepMatch | undefined;
}

interface StepMatch {
  readonly id: number;
  readonly search: Search;
}

/** Most rows whose state is kept; the least recently used are dropped first. */
export const maxKeptRows = 1000;

const following: ReadingPosition<number> = { isFollowing: true };

/**
 * What the view of one log remembers. It outlives the panel, so that a tab shows its log as it was
 * when the user comes back. In memory only, and bounded.
 */
export class LogViewState {
  readonly store: StoreApi<LogViewFields> = createStore<LogViewFields>(() => ({
    selection: nothingSelected,
    unfolded: new Map(),
    heights: new Map(),
    payloadViews: new Map(),
    positions: { newestFirst: following, newestLast: following },
    isPeeking: false,
    activeId: undefined,
    match: undefined,
  }));

  /** A log holds no more than so many: older ones that were selected are no longer in it. */
  select = (selection: Selection): void => {
    const { ids, anchorId } = selection;
    const kept = ids.size > maxEntries ? new Set([...ids].slice(-maxEntries)) : ids;
    this.store.setState({ selection: { ids: kept, anchorId } });
  };

  /** Other rows: heights are measured again, and what was chosen is no longer there as it was. */
  forgetRows = (): void => this.store.setState({ selection: nothingSelected, heights: new Map() });

  togglePeek = (): void => this.store.setState(({ isPeeking }) => ({ isPeeking: !isPeeking }));

  activate = (activeId: number): void => this.store.setState({ activeId });

  stepTo = (match: StepMatch): void => this.store.setState({ match });

  setUnfolded = (id: number, isOn: boolean): void =>
    this.store.setState(({ unfolded }) => ({ unfolded: keptWith(unfolded, id, isOn) }));

  /** Every height is measured again when its row is on screen. */
  setHeight = (id: number, heightPx: number): void => {
    const { heights } = this.store.getState();
    if (heights.get(id) !== heightPx) {
      this.store.setState({ heights: keptWith(heights, id, heightPx) });
    }
  };

  choosePayloadView = (id: number, view: PayloadView): void =>
    this.store.setState(({ payloadViews }) => ({ payloadViews: keptWith(payloadViews, id, view) }));

  /** @param change From the current position to the next one. */
  move = (
    order: RowOrder,
    change: (now: ReadingPosition<number>) => ReadingPosition<number>,
  ): void =>
    this.store.setState(({ positions }) => ({
      positions: { ...positions, [order]: change(positions[order]) },
    }));
}

/** The map with one entry added or changed, which is then dropped last. */
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

/** Not a field of the log, which is in the first script of the page. */
const states = new WeakMap<MessageLog, LogViewState>();

/** The view state of a log, made at the first call and kept as long as the log. */
export function viewStateOf(log: MessageLog): LogViewState {
  const known = states.get(log);
  if (known) return known;
  const made = new LogViewState();
  states.set(log, made);
  return made;
}
