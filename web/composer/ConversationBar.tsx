import { X } from 'lucide-react';
import { useStore } from 'zustand';
import { IconButton } from '../ui/Button.tsx';
import type { Conversation, ConversationState } from './conversation.ts';
import { explainFault } from './FaultNotice.tsx';
import { messages } from './messages.ts';

interface ConversationBarProps {
  readonly conversation: Conversation;
  /** Messages in the editor. */
  readonly total: number;
  readonly maxPayloadBytes: number;
}

/** Several messages: how they will be sent, how far they are, and how it ended. */
export function ConversationBar({ conversation, total, maxPayloadBytes }: ConversationBarProps) {
  const { progress, stopsAtFailure } = useStore(conversation.store);
  if (total < 2 && progress.state === 'idle') return null;
  const told = tell(progress, maxPayloadBytes);
  return (
    <div
      className={`notice conversation ${toneOf(progress)}`}
      role="group"
      aria-label={messages.conversation}
    >
      <span role="status" className="conversation-progress">
        {told ?? messages.severalMessages(total)}
      </span>
      <span className="conversation-controls">
        <label className="conversation-option">
          <input
            type="checkbox"
            checked={stopsAtFailure}
            onChange={(event) => conversation.setStopsAtFailure(event.target.checked)}
          />
          {messages.stopAtFailure}
        </label>
        {progress.state === 'ended' && (
          <IconButton
            label={messages.dismiss}
            icon={<X size={14} />}
            onClick={() => conversation.dismiss()}
          />
        )}
      </span>
    </div>
  );
}

function toneOf(progress: ConversationState): string {
  if (progress.state !== 'ended') return '';
  const { end } = progress;
  if (end.kind === 'finished') return end.failures === 0 ? 'is-good' : 'is-warn';
  return end.kind === 'stopped' ? '' : 'is-bad';
}

function tell(progress: ConversationState, maxPayloadBytes: number): string | undefined {
  if (progress.state === 'idle') return undefined;
  const { sent, total } = progress;
  if (progress.state === 'running') return messages.progress(sent, total);
  const { end } = progress;
  switch (end.kind) {
    case 'finished':
      return end.failures === 0
        ? messages.endFinished(total)
        : messages.endFinishedBadly(total, end.failures);
    case 'stopped':
      return messages.endStopped(sent, total);
    case 'failed':
      return messages.endFailed(sent, total, `${end.replyName}, ${end.statuses.join(', ')}`);
    case 'lost':
      return messages.endLost(sent, total);
    case 'held':
      return `${messages.endHeld(sent, total)} ${explainFault(end.fault, maxPayloadBytes)}`;
  }
}
