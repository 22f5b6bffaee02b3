import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TextRange } from '../ui/CodeEditor.tsx';
import { Conversation } from './conversation.ts';

/** What is being written in a tab. */
export interface DraftView {
  readonly text: string;
  /** Where the cursor stands: an offset in UTF-16 units; 0 before anybody was in the editor. */
  readonly cursor: number;
  /** What the editor should select and focus next; a new object each time. */
  readonly selection: TextRange | undefined;
  /** The text of a vain attempt to send; it says why until the text changes. */
  readonly refusedText: string | undefined;
  /** Counts what came in from elsewhere: by paste, or by {@link Draft.setText}. */
  readonly arrivals: number;
  /** Tokens that somebody wants to keep as they are, known here or not. */
  readonly keptTokens: ReadonlySet<string>;
}

/** The unsent message of one tab. */
export interface Draft {
  readonly store: StoreApi<DraftView>;
  /** Several messages of this draft on their way; goes on while another tab is shown. */
  readonly conversation: Conversation;
  /** Follows the editor while somebody types. */
  typed: (text: string) => void;
  /** Follows the cursor of the editor. */
  cursorMoved: (offset: number) => void;
  /** Tells that part of the text was pasted. */
  pasted: () => void;
  /** Puts a message in from elsewhere; can be undone in the editor. */
  setText: (text: string, selection?: TextRange) => void;
  /** Marks the text as one that was held back, or as fine. */
  refuse: (refusedText: string | undefined) => void;
  /** Asks no more about these tokens. */
  keepTokens: (tokens: readonly string[]) => void;
}

export function createDraft(text: string): Draft {
  const store = createStore<DraftView>(() => ({
    text,
    cursor: 0,
    selection: undefined,
    refusedText: undefined,
    arrivals: 0,
    keptTokens: new Set(),
  }));
  const arrive = () => store.setState(({ arrivals }) => ({ arrivals: arrivals + 1 }));
  return {
    store,
    conversation: new Conversation(),
    typed: (typed) => {
      if (typed !== store.getState().text) store.setState({ text: typed });
    },
    cursorMoved: (cursor) => store.setState({ cursor }),
    pasted: arrive,
    setText: (newText, selection) => {
      store.setState({ text: newText, selection });
      arrive();
    },
    refuse: (refusedText) => store.setState({ refusedText }),
    keepTokens: (tokens) =>
      store.setState(({ keptTokens }) => ({ keptTokens: new Set([...keptTokens, ...tokens]) })),
  };
}
