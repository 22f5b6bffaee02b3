import { Pencil, Send } from 'lucide-react';
import { useMemo, type DragEvent, type KeyboardEvent } from 'react';
import { IconButton } from '../ui/Button.tsx';
import { texts } from './texts.ts';
import { describeText } from './describeText.ts';
import { draggedType } from './draggedType.ts';
import type { SavedMessage } from './libraryFile.ts';

interface SavedMessageRowProps {
  readonly message: SavedMessage;
  readonly onInsert: () => void;
  readonly onSend: () => void;
  readonly onEdit: () => void;
  readonly onStep: (by: -1 | 1) => void;
  readonly onDrop: (event: DragEvent) => void;
}

/** A kept message: a click inserts it, dragging or Alt with an arrow moves it. */
export function SavedMessageRow({ message, onInsert, onEdit, ...on }: SavedMessageRowProps) {
  const { id, name, note, text } = message;
  const { name: command, preview } = useMemo(() => describeText(text), [text]);
  const move = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : undefined;
    if (!event.altKey || by === undefined) return;
    event.preventDefault();
    on.onStep(by);
  };
  return (
    <li
      className="saved-row"
      draggable
      onDragStart={(event) => event.dataTransfer.setData(draggedType, id)}
      onDrop={on.onDrop}
    >
      <button
        type="button"
        className="saved-insert"
        aria-label={texts.insert(name)}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
        title={texts.insertHint}
        onClick={onInsert}
        onKeyDown={move}
      >
        <span className="saved-name is-whole" translate="no">
          {name}
        </span>
        <code translate="no">{command === name ? preview : `${command} ${preview}`}</code>
        {note !== '' && (
          <span className="saved-note" translate="no">
            {note}
          </span>
        )}
      </button>
      <span className="saved-actions">
        <IconButton label={texts.send(name)} icon={<Send size={14} />} onClick={on.onSend} />
        <IconButton label={texts.edit(name)} icon={<Pencil size={14} />} onClick={onEdit} />
      </span>
    </li>
  );
}
