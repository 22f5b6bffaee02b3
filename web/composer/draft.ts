import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TextRange } from '../ui/CodeEditor.tsx';

/** What is being written in a tab. */
export interface DraftView {
  readonly text: string;
  /** Where the cursor stands: an offset in UTF-16 units; 0 before anybody was in the editor. */
  readonly cursor: number;
  /** What the editor should select and focus next; a new object each time. */
  readonly selection: TextRange | undefined;
  /** The text of a vain attempt to send; it says why until the text changes. */
  readonly refusedText: string | undefined;
}

/** The unsent message of one tab. */
export interface Draft {
  readonly store: StoreApi<DraftView>;
  /** Follows the editor while somebody types. */
  typed: (text: string) => void;
  /** Follows the cursor of the editor. */
  cursorMoved: (offset: number) => void;
  /** Puts a message in from elsewhere; can be undone in the editor. */
  setText: (text: string, selection?: TextRange) => void;
  /** Marks the text as one that was held back, or as fine. */
  refuse: (refusedText: string | undefined) => void;
}

export function createDraft(text: string): Draft {
  const store = createStore<DraftView>(() => ({
    text,
    cursor: 0,
    selection: undefined,
    refusedText: undefined,
  }));
  return {
    store,
    typed: (typed) => {
      if (typed !== store.getState().text) store.setState({ text: typed });
    },
    cursorMoved: (cursor) => store.setState({ cursor }),
    setText: (newText, selection) => store.setState({ text: newText, selection }),
    refuse: (refusedText) => store.setState({ refusedText }),
  };
}
