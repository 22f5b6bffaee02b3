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

/** Watches a draft; both end with their tab. */
export function watchUnsent(draft: Draft, initial: { readonly isSettled: boolean }): UnsentText {
  let settledText = initial.isSettled ? draft.store.getState().text : undefined;
  const isSettled = (text: string) => {
    return text.trim() === '' || text === settledText || text === textThatWentOut(draft);
  };
  draft.store.subscribe((view, before) => {
    // Only text from elsewhere comes with a selection.
    const isPutIn = view.selection !== undefined && view.selection !== before.selection;
    if (isPutIn && isSettled(ownMessage(before).text)) settledText = ownMessage(view).text;
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

/** What was written of the message that was sent last; undefined while it waits to go out. */
function textThatWentOut(draft: Draft): string | undefined {
  const exchange = draft.lastExchange();
  if (!exchange) return undefined;
  const { state, message } = exchange;
  switch (state.state) {
    case 'sent':
    case 'answered':
    case 'silent':
    case 'lost':
      return message.written?.text ?? message.text;
    case 'waiting':
    case 'held':
    case 'asking':
    case 'refused':
    case 'discarded':
    case 'leaving':
      return undefined;
  }
}
