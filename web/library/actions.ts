import type { Draft } from '../composer/draft.ts';
import type { Action } from '../ui/action.ts';
import { actionTexts as texts } from './actionTexts.ts';
import type { RecallDirection } from './recall.ts';
import { recallIn, type RecallParts } from './recallIn.ts';

interface RecallActionsDeps extends RecallParts {
  /** Of the active tab. */
  readonly draft: () => Draft;
  readonly showComposer: () => void;
}

/** In the editor the arrows do the same from its first and last row. */
export function recallActions({ draft, showComposer, ...parts }: RecallActionsDeps) {
  const { group } = texts;
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
