import type { Action, Actions } from '../ui/action.ts';
import { texts } from './texts.ts';
import type { TutorialStore } from './tutorialStore.ts';

/** Every lesson, to open. */
export function lessonContents(tutorial: TutorialStore, show: () => void): Actions {
  const contents = tutorial.lessons.map(({ id, title }): [string, Action] => [
    `lesson ${id}`,
    {
      label: texts.openLesson(title),
      group: texts.lessons,
      run: () => {
        show();
        tutorial.openLesson(id);
      },
    },
  ]);
  return Object.fromEntries(contents);
}
