import { ArrowRight, CircleCheck, Lightbulb, X } from 'lucide-react';
import { useStore } from 'zustand';
import { Button, IconButton } from '../ui/Button.tsx';
import { instructionOf } from './instructionOf.ts';
import { Words } from './StepResultLine.tsx';
import { texts } from './texts.ts';
import { stepKey } from './tutorialProgress.ts';
import type { TutorialStore } from './tutorialStore.ts';
import './LessonBar.css';

export interface LessonBarProps {
  readonly tutorial: TutorialStore;
  /** Shows the lesson's panel. */
  readonly onOpen: () => void;
  /** The bar has been closed. */
  readonly onClosed: () => void;
}

/** The open step on one line, while the lesson's panel is closed. */
export function LessonBar({ tutorial, onOpen, onClosed }: LessonBarProps) {
  const { lessonId, stepId, ticked, isBarClosed } = useStore(tutorial.store);
  const { lessons } = tutorial;
  const lesson = lessons.find(({ id }) => id === lessonId);
  const step = lesson?.steps.find(({ id }) => id === stepId);
  if (!lesson || !step || isBarClosed) return null;
  const isDone = ticked.has(stepKey(lessonId, stepId));
  const isLast = lesson === lessons.at(-1) && step === lesson.steps.at(-1);
  if (isLast && isDone) return null;
  const close = () => {
    tutorial.setBarClosed(true);
    onClosed();
  };
  return (
    <section className="lesson-bar" aria-label={texts.bar}>
      {/* Only what has changed is read aloud. */}
      <p role="status" aria-label={texts.barStatus} aria-atomic={false}>
        <strong data-content>{lesson.title}</strong>{' '}
        <span className="lesson-bar-place">
          {texts.place(lesson.steps.indexOf(step) + 1, lesson.steps.length)}
        </span>{' '}
        <Outcome tutorial={tutorial} />
        <span key={stepKey(lessonId, stepId)} className="lesson-bar-step" data-content>
          <strong>{step.title}.</strong> {instructionOf(step)}
        </span>
      </p>
      <Button onClick={onOpen} aria-label={texts.openThisLesson}>
        {texts.open}
      </Button>
      <Button
        look={isDone || step.kind === 'reading' ? 'primary' : 'plain'}
        onClick={tutorial.next}
      >
        <span className="lesson-bar-next">{texts.next}</span> <ArrowRight size={14} aria-hidden />
      </Button>
      <IconButton label={texts.closeBar} icon={<X size={14} />} onClick={close} />
    </section>
  );
}

/** What came of the message that was sent last. */
function Outcome({ tutorial }: Pick<LessonBarProps, 'tutorial'>) {
  const { lessonId, stepId, ticked, results, byHand } = useStore(tutorial.store);
  const key = stepKey(lessonId, stepId);
  const result = results.get(key);
  if (ticked.has(key)) {
    return (
      <span className="lesson-bar-done">
        <CircleCheck size={14} aria-hidden /> {texts.done}{' '}
        {result?.state === 'passed' ? <Words text={result.say} /> : texts.doneBefore}
      </span>
    );
  }
  if (result?.state === 'other') {
    return (
      <span className="lesson-bar-hint">
        <Lightbulb size={14} aria-hidden /> <Words text={result.say} />
      </span>
    );
  }
  if (byHand?.verdict.state !== 'passed' || byHand.step.id === stepId) return null;
  return (
    <span className="lesson-bar-done">
      <CircleCheck size={14} aria-hidden /> {texts.done}{' '}
      <span data-content>{byHand.step.title}</span>
    </span>
  );
}
