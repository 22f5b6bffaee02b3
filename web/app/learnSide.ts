import { shippedLessons } from '../tutorial/shippedLessons.ts';
import { TutorialPanel } from '../tutorial/TutorialPanel.tsx';
import { createTutorialStore, type TutorialStore } from '../tutorial/tutorialStore.ts';
import type { StoredText } from '../ui/stored.ts';

/** The tutorial with its lessons: a chunk of its own, since the rest of the page works without. */
export interface LearnSide {
  readonly tutorial: TutorialStore;
  readonly Panel: typeof TutorialPanel;
}

/** Makes the tutorial of this page. */
export function createLearnSide(stored: StoredText): LearnSide {
  const { lessons } = shippedLessons;
  const tutorial = createTutorialStore({ lessons, stored });
  return { tutorial, Panel: TutorialPanel };
}
