import { catalog, commandNames } from '../../protocol/commands/catalog.ts';
import { templateOf } from '../../protocol/wire/template.ts';
import type { Action, Actions } from '../ui/action.ts';
import { actionTexts } from './actionTexts.ts';
import { beautify } from './layOut.ts';
import type { Draft } from './draft.ts';
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
      run: () => beautify(draft()),
    },
  } satisfies Record<string, Action>;
}

/** A message to start from, for every command. */
export function commandContents({
  draft,
  showComposer,
}: Pick<LateComposeActionsDeps, 'draft' | 'showComposer'>): Actions {
  const contents = commandNames.map((name): [string, Action] => [
    `command ${name}`,
    {
      label: texts.insert(name),
      group: texts.commands,
      hint: catalog[name].summary,
      run: () => {
        const { text, selection } = templateOf(name);
        showComposer();
        draft().setText(text, selection);
      },
    },
  ]);
  return Object.fromEntries(contents);
}
