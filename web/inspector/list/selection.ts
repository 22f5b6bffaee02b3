import { createStore, type StoreApi } from 'zustand/vanilla';
import { maxRows, type SessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import type { ListRange } from './askRows.ts';

/** Sessions that are selected at most. */
export const maxSelected = 10_000;

/** The sessions that were selected, by their ids. */
export interface SelectionView {
  /** Rows have a box to tick. */
  readonly isOn: boolean;
  readonly sessions: ReadonlyMap<string, SessionSummary>;
  /** The rest of what was selected is on its way. */
  readonly isReading: boolean;
}

const nothing: SelectionView = { isOn: false, sessions: new Map(), isReading: false };

/** The list that sessions are selected in. */
interface AskedList {
  /** Sessions at these positions. */
  ask: (range: ListRange) => Promise<readonly SessionSummary[]>;
}

/** Where a session is in the list. */
interface Placed {
  readonly session: SessionSummary;
  readonly index: number;
}

/** Several sessions for one action, whether they are on screen or not. */
export class Selection {
  readonly store: StoreApi<SelectionView> = createStore(() => nothing);
  readonly #list: AskedList;
  /** The row that was selected last: a range begins there. */
  #begin = 0;
  /** Counts what was asked for: an earlier answer comes too late. */
  #asked = 0;

  constructor(list: AskedList) {
    this.#list = list;
  }

  /** Gives rows a box to tick, or ends the selection. */
  turn(isOn: boolean): void {
    this.#asked += 1;
    this.store.setState({ ...nothing, isOn });
  }

  toggle({ session, index }: Placed): void {
    this.#begin = index;
    const sessions = new Map(this.store.getState().sessions);
    if (!sessions.delete(session.id)) sessions.set(session.id, session);
    this.#set(sessions);
  }

  /** Selects the rows from the one that was selected last to this one. */
  async extendTo(index: number): Promise<void> {
    const [from, to] = [Math.min(this.#begin, index), Math.max(this.#begin, index)];
    await this.#read(from, Math.min(to - from + 1, maxSelected));
  }

  /** Selects the first so many rows. */
  async first(count: number): Promise<void> {
    await this.#read(0, Math.min(count, maxSelected));
  }

  /** These have gone, or are not to be selected any more. */
  drop(ids: ReadonlySet<string>): void {
    const left = [...this.store.getState().sessions].filter(([id]) => !ids.has(id));
    this.store.setState({ sessions: new Map(left) });
  }

  async #read(begin: number, count: number): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    this.store.setState({ isOn: true, isReading: true });
    for (let from = begin; from < begin + count; from += maxRows) {
      const part = await this.#list.ask({ from, count: Math.min(maxRows, begin + count - from) });
      if (asked !== this.#asked) return;
      const sessions = new Map(this.store.getState().sessions);
      for (const session of part) sessions.set(session.id, session);
      this.#set(sessions);
    }
    this.store.setState({ isReading: false });
  }

  #set(sessions: ReadonlyMap<string, SessionSummary>): void {
    this.store.setState({ isOn: true, sessions: new Map([...sessions].slice(0, maxSelected)) });
  }
}
