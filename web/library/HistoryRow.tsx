import { Pencil, Pin, PinOff, X } from 'lucide-react';
import { readMessage } from '../../protocol/wire/namedMessage.ts';
import { IconButton } from '../ui/Button.tsx';
import { formatMoment } from '../ui/format.ts';
import type { SentMessage } from './history.ts';
import { texts } from './texts.ts';
import { previewLine } from './previewLine.ts';

interface HistoryRowProps {
  readonly message: SentMessage;
  readonly onInsert: () => void;
  readonly onPin: () => void;
  readonly onRename: () => void;
  readonly onRemove: (name: string) => void;
}

/** A message of the history: a click inserts it. */
export function HistoryRow({ message, onInsert, onPin, onRename, onRemove }: HistoryRowProps) {
  const { text, isPinned, lastSentAtMs } = message;
  const name = message.name || (readMessage(text)?.name ?? previewLine(text).slice(0, 40));
  return (
    <li className="saved-row">
      <button
        type="button"
        className="saved-insert"
        aria-label={texts.insert(name)}
        title={texts.lastSent(formatMoment(lastSentAtMs))}
        onClick={onInsert}
      >
        <span translate="no">{name}</span>
        <code translate="no">{previewLine(text)}</code>
      </button>
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
    </li>
  );
}
