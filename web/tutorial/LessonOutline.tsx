import { Check, ChevronDown } from 'lucide-react';
import { useStore } from 'zustand';
import { moveAmongButtons } from '../ui/moveAmongButtons.ts';
import type { Lesson } from './lesson.ts';
import { texts } from './texts.ts';
import { stepKey } from './tutorialProgress.ts';
import type { TutorialStore } from './tutorialStore.ts';

interface LessonOutlineProps {
  readonly tutorial: TutorialStore;
  /** Something was chosen. */
  readonly onChosen: () => void;
}

/** All lessons with their progress; the current one shows its steps. */
export function LessonOutline({ tutorial, onChosen }: LessonOutlineProps) {
  const currentId = useStore(tutorial.store, (view) => view.lessonId);
  const ticked = useStore(tutorial.store, (view) => view.ticked);
  return (
    <ol className="lesson-list" aria-label={texts.lessons} onKeyDown={moveAmongButtons}>
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
              tabIndex={isCurrent ? 0 : -1}
              onClick={() => {
                tutorial.openLesson(id);
                onChosen();
              }}
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
                <StepList {...{ lesson, ticked, tutorial, onChosen }} />
              </>
            )}
          </li>
        );
      })}
    </ol>
  );
}

interface StepListProps extends LessonOutlineProps {
  readonly lesson: Lesson;
  readonly ticked: ReadonlySet<string>;
}

function StepList({ lesson, ticked, tutorial, onChosen }: StepListProps) {
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
              tabIndex={-1}
              aria-current={id === currentId ? 'step' : undefined}
              onClick={() => {
                tutorial.openStep(id);
                onChosen();
              }}
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

interface LessonHeadProps {
  readonly tutorial: TutorialStore;
  readonly lesson: Lesson;
  readonly isOpen: boolean;
  readonly outlineId: string;
  readonly onToggle: () => void;
}

/** The open lesson on a line, with a dot a step. It opens and closes the outline. */
export function LessonHead({ tutorial, lesson, isOpen, outlineId, onToggle }: LessonHeadProps) {
  const ticked = useStore(tutorial.store, (view) => view.ticked);
  const currentId = useStore(tutorial.store, (view) => view.stepId);
  const isDone = (stepId: string) => ticked.has(stepKey(lesson.id, stepId));
  const done = lesson.steps.filter(({ id }) => isDone(id)).length;
  return (
    <>
      <button
        type="button"
        className="lesson-head"
        title={texts.allLessons}
        aria-expanded={isOpen}
        aria-controls={isOpen ? outlineId : undefined}
        onClick={onToggle}
      >
        <span aria-hidden translate="no">
          {tutorial.lessons.indexOf(lesson) + 1}
        </span>
        <span className="lesson-head-title" data-content>
          {lesson.title}
        </span>
        <span className="visually-hidden"> {texts.stepsDone(done, lesson.steps.length)}</span>
        <ChevronDown size={14} aria-hidden />
      </button>
      <span className="lesson-dots" aria-hidden>
        {lesson.steps.map(({ id }) => (
          <i key={id} data-state={id === currentId ? 'current' : isDone(id) ? 'done' : 'open'} />
        ))}
      </span>
    </>
  );
}
