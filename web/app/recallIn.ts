import type { Draft } from '../composer/draft.ts';
import type { RecallDirection } from '../library/recall.ts';
import { messages as texts } from '../ui/uiMessages.ts';
import type { Console } from './createConsole.ts';

type RecallParts = Pick<Console, 'librarySide' | 'loadLibrarySide' | 'shell'>;

/**
 * Steps through the history in a draft; waits for the history if that is not there yet.
 * @returns False when it is known that there is nothing to step to.
 */
export function recallIn(
  draft: Draft,
  direction: RecallDirection,
  { librarySide, loadLibrarySide, shell }: RecallParts,
): boolean {
  const library = librarySide();
  if (library) return library.recall(draft, direction);
  if (direction === 'newer') return false;
  const { text } = draft.store.getState();
  void loadLibrarySide().then(
    ({ recall }) => {
      // Who has typed meanwhile does not want it any more.
      if (draft.store.getState().text === text) recall(draft, direction);
    },
    () => shell.tell(texts.notLoaded),
  );
  return true;
}
