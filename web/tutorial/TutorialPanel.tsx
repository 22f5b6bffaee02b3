import type { TutorialPanelProps } from './tutorialPanelProps.ts';
import { ArrowLeft, ArrowRight, RotateCcw } from 'lucide-react';
import { useEffect, useId, useRef, useState, type RefObject } from 'react';
import { useStore } from 'zustand';
import { useActions, type Action } from '../ui/action.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Button } from '../ui/Button.tsx';
import { focusFirst } from '../ui/focusFirst.ts';
import type { Lesson, Step } from './lesson.ts';
import { LessonHead, LessonOutline } from './LessonOutline.tsx';
import { UndoNotice, type Done } from '../ui/UndoNotice.tsx';
import { texts } from './texts.ts';
import { ByHandNote } from './StepResultLine.tsx';
import { StepView } from './StepView.tsx';
import { stepKey } from './tutorialProgress.ts';
import type { TutorialStore } from './tutorialStore.ts';
import './TutorialPanel.css';

/** Lessons beside the console: one step at a time. */
export function TutorialPanel({ onInsert, onRun, ...rest }: TutorialPanelProps) {
  const { store: tutorial } = rest;
  const lessonId = useStore(tutorial.store, (view) => view.lessonId);
  const stepId = useStore(tutorial.store, (view) => view.stepId);
  const lesson = tutorial.lessons.find(({ id }) => id === lessonId);
  const step = lesson?.steps.find(({ id }) => id === stepId);
  const handOut = (into: (text: string) => void) => (text: string) => {
    tutorial.handOut(text);
    into(text);
  };
  const props = { ...rest, onInsert: handOut(onInsert), onRun: handOut(onRun) };
  const [done, setDone] = useState<Done>();
  const startOver: Action = {
    label: texts.startOver,
    group: texts.heading,
    run: () => setDone({ text: texts.startedOver, undo: tutorial.startOver() }),
  };
  const [isOpen, setOpen] = useState(false);
  const outlineId = useId();
  const toggle = () => setOpen(!isOpen);
  const article = useRef<HTMLElement>(null);
  useEffect(() => tutorial.setBarClosed(false), [tutorial]);
  const goToLesson: Action = {
    label: texts.goToLesson,
    group: texts.heading,
    keys: { codes: ['KeyL'], name: 'L', alt: true },
    run: () => article.current && focusFirst(article.current),
  };
  useActions(() => ({ 'tutorial.startOver': startOver, 'tutorial.goToLesson': goToLesson }));
  return (
    <section className="panel tutorial" aria-label={texts.title}>
      <div className="panel-head">
        <h2 className={lesson ? 'visually-hidden' : undefined}>{texts.heading}</h2>
        {lesson && <LessonHead {...{ tutorial, lesson, isOpen, outlineId }} onToggle={toggle} />}
        <span className="spring" />
        <ActionButton
          action={startOver}
          icon={<RotateCcw size={14} />}
          title={texts.startOverHelp}
        />
      </div>
      {done && <UndoNotice done={done} onDismiss={() => setDone(undefined)} />}
      {lesson && step ? (
        <>
          {isOpen && (
            <div id={outlineId} className="lesson-outline">
              <LessonOutline tutorial={tutorial} onChosen={toggle} />
            </div>
          )}
          <div className="panel-body tutorial-body">
            <StepArticle {...{ ...props, article, lesson, step }} />
          </div>
          <TutorialFooter tutorial={tutorial} lesson={lesson} step={step} />
        </>
      ) : (
        <div className="empty">
          <p>
            <strong>{texts.noLessons}</strong> {texts.noLessonsWhy}
          </p>
        </div>
      )}
    </section>
  );
}

interface Place {
  readonly lesson: Lesson;
  readonly step: Step;
}

interface StepArticleProps extends TutorialPanelProps, Place {
  readonly article: RefObject<HTMLElement | null>;
}

function StepArticle({ article, lesson, step, ...rest }: StepArticleProps) {
  const byHand = useStore(rest.store.store, (view) => view.byHand);
  const isDoneByHand = byHand?.verdict.state === 'passed' && byHand.step !== step;
  const number = lesson.steps.indexOf(step) + 1;
  const shownKey = useRef(stepKey(lesson.id, step.id));
  useEffect(() => {
    const key = stepKey(lesson.id, step.id);
    if (shownKey.current === key) return;
    shownKey.current = key;
    if (article.current) showStart(article.current);
  }, [article, lesson.id, step.id]);
  return (
    <article
      ref={article}
      className={isDoneByHand ? 'tutorial-step is-done-by-hand' : 'tutorial-step'}
      aria-labelledby="tutorial-step-title"
    >
      {/* Read aloud when it changes, for the focus stays on Next or in the composer. */}
      <div className="step-head" aria-live="polite" aria-atomic>
        {byHand && <ByHandNote finding={byHand} onShow={rest.store.openStep} />}
        <p className="step-place">{texts.place(number, lesson.steps.length)}</p>
        <h3 id="tutorial-step-title" data-content>
          {step.title}
        </h3>
      </div>
      <StepView key={step.id} step={step} {...rest} />
    </article>
  );
}

/** How far down, as a part of the height, a heading may stand and still have text below it. */
const lowestStart = 0.4;

/** Scrolls to the heading, unless it is in sight already. */
function showStart(article: HTMLElement): void {
  const body = article.parentElement;
  if (!body) return;
  const top = article.getBoundingClientRect().top - body.getBoundingClientRect().top;
  if (top < 0 || top > body.clientHeight * lowestStart) body.scrollTop += top;
}

interface TutorialFooterProps extends Place {
  readonly tutorial: TutorialStore;
}

function TutorialFooter({ tutorial, lesson, step }: TutorialFooterProps) {
  const { lessons } = tutorial;
  const isTicked = useStore(tutorial.store, ({ ticked }) =>
    ticked.has(stepKey(lesson.id, step.id)),
  );
  const isFirst = lesson === lessons[0] && step === lesson.steps[0];
  const isLast = lesson === lessons.at(-1) && step === lesson.steps.at(-1);
  const isOver = isLast && isTicked;
  const isReady = isTicked || step.kind === 'reading';
  // A text for reading at the end is ticked by Next.
  const leadsNowhere = isLast && (isTicked || step.kind !== 'reading');
  return (
    <div className="tutorial-footer">
      <p role="status" aria-label={texts.progress}>
        {isOver && texts.wasLast}
      </p>
      {/* Not disabled but marked so: a button that loses its use must not lose the focus. */}
      <Button onClick={tutorial.back} aria-disabled={isFirst}>
        <ArrowLeft size={14} aria-hidden /> {texts.back}
      </Button>
      <Button
        look={isReady && !isOver ? 'primary' : 'plain'}
        onClick={tutorial.next}
        aria-disabled={leadsNowhere}
      >
        {texts.next} <ArrowRight size={14} aria-hidden />
      </Button>
    </div>
  );
}
