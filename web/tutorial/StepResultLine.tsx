import { CircleCheck, Info, Lightbulb, LoaderCircle } from 'lucide-react';
import { Button } from '../ui/Button.tsx';
import type { Offer } from './lesson.ts';
import type { StepResult } from './tutorialStore.ts';

interface StepResultLineProps {
  /** undefined: nothing was sent on this page yet. */
  readonly result: StepResult | undefined;
  readonly isDone: boolean;
  /** The way on from a hint. */
  readonly offer: Offer | undefined;
  readonly onTake: (offer: Offer) => void;
}

/** What came of the step's message; read aloud when it changes. */
export function StepResultLine({ result, isDone, offer, onTake }: StepResultLineProps) {
  return (
    <div className={result?.state === 'other' ? 'step-result is-hint' : 'step-result'}>
      <div role="status" aria-label="Step result">
        <Outcome result={result} isDone={isDone} />
      </div>
      {offer && (
        <Button look="primary" onClick={() => onTake(offer)}>
          {offer.label}
        </Button>
      )}
    </div>
  );
}

function Outcome({ result, isDone }: Pick<StepResultLineProps, 'result' | 'isDone'>) {
  switch (result?.state) {
    case undefined:
      return isDone && <Passed say="you did this step before." notes={[]} />;
    case 'waiting':
      return (
        <p className="result-line">
          <LoaderCircle size={16} aria-hidden />
          <span>Waiting for the reply</span>
        </p>
      );
    case 'passed':
      return <Passed say={result.say} notes={result.notes} />;
    case 'other':
      return (
        <p className="result-line">
          <Lightbulb size={16} aria-hidden />
          <Words text={result.say} />
        </p>
      );
  }
}

function Passed({ say, notes }: { readonly say: string; readonly notes: readonly string[] }) {
  return (
    <>
      <p className="result-line is-done">
        <CircleCheck size={16} aria-hidden />
        <Words text={`Done: ${say}`} />
      </p>
      {notes.map((note) => (
        <p key={note} className="result-line is-note">
          <Info size={16} aria-hidden />
          <Words text={note} />
        </p>
      ))}
    </>
  );
}

/** Plain words; what stands between backticks is set as code. */
function Words({ text }: { readonly text: string }) {
  const parts = text.split('`');
  return (
    <span>
      {parts.map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}
    </span>
  );
}
