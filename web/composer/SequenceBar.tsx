import { X } from 'lucide-react';
import { useStore } from 'zustand';
import { Button, IconButton } from '../ui/Button.tsx';
import type { MessageSequence, SequenceState } from './messageSequence.ts';
import { explainFault } from './FaultNotice.tsx';
import { texts } from './texts.ts';

interface SequenceBarProps {
  readonly sequence: MessageSequence;
  /** Messages in the editor. */
  readonly total: number;
  readonly maxPayloadBytes: number;
  /** Continues where it stopped; undefined when another text is written by now. */
  readonly onResume: ((how: { readonly skip: boolean }) => void) | undefined;
}

/** Several messages: how they will be sent, how far they are, and how it ended. */
export function SequenceBar(props: SequenceBarProps) {
  const { sequence, total, maxPayloadBytes, onResume } = props;
  const { progress, stopsAtFailure, skipped } = useStore(sequence.store);
  if (total < 2 && progress.state === 'idle') return null;
  const status = statusText(progress, maxPayloadBytes, skipped.length);
  return (
    <div
      className={`notice sequence ${toneOf(progress)}`}
      role="group"
      aria-label={texts.conversation}
    >
      <span role="status" className="sequence-progress">
        {status ?? texts.severalMessages(total)}
      </span>
      <span className="sequence-controls">
        {onResume && <ResumeButtons progress={progress} onResume={onResume} />}
        <label className="sequence-option">
          <input
            type="checkbox"
            checked={stopsAtFailure}
            onChange={(event) => sequence.setStopsAtFailure(event.target.checked)}
          />
          {texts.stopAtFailure}
        </label>
        {progress.state === 'ended' && (
          <IconButton
            label={texts.dismiss}
            icon={<X size={14} />}
            onClick={() => sequence.dismiss()}
          />
        )}
      </span>
    </div>
  );
}

interface ResumeButtonsProps {
  readonly progress: SequenceState;
  readonly onResume: (how: { readonly skip: boolean }) => void;
}

/** Behind the last message that went out: continue with the next one, or leave it out. */
function ResumeButtons({ progress, onResume }: ResumeButtonsProps) {
  if (progress.state !== 'ended' || progress.sent >= progress.total) return null;
  const next = progress.sent + 1;
  return (
    <>
      <Button onClick={() => onResume({ skip: false })}>{texts.resume(next)}</Button>
      {next < progress.total && (
        <Button look="quiet" onClick={() => onResume({ skip: true })}>
          {texts.skip(next)}
        </Button>
      )}
    </>
  );
}

function toneOf(progress: SequenceState): string {
  if (progress.state !== 'ended') return '';
  const { end } = progress;
  if (end.kind === 'finished') return end.failures === 0 ? 'is-good' : 'is-warn';
  return end.kind === 'stopped' || end.kind === 'cancelled' ? '' : 'is-bad';
}

function statusText(
  progress: SequenceState,
  maxPayloadBytes: number,
  skipped: number,
): string | undefined {
  if (progress.state === 'idle') return undefined;
  const { sent, total } = progress;
  if (progress.state === 'running') return texts.progress(sent, total);
  const { end } = progress;
  switch (end.kind) {
    case 'finished':
      if (skipped > 0) return texts.endSkipped(total - skipped, total, end.failures);
      return end.failures === 0
        ? texts.endFinished(total)
        : texts.endFinishedBadly(total, end.failures);
    case 'stopped':
      return texts.endStopped(sent, total);
    case 'failed':
      return texts.endFailed(sent, total, `${end.statuses.join(', ')}`);
    case 'lost':
      return texts.endLost(sent, total);
    case 'cancelled':
      return texts.endCancelled(sent, total);
    case 'held':
      return `${texts.endHeld(sent, total)} ${explainFault(end.fault, maxPayloadBytes)}`;
  }
}
