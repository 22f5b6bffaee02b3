import { CircleCheck, Hourglass, Info, Lightbulb, LoaderCircle } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { pageNowMs, useSecondsUntil } from '../ui/useSecondsUntil.ts';
import type { StepResult } from './judge.ts';
import type { Finding } from './judgeLesson.ts';
import type { Offer } from './lesson.ts';
import { texts } from './texts.ts';

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
      <div role="status" aria-label={texts.result}>
        <Outcome result={result} isDone={isDone} />
      </div>
      {result?.state === 'other' && result.waitSec !== undefined && (
        <Wait seconds={result.waitSec} />
      )}
      {offer && (
        <Button look="primary" onClick={() => onTake(offer)}>
          <span data-content>{offer.label}</span>
        </Button>
      )}
    </div>
  );
}

interface ByHandNoteProps {
  readonly finding: Finding;
  readonly onShow: (stepId: string) => void;
}

/** What a message sent by hand did for another step than the open one. */
export function ByHandNote({ finding, onShow }: ByHandNoteProps) {
  const { step, verdict } = finding;
  const isDone = verdict.state === 'passed';
  return (
    <div className={isDone ? 'step-result' : 'step-result is-hint'}>
      <p>
        <strong>
          {isDone ? texts.doneByHand : texts.hintFor} <span data-content>{step.title}</span>
        </strong>
      </p>
      <Outcome result={verdict} isDone={isDone} />
      {!isDone && <Button onClick={() => onShow(step.id)}>{texts.showStep}</Button>}
    </div>
  );
}

function Outcome({ result, isDone }: Pick<StepResultLineProps, 'result' | 'isDone'>) {
  switch (result?.state) {
    case undefined:
      return isDone && <Passed say={texts.doneBefore} notes={[]} />;
    case 'waiting':
      return (
        <p className="result-line">
          <LoaderCircle size={16} aria-hidden />
          <span>{texts.waiting}</span>
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

/** Counts down to the moment from which running the step again is worth it. */
function Wait({ seconds }: { readonly seconds: number }) {
  const [untilMs] = useState(() => pageNowMs() + seconds * 1000);
  const left = useSecondsUntil(untilMs);
  return (
    <p className="result-line">
      <Hourglass size={16} aria-hidden />
      {/* Not read aloud each second, only when it is over. */}
      {left > 0 && <span aria-hidden>{texts.secondsLeft(left)}</span>}
      <span role="status">{left === 0 && texts.waitIsOver}</span>
    </p>
  );
}

function Passed({ say, notes }: { readonly say: string; readonly notes: readonly string[] }) {
  return (
    <>
      <p className="result-line is-done">
        <CircleCheck size={16} aria-hidden />
        <span>
          {texts.done} <Words text={say} />
        </span>
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
export function Words({ text }: { readonly text: string }) {
  const parts = text.split('`');
  return (
    <span data-content>
      {parts.map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}
    </span>
  );
}
