import { X } from 'lucide-react';
import { useStore } from 'zustand';
import { IconButton } from '../ui/Button.tsx';
import type { MessageSequence, SequenceState } from './messageSequence.ts';
import { explainFault } from './FaultNotice.tsx';
import { texts } from './texts.ts';

interface SequenceBarProps {
  readonly sequence: MessageSequence;
  /** Messages in the editor. */
  readonly total: number;
  readonly maxPayloadBytes: number;
}

/** Several messages: how they will be sent, how far they are, and how it ended. */
export function SequenceBar({ sequence, total, maxPayloadBytes }: SequenceBarProps) {
  const { progress, stopsAtFailure } = useStore(sequence.store);
  if (total < 2 && progress.state === 'idle') return null;
  const status = statusText(progress, maxPayloadBytes);
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

function toneOf(progress: SequenceState): string {
  if (progress.state !== 'ended') return '';
  const { end } = progress;
  if (end.kind === 'finished') return end.failures === 0 ? 'is-good' : 'is-warn';
  return end.kind === 'stopped' ? '' : 'is-bad';
}

function statusText(progress: SequenceState, maxPayloadBytes: number): string | undefined {
  if (progress.state === 'idle') return undefined;
  const { sent, total } = progress;
  if (progress.state === 'running') return texts.progress(sent, total);
  const { end } = progress;
  switch (end.kind) {
    case 'finished':
      return end.failures === 0
        ? texts.endFinished(total)
        : texts.endFinishedBadly(total, end.failures);
    case 'stopped':
      return texts.endStopped(sent, total);
    case 'failed':
      return texts.endFailed(sent, total, `${end.statuses.join(', ')}`);
    case 'lost':
      return texts.endLost(sent, total);
    case 'held':
      return `${texts.endHeld(sent, total)} ${explainFault(end.fault, maxPayloadBytes)}`;
  }
}
