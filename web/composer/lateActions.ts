import type { Action } from '../ui/action.ts';
import { actionTexts } from './actionTexts.ts';
import type { Draft } from './draft.ts';
import { layOut } from './layOut.ts';
import { texts } from './texts.ts';

interface LateComposeActionsDeps {
  /** Of the active tab. */
  readonly draft: () => Draft;
  readonly showComposer: () => void;
  /** Sends what is written in the active tab. */
  readonly onSend: () => void;
}

/** What is done to the message of the active tab. */
export function lateComposeActions({ draft, showComposer, onSend }: LateComposeActionsDeps) {
  const { group } = actionTexts;
  return {
    send: {
      label: texts.send,
      group,
      keys: { codes: ['Enter'], name: 'Enter', mod: true },
      isKeyElsewhere: true,
      run: () => {
        showComposer();
        onSend();
      },
    },
    beautify: {
      label: texts.beautify,
      group,
      isEnabled: () => draft().store.getState().text.trim() !== '',
      run: () => beautify(draft()),
    },
  } satisfies Record<string, Action>;
}

function beautify(draft: Draft): void {
  const { text } = draft.store.getState();
  const laidOut = layOut(text);
  if (laidOut === undefined) draft.refuse(text);
  else draft.setText(laidOut);
}
