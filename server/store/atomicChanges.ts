import type { JsonText } from '../../protocol/json/jsonText.ts';

/** A whole number that is added to the value of a key. */
export interface Addition {
  readonly key: string;
  /** An integer of up to 100 digits. */
  readonly by: JsonText;
}

/** A value to be put in place of another; see `SessionStore.swapValue`. */
export interface Swap {
  readonly key: string;
  /** The value that the key must have; absent: it must not be there. */
  readonly old?: JsonText | undefined;
  /** Absent: the key is removed. */
  readonly value?: JsonText | undefined;
}

/** What became of a {@link Swap}. */
export type SwapOutcome =
  | { readonly status: 'KeySet' | 'KeyUpdated' | 'KeyRemoved' }
  /** Nothing has changed; `value` is the present one, absent when the key is not there. */
  | { readonly status: 'ValueChanged'; readonly value: JsonText | undefined };
