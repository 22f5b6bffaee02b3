import { createStore, type StoreApi } from 'zustand/vanilla';

/** What came in since a tab was last looked at. */
export interface TabNews {
  /** Messages from the server, failures among them. */
  readonly unread: number;
  readonly failures: number;
}

/** By id of the tab; those without are up to date. */
export type NewsStore = StoreApi<ReadonlyMap<string, TabNews>>;

export function createNews(): NewsStore {
  return createStore<ReadonlyMap<string, TabNews>>(() => new Map());
}
