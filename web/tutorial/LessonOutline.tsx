import { Check } from 'lucide-react';
import { useStore } from 'zustand';
import type { Lesson } from './lesson.ts';
import { texts } from './texts.ts';
import { stepKey } from './tutorialProgress.ts';
import type { TutorialStore } from './tutorialStore.ts';

/** All lessons with their progress; the current one shows its steps. */
export function LessonOutline({ tutorial }: { readonly tutorial: TutorialStore }) {
  const currentId = useStore(tutorial.store, (view) => view.lessonId);
  const ticked = useStore(tutorial.store, (view) => view.ticked);
  return (
    <ol className="lesson-list" aria-label={texts.lessons}>
      {tutorial.lessons.map((lesson) => {
        const { id, title, summary, steps } = lesson;
        const isCurrent = id === currentId;
        const done = steps.filter((step) => ticked.has(stepKey(id, step.id))).length;
        return (
          <li key={id} className={isCurrent ? 'lesson is-current' : 'lesson'}>
            <button
              type="button"
              className="lesson-row"
              aria-current={isCurrent ? 'true' : undefined}
              onClick={() => tutorial.openLesson(id)}
            >
              <span className="lesson-title" data-content>
                {title}
              </span>
              <span className={done === steps.length ? 'chip is-good' : 'chip'}>
                {texts.stepsDone(done, steps.length)}
              </span>
            </button>
            {isCurrent && (
              <>
                <p className="lesson-summary" data-content>
                  {summary}
                </p>
                <StepList lesson={lesson} ticked={ticked} tutorial={tutorial} />
              </>
            )}
          </li>
        );
      })}
    </ol>
  );
}

interface StepListProps {
  readonly lesson: Lesson;
  readonly ticked: ReadonlySet<string>;
  readonly tutorial: TutorialStore;
}

function StepList({ lesson, ticked, tutorial }: StepListProps) {
  const currentId = useStore(tutorial.store, (view) => view.stepId);
  return (
    <ol className="step-list" aria-label={texts.steps}>
      {lesson.steps.map(({ id, title }) => {
        const isDone = ticked.has(stepKey(lesson.id, id));
        return (
          <li key={id} className={isDone ? 'is-done' : undefined}>
            <button
              type="button"
              className="step-row"
              aria-current={id === currentId ? 'step' : undefined}
              onClick={() => tutorial.openStep(id)}
            >
              <span className="step-mark" aria-hidden>
                {isDone && <Check size={10} strokeWidth={3.5} />}
              </span>
              <span data-content>{title}</span>
              {isDone && <span className="visually-hidden"> {texts.isDone}</span>}
            </button>
          </li>
        );
      })}
    </ol>
  );
}
