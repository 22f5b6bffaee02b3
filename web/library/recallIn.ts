import type { Draft } from '../composer/draft.ts';
import { uiTexts } from '../ui/uiTexts.ts';
import type { LibraryFeature } from './libraryFeature.ts';
import type { RecallDirection } from './recall.ts';

/** What a step through the history needs. */
export interface RecallParts {
  /** Once it is loaded. */
  readonly library: () => LibraryFeature | undefined;
  readonly loadLibrary: () => Promise<LibraryFeature>;
  readonly notify: (text: string) => void;
}

/**
 * Steps through the history in a draft; waits for the history if that is not there yet.
 * @returns False when it is known that there is nothing to step to.
 */
export function recallIn(draft: Draft, direction: RecallDirection, parts: RecallParts): boolean {
  const library = parts.library();
  if (library) return library.recall(draft, direction);
  if (direction === 'newer') return false;
  const { text } = draft.store.getState();
  void parts.loadLibrary().then(
    ({ recall }) => {
      // Not over what was typed meanwhile.
      if (draft.store.getState().text === text) recall(draft, direction);
    },
    () => parts.notify(uiTexts.notLoaded),
  );
  return true;
}
