import { createStore, type StoreApi } from 'zustand/vanilla';
import type { JsonText } from '../../protocol/json/jsonText.ts';
import { readWritten } from '../../protocol/json/readWritten.ts';
import type { StoredText } from './stored.ts';

/** How a value is written as text. */
export interface StoredFormat<T> {
  /** @returns undefined for a text that is not of this form, or of a later version. */
  readonly read: (text: string) => T | undefined;
  readonly write: (value: T) => string;
  /** While nothing is stored. */
  readonly empty: T;
}

/**
 * A value that the browser keeps and that all windows share. Each change is applied to what is
 * stored at that moment, so that windows never overwrite each other's changes.
 */
export interface StoredValue<T> {
  /** The value as this window shows it. It follows the other windows. */
  readonly store: StoreApi<T>;
  /** Applies a change in memory; it may run again over what another window has written. */
  change: (change: (value: T) => T) => void;
  /** Writes all changes. @returns false when the browser has no room or does not allow it. */
  keep: () => boolean;
}

/** Most changes that wait for room in the browser; the oldest are then not merged any more. */
const maxWaitingChanges = 1000;

/**
 * Reads a text that was written as JSON of one version.
 * @returns undefined for a text that is not of this form, or of another version.
 */
export function readVersioned<T extends { readonly version: number }>(
  text: string,
  form: { readonly read: (json: JsonText) => T | undefined },
  version: number,
): T | undefined {
  const json = readWritten(text);
  const value = json && form.read(json);
  return value?.version === version ? value : undefined;
}

/** What is stored, once; an unreadable text is set aside. For a value that other windows share see {@link createStoredValue}. */
export function readStored<T>(
  stored: StoredText,
  read: (text: string) => T | undefined,
): T | undefined {
  const text = stored.read();
  if (text === undefined) return undefined;
  const value = read(text);
  if (value === undefined) stored.setAside();
  return value;
}

/** An unreadable text is set aside and counts as nothing. */
export function createStoredValue<T>(stored: StoredText, format: StoredFormat<T>): StoredValue<T> {
  /** The text that the value in memory is based on. */
  let base: string | undefined;
  let waiting: ((value: T) => T)[] = [];
  const read = (fallback: T): T => {
    base = stored.read();
    if (base === undefined) return format.empty;
    const value = format.read(base);
    if (value !== undefined) return value;
    stored.setAside();
    base = stored.read();
    return fallback;
  };
  const store = createStore<T>(() => read(format.empty));
  const show = (value: T) => store.setState(value, true);
  const catchUp = () => {
    if (stored.read() === base) return;
    show(waiting.reduce((value, change) => change(value), read(store.getState())));
  };
  stored.follow(catchUp);
  return {
    store,
    change: (change) => {
      catchUp();
      waiting = [...waiting, change].slice(-maxWaitingChanges);
      show(change(store.getState()));
    },
    keep: () => {
      catchUp();
      const text = format.write(store.getState());
      if (!stored.write(text)) return false;
      base = text;
      waiting = [];
      return true;
    },
  };
}
