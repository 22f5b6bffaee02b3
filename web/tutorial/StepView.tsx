import { useStore } from 'zustand';
import type { MessageStep, Offer, Step } from './lesson.ts';
import { Prose } from '../ui/prose/Prose.tsx';
import { StepMessageCard } from './StepMessageCard.tsx';
import { StepResultLine } from './StepResultLine.tsx';
import { TaskStepView } from './TaskStepView.tsx';
import type { TutorialPanelProps } from './tutorialPanelProps.ts';
import { stepKey } from './tutorialProgress.ts';

interface StepViewProps<S extends Step> extends TutorialPanelProps {
  readonly step: S;
}

/** The text of one step, and its message if it has one. */
export function StepView({ step, ...rest }: StepViewProps<Step>) {
  switch (step.kind) {
    case 'reading':
      return <Prose blocks={step.prose} />;
    case 'message':
      return <MessageStepView step={step} {...rest} />;
    case 'task':
      return <TaskStepView step={step} {...rest} />;
  }
}

function MessageStepView({ step, store, variables, onInsert, onRun }: StepViewProps<MessageStep>) {
  const key = useStore(store.store, (view) => stepKey(view.lessonId, step.id));
  const isDone = useStore(store.store, (view) => view.ticked.has(key));
  const result = useStore(store.store, (view) => view.results.get(key));
  const offered = result?.state === 'other' ? result.offer : undefined;
  // What would send a token cannot be taken up without one.
  const canTake = offered?.message.tokens.every((name) => variables.has(name)) ?? false;
  const offer = canTake ? offered : undefined;
  const take = ({ does, message }: Offer) => {
    if (does === 'run') onRun(message.text);
    else onInsert(message.text);
  };
  return (
    <>
      <Prose blocks={step.before} />
      <StepMessageCard
        message={step.message}
        isMainWay={!isDone && !offer}
        variables={variables}
        isSettled={offer !== undefined || result?.state === 'passed'}
        onInsert={onInsert}
        onRun={onRun}
      />
      <StepResultLine result={result} isDone={isDone} offer={offer} onTake={take} />
      <Prose blocks={step.after} />
    </>
  );
}
