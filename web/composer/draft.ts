import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TextRange } from '../ui/editorProps.ts';
import type { Exchange, WrittenMessage } from '../connection/page/exchange.ts';
import { plainLineEnds } from '../ui/plainLineEnds.ts';

/** Whether a message of the history stands in the place of what was being written. */
export type Recall =
  | { readonly state: 'none' }
  | {
      readonly state: 'shown';
      /** Newest first, as they were when it began: what is sent meanwhile changes no place. */
      readonly messages: readonly WrittenMessage[];
      /** Index of the one that is shown. */
      readonly at: number;
      /** What was being written; it comes back behind the newest. */
      readonly own: WrittenMessage;
    }
  /** What was being written is back, and has not changed since. */
  | { readonly state: 'back' };

/** What is being written in a tab. */
export interface DraftView {
  readonly text: string;
  /** Variables are off for this message: `{{name}}` in it is plain text. */
  readonly isLiteral: boolean;
  /** Where the cursor stands: an offset in UTF-16 units; 0 before anybody was in the editor. */
  readonly cursor: number;
  /** What the editor should select and focus next; a new object each time. */
  readonly selection: TextRange | undefined;
  /** The text of a failed attempt to send; it says why until the text changes. */
  readonly refusedText: string | undefined;
  /** The text that was sent last: its reply says what is wrong with it, so notices from before go. */
  readonly sentText: string | undefined;
  /** Counts what came in from elsewhere: by paste, or by {@link Draft.setText}. */
  readonly arrivals: number;
  /** Tokens that somebody wants to keep as they are, known here or not. */
  readonly keptTokens: ReadonlySet<string>;
  /** Ends with the first change of the text. */
  readonly recall: Recall;
  /** The saved message that is being changed. */
  readonly savedId: string | undefined;
}

/** A message from elsewhere. */
interface InsertedMessage extends WrittenMessage {
  /** The saved message that it is. */
  readonly savedId?: string | undefined;
}

/** The unsent message of one tab. */
export interface Draft {
  readonly store: StoreApi<DraftView>;
  /** Follows the editor while somebody types. */
  typed: (text: string) => void;
  /** Follows the cursor of the editor. */
  cursorMoved: (offset: number) => void;
  /** Part of the text was pasted. */
  pasted: () => void;
  /** Changes the text of this message; can be undone in the editor. */
  setText: (text: string, selection?: TextRange) => void;
  /** Puts another message in; can be undone in the editor. */
  setMessage: (message: InsertedMessage, selection?: TextRange) => void;
  /** The text is now that of a saved message. */
  savedAs: (id: string) => void;
  /** Turns the variables of this message off or on. */
  setLiteral: (isLiteral: boolean) => void;
  /** Shows a message of the history, or again what was being written; can be undone in the editor. */
  recall: (message: WrittenMessage, recall: Recall, cursor: number) => void;
  /** Marks the text as one that was held back, or as fine. */
  refuse: (refusedText: string | undefined) => void;
  /** Marks the text as sent. @param exchange Undefined for several messages. */
  sent: (text: string, exchange: Exchange | undefined) => void;
  /** Of the message that was sent last from here. */
  lastExchange: () => Exchange | undefined;
  /** Asks no more about these tokens. */
  keepTokens: (tokens: readonly string[]) => void;
}

const notRecalled: Recall = { state: 'none' };

/**
 * What a person would miss: what was being written when a message of the history was looked up.
 * @returns The message itself when no such message is shown.
 */
export function ownMessage({ text, isLiteral, recall }: DraftView): WrittenMessage {
  return recall.state === 'shown' ? recall.own : { text, isLiteral };
}

/** The editor has its own line ends: they are no change. */
function recallAfter({ text, recall }: DraftView, newText: string): Recall {
  if (recall.state === 'none' || newText === text) return recall;
  return plainLineEnds(newText) === plainLineEnds(text) ? recall : notRecalled;
}

export function createDraft(
  text: string,
  { isLiteral = false }: Partial<Pick<WrittenMessage, 'isLiteral'>> = {},
): Draft {
  const store = createStore<DraftView>(() => ({
    text,
    isLiteral,
    cursor: 0,
    selection: undefined,
    refusedText: undefined,
    sentText: undefined,
    arrivals: 0,
    keptTokens: new Set(),
    recall: notRecalled,
    savedId: undefined,
  }));
  let lastExchange: Exchange | undefined;
  const arrive = () => store.setState(({ arrivals }) => ({ arrivals: arrivals + 1 }));
  const setText = (newText: string, selection?: TextRange) => {
    store.setState((view) => ({ text: newText, selection, recall: recallAfter(view, newText) }));
    arrive();
  };
  return {
    store,
    typed: (typed) => {
      const view = store.getState();
      if (typed === view.text) return;
      store.setState({ text: typed, recall: recallAfter(view, typed) });
    },
    cursorMoved: (cursor) => store.setState({ cursor }),
    pasted: arrive,
    setText,
    setMessage: (message, selection) => {
      store.setState({ isLiteral: message.isLiteral, savedId: message.savedId });
      setText(message.text, selection);
    },
    savedAs: (savedId) => store.setState({ savedId }),
    setLiteral: (off) => store.setState({ isLiteral: off }),
    recall: (recalled, recall, cursor) => {
      store.setState({ ...recalled, recall, selection: { start: cursor, length: 0 } });
      arrive();
    },
    refuse: (refusedText) => store.setState({ refusedText }),
    sent: (sentText, exchange) => {
      lastExchange = exchange;
      store.setState({ sentText });
    },
    lastExchange: () => lastExchange,
    keepTokens: (tokens) =>
      store.setState(({ keptTokens }) => ({ keptTokens: new Set([...keptTokens, ...tokens]) })),
  };
}
