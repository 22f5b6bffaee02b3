import type { Connection } from '../connection/page/connection.ts';
import { ownMessage, type Draft } from './draft.ts';

/** A draft as it is kept. */
interface KeptText {
  readonly text: string;
  readonly isLiteral: boolean;
  /** It was sent, or came from elsewhere: closing the tab loses nothing. */
  readonly isSettled: boolean;
}

/** Knows whether a draft holds work that would be lost with its tab. */
export interface UnsentText {
  /**
   * The draft is not empty, and not what was last sent or put in from elsewhere. While a message of
   * the history is shown, what was being written before counts.
   */
  readonly isUnsent: () => boolean;
  /** What to keep of the draft, so that a tab can be made from it again. */
  readonly toKeep: () => KeptText;
}

/** Watches a draft and the connection it is sent over; both end with their tab. */
export function watchUnsent(
  draft: Draft,
  connection: Connection,
  initial: { readonly isSettled: boolean },
): UnsentText {
  let settledText = initial.isSettled ? draft.store.getState().text : undefined;
  const isSettled = (text: string) => text.trim() === '' || text === settledText;
  draft.store.subscribe((view, before) => {
    // Only text from elsewhere comes with a selection.
    const isPutIn = view.selection !== undefined && view.selection !== before.selection;
    if (isPutIn && isSettled(ownMessage(before).text)) settledText = ownMessage(view).text;
  });
  connection.subscribe((event) => {
    if (event.type !== 'entry' || event.entry.kind !== 'sent') return;
    const text = ownMessage(draft.store.getState()).text;
    const { text: sent, written } = event.entry;
    if (text === (written?.text ?? sent)) settledText = text;
  });
  const isUnsent = () => !isSettled(ownMessage(draft.store.getState()).text);
  return {
    isUnsent,
    toKeep: () => {
      const view = draft.store.getState();
      // A message of the history is still there later; what was being written would not be.
      const { text, isLiteral } = isUnsent() ? ownMessage(view) : view;
      return { text, isLiteral, isSettled: !isUnsent() };
    },
  };
}
