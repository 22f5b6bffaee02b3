import { LessonBar } from './LessonBar.tsx';
import { shippedLessons } from './shippedLessons.ts';
import { TutorialPanel } from './TutorialPanel.tsx';
import { createTutorialStore, type TutorialStore } from './tutorialStore.ts';
import type { StoredText } from '../ui/stored.ts';

/** The tutorial with its lessons: a separate chunk, since the rest of the page works without. */
export interface TutorialFeature {
  readonly tutorial: TutorialStore;
  readonly Panel: typeof TutorialPanel;
  readonly Bar: typeof LessonBar;
}

/** Makes the tutorial of this page. */
export function createTutorialFeature(stored: StoredText): TutorialFeature {
  const { lessons } = shippedLessons;
  const tutorial = createTutorialStore({ lessons, stored });
  return { tutorial, Panel: TutorialPanel, Bar: LessonBar };
}
