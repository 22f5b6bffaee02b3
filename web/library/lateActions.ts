import type { Draft } from '../composer/draft.ts';
import type { Action, Actions } from '../ui/action.ts';
import type { RecallDirection } from './recall.ts';
import { recallIn, type RecallParts } from './recallIn.ts';
import type { SavedMessages } from './savedMessages.ts';
import { texts } from './texts.ts';

interface RecallActionsDeps extends RecallParts {
  /** Of the active tab. */
  readonly draft: () => Draft;
  readonly showComposer: () => void;
}

/** In the editor the arrows do the same from its first and last row. */
export function recallActions({ draft, showComposer, ...parts }: RecallActionsDeps) {
  const group = texts.compose;
  const recall = (direction: RecallDirection) => {
    showComposer();
    recallIn(draft(), direction, parts);
  };
  return {
    olderMessage: {
      label: texts.olderMessage,
      group,
      keys: { codes: ['ArrowUp'], name: '↑' },
      isKeyElsewhere: true,
      isEnabled: () => parts.library()?.history.store.getState().sent.length !== 0,
      run: () => recall('older'),
    },
    newerMessage: {
      label: texts.newerMessage,
      group,
      keys: { codes: ['ArrowDown'], name: '↓' },
      isKeyElsewhere: true,
      isEnabled: () => draft().store.getState().recall.state === 'shown',
      run: () => recall('newer'),
    },
  } satisfies Record<string, Action>;
}

/** Every saved message, to insert. */
export function savedContents(
  saved: SavedMessages | undefined,
  { draft, showComposer }: Pick<RecallActionsDeps, 'draft' | 'showComposer'>,
): Actions {
  const messages = saved?.store.getState().messages ?? [];
  const contents = messages.map(({ id, name, text, isLiteral = false }): [string, Action] => [
    `saved ${id}`,
    {
      label: texts.insert(name),
      group: texts.messages,
      run: () => {
        showComposer();
        draft().setMessage({ text, isLiteral, savedId: id }, { start: 0, length: 0 });
      },
    },
  ]);
  return Object.fromEntries(contents);
}
