import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CommandName } from '../../protocol/commands/catalog.ts';

/** What the reference shows. */
export interface ReferenceView {
  /** The command under the composer's cursor is shown, whichever it is. */
  readonly isFollowing: boolean;
  /** Shown while nothing is followed; undefined: the list of all. */
  readonly chosen: CommandName | undefined;
  /** While it holds a word, what matches is listed. */
  readonly search: string;
}

/** Where somebody is in the reference; lasts as long as the page. */
export interface ReferenceStore {
  readonly store: StoreApi<ReferenceView>;
  /** Shows a command and stays on it. */
  readonly choose: (name: CommandName) => void;
  /** Shows the list and stays on it. */
  readonly showAll: () => void;
  /** Goes along with the composer's cursor. */
  readonly follow: () => void;
  /** Stays on what is shown now. */
  readonly pin: (shown: CommandName | undefined) => void;
  readonly find: (search: string) => void;
}

/** Makes the store; at first it follows the cursor. */
export function createReferenceStore(): ReferenceStore {
  const store = createStore<ReferenceView>(() => ({
    isFollowing: true,
    chosen: undefined,
    search: '',
  }));
  const pin = (chosen: CommandName | undefined) =>
    store.setState({ isFollowing: false, chosen, search: '' });
  return {
    store,
    choose: pin,
    showAll: () => pin(undefined),
    follow: () => store.setState({ isFollowing: true, chosen: undefined, search: '' }),
    pin,
    find: (search) => store.setState({ search }),
  };
}

/**
 * The command to show.
 * @param atCursor The command that the composer's cursor is on.
 * @returns undefined: the list.
 */
export function shownCommand(
  { isFollowing, chosen, search }: ReferenceView,
  atCursor: CommandName | undefined,
): CommandName | undefined {
  if (search.trim() !== '') return undefined;
  return isFollowing ? atCursor : chosen;
}
