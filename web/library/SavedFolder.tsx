import { Folder, Pencil } from 'lucide-react';
import { useId, useState, type DragEvent } from 'react';
import { IconButton } from '../ui/Button.tsx';
import { draggedType } from './draggedType.ts';
import { texts } from './texts.ts';
import { SavedMessageRow } from './SavedMessageRow.tsx';
import type { SavedMessage } from './libraryFile.ts';
import type { SavedMessages } from './savedMessages.ts';

interface SavedFolderProps {
  /** Empty: what lies in no folder. */
  readonly folder: string;
  readonly messages: readonly SavedMessage[];
  readonly saved: SavedMessages;
  readonly onInsert: (message: SavedMessage) => void;
  readonly onSend: (message: SavedMessage) => void;
  readonly onEdit: (message: SavedMessage) => void;
  readonly onEditFolder: () => void;
}

/** One folder: its messages in order. A row dropped on another comes before it. */
export function SavedFolder(props: SavedFolderProps) {
  const { folder, messages, saved } = props;
  const nameId = useId();
  const [isOver, setOver] = useState(false);
  const takeFrom = (event: DragEvent, beforeId: string | undefined) => {
    const id = event.dataTransfer.getData(draggedType);
    setOver(false);
    if (id === '') return;
    event.preventDefault();
    event.stopPropagation();
    saved.place(id, beforeId === undefined ? { folder } : { folder, beforeId });
  };
  const invite = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes(draggedType)) return;
    event.preventDefault();
    setOver(true);
  };
  return (
    <section
      className={isOver ? 'saved-folder is-over' : 'saved-folder'}
      // A name of somebody's own is data: it is read from where it stands.
      {...(folder === '' ? { 'aria-label': texts.noFolder } : { 'aria-labelledby': nameId })}
      onDragOver={invite}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => takeFrom(event, undefined)}
    >
      {folder !== '' && (
        <h3 className="saved-folder-head">
          <Folder size={14} aria-hidden />
          <span id={nameId} translate="no">
            {folder}
          </span>
          <IconButton
            label={texts.editFolder(folder)}
            icon={<Pencil size={13} />}
            onClick={props.onEditFolder}
          />
        </h3>
      )}
      {folder !== '' && messages.length === 0 && <p className="saved-none">{texts.emptyFolder}</p>}
      <ul>
        {messages.map((message) => (
          <SavedMessageRow
            key={message.id}
            message={message}
            onInsert={() => props.onInsert(message)}
            onSend={() => props.onSend(message)}
            onEdit={() => props.onEdit(message)}
            onStep={(by) => saved.step(message.id, by)}
            onDrop={(event) => takeFrom(event, message.id)}
          />
        ))}
      </ul>
    </section>
  );
}
