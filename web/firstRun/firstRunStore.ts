import { createStore, type StoreApi } from 'zustand/vanilla';
import { object, unsigned } from '../../protocol/codec/codec.ts';
import type { StoredText } from '../ui/stored.ts';
import { readStored, readVersioned } from '../ui/storedValue.ts';
import type { SampleSession } from './sampleData.ts';
import type { PlayEnd } from './playSession.ts';

const kept = object({ version: unsigned });
const version = 1;

export interface FirstRunView {
  /** Somebody has hidden the card, once and for all. */
  readonly isHidden: boolean;
  readonly play:
    | { readonly state: 'none' }
    | { readonly state: 'playing'; readonly at: number }
    | { readonly state: 'ended'; readonly end: PlayEnd };
  readonly sample: readonly SampleSession[];
  readonly isLoading: boolean;
  /** The bar of the sample data is hidden; the palette still removes it. */
  readonly isSampleHidden: boolean;
}

/** What the first steps have come to, on this page; that they are hidden is kept. */
export interface FirstRunStore {
  readonly store: StoreApi<FirstRunView>;
  readonly hide: () => void;
}

export function createFirstRunStore(stored: StoredText): FirstRunStore {
  const isHidden = readStored(stored, (text) => readVersioned(text, kept, version)) !== undefined;
  const store = createStore<FirstRunView>(() => ({
    isHidden,
    play: { state: 'none' },
    sample: [],
    isLoading: false,
    isSampleHidden: false,
  }));
  return {
    store,
    hide: () => {
      stored.write(kept.write({ version }));
      store.setState({ isHidden: true, play: { state: 'none' } });
    },
  };
}
