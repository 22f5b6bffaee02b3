import { useMemo } from 'react';
import { Pencil, Pin, PinOff, X } from 'lucide-react';
import { IconButton } from '../ui/Button.tsx';
import { formatAgo, formatMoment } from '../ui/format.ts';
import type { SentMessage } from './history.ts';
import { texts } from './texts.ts';
import { describeText } from './describeText.ts';

interface HistoryRowProps {
  readonly message: SentMessage;
  readonly nowMs: number;
  readonly onInsert: () => void;
  readonly onPin: () => void;
  readonly onRename: () => void;
  readonly onRemove: (name: string) => void;
}

/** A message of the history: a click inserts it. */
export function HistoryRow(props: HistoryRowProps) {
  const { message, nowMs, onInsert, onPin, onRename, onRemove } = props;
  const { text, isPinned, lastSentAtMs } = message;
  const described = useMemo(() => describeText(text), [text]);
  const name = message.name || described.name;
  return (
    <li className="saved-row">
      <button
        type="button"
        className="saved-insert"
        aria-label={texts.insert(name)}
        title={texts.lastSent(formatMoment(lastSentAtMs))}
        onClick={onInsert}
      >
        <span className="saved-name" translate="no">
          {name}
        </span>
        <code translate="no">{described.preview}</code>
      </button>
      <time
        className="saved-when"
        dateTime={new Date(lastSentAtMs).toISOString()}
        title={formatMoment(lastSentAtMs)}
        translate="no"
      >
        {formatAgo(lastSentAtMs, nowMs)}
      </time>
      <span className="saved-actions">
        <IconButton
          label={isPinned ? texts.unpin(name) : texts.pin(name)}
          icon={isPinned ? <PinOff size={14} /> : <Pin size={14} />}
          onClick={onPin}
        />
        <IconButton label={texts.rename(name)} icon={<Pencil size={14} />} onClick={onRename} />
        <IconButton
          label={texts.forget(name)}
          icon={<X size={14} />}
          onClick={() => onRemove(name)}
        />
      </span>
    </li>
  );
}
