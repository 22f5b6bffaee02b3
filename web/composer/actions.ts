import type { Action } from '../ui/action.ts';
import { actionTexts as texts } from './actionTexts.ts';
import type { Draft } from './draft.ts';

interface ComposeActionsDeps {
  /** Of the active tab. */
  readonly draft: () => Draft;
  readonly showComposer: () => void;
}

/** What brings a person to the composer. */
export function composeActions({ draft, showComposer }: ComposeActionsDeps) {
  return {
    goToComposer: {
      label: texts.goToComposer,
      group: texts.group,
      keys: { codes: ['KeyC'], name: 'C', alt: true },
      run: () => {
        showComposer();
        const { text } = draft().store.getState();
        draft().setText(text, { start: text.length, length: 0 });
      },
    },
  } satisfies Record<string, Action>;
}
