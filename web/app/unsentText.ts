import type { Connection } from '../connection/connection.ts';
import { substitute } from '../connection/variables.ts';
import type { Draft } from '../composer/draft.ts';

/** Knows whether a draft holds work that would be lost with its tab. */
export interface UnsentText {
  /** The draft is not empty, and not what was last sent or put in from elsewhere. */
  readonly isUnsent: () => boolean;
}

/** Watches a draft and the connection it is sent over; both end with their tab. */
export function watchUnsent(
  draft: Draft,
  connection: Connection,
  { isSettled }: { readonly isSettled: boolean },
): UnsentText {
  let settledText = isSettled ? draft.store.getState().text : undefined;
  draft.store.subscribe((view, before) => {
    // Only what is put in from elsewhere asks the editor to select something.
    const isPutIn = view.selection !== undefined && view.selection !== before.selection;
    const wasSettled = before.text.trim() === '' || before.text === settledText;
    if (isPutIn && wasSettled) settledText = view.text;
  });
  connection.subscribe((event) => {
    if (event.type !== 'entry' || event.entry.kind !== 'sent') return;
    const { text } = draft.store.getState();
    const { variables } = connection.store.getState();
    if (substitute(text, variables).text === event.entry.text) settledText = text;
  });
  return {
    isUnsent: () => {
      const { text } = draft.store.getState();
      return text.trim() !== '' && text !== settledText;
    },
  };
}
