import { Check } from 'lucide-react';
import { useId, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../ui/Button.tsx';
import type { TaskStep } from './lesson.ts';
import { Prose } from '../ui/prose/Prose.tsx';
import { StepMessageCard } from './StepMessageCard.tsx';
import { StepResultLine, Words } from './StepResultLine.tsx';
import { texts } from './texts.ts';
import type { TutorialPanelProps } from './tutorialPanelProps.ts';
import { stepKey } from './tutorialProgress.ts';

interface TaskStepViewProps extends TutorialPanelProps {
  readonly step: TaskStep;
}

/** Something to bring about without a message to copy; a way is shown on demand. */
export function TaskStepView({ step, store, ...rest }: TaskStepViewProps) {
  const key = useStore(store.store, (view) => stepKey(view.lessonId, step.id));
  const isDone = useStore(store.store, (view) => view.ticked.has(key));
  const result = useStore(store.store, (view) => view.results.get(key));
  const met = useStore(store.store, (view) => view.met.get(key));
  return (
    <>
      <Prose blocks={step.before} />
      <ul className="task-goals" aria-label={texts.goals}>
        {step.task.goals.map(({ says }, index) => {
          const isMet = isDone || met?.[index] === true;
          return (
            <li key={says} className={isMet ? 'is-done' : undefined}>
              <span className="step-mark" aria-hidden>
                {isMet && <Check size={10} strokeWidth={3.5} />}
              </span>
              <span>
                <Words text={says} />
                {isMet && <span className="visually-hidden"> {texts.isDone}</span>}
              </span>
            </li>
          );
        })}
      </ul>
      <StepResultLine result={result} isDone={isDone} offer={undefined} onTake={() => {}} />
      <Way {...rest} messages={step.task.way} />
      <Prose blocks={step.after} />
    </>
  );
}

interface WayProps extends Omit<TutorialPanelProps, 'store'> {
  readonly messages: TaskStep['task']['way'];
}

/** Messages that do it, for those who would rather see them. */
function Way({ messages, ...rest }: WayProps) {
  const [isShown, setShown] = useState(false);
  const id = useId();
  return (
    <>
      <div>
        <Button
          aria-expanded={isShown}
          aria-controls={isShown ? id : undefined}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? texts.hideWay : texts.showWay}
        </Button>
      </div>
      {isShown && (
        <div id={id} className="task-way">
          {messages.map((message, index) => (
            <div
              key={message.text}
              role="group"
              aria-label={texts.wayMessage(index + 1, messages.length)}
            >
              <StepMessageCard message={message} isMainWay={false} isSettled {...rest} />
            </div>
          ))}
        </div>
      )}
    </>
  );
}
