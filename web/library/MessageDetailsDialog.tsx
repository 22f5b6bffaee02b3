import { useId, type FormEvent } from 'react';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import type { SavedMessage } from './libraryFile.ts';
import { texts } from './texts.ts';
import type { MessageDetails } from './savedMessages.ts';

interface MessageDetailsDialogProps {
  readonly message: SavedMessage;
  readonly folders: readonly string[];
  readonly onChange: (details: MessageDetails) => void;
  readonly onDelete: () => void;
  readonly onClose: () => void;
}

/** Name, folder and note of a kept message. */
export function MessageDetailsDialog(props: MessageDetailsDialogProps) {
  const { message, folders, onClose } = props;
  const id = useId();
  const keep = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (name: string) => {
      const value = form.get(name);
      return typeof value === 'string' ? value.trim() : '';
    };
    const name = field('name') || message.name;
    props.onChange({ name, folder: field('folder'), note: field('note') });
    onClose();
  };
  return (
    <Dialog title={texts.editTitle} onClose={onClose}>
      <form className="library-form" onSubmit={keep}>
        <label htmlFor={`${id}-name`}>{texts.name}</label>
        <input
          id={`${id}-name`}
          name="name"
          className="field"
          defaultValue={message.name}
          required
        />
        <label htmlFor={`${id}-folder`}>{texts.folder}</label>
        <input
          id={`${id}-folder`}
          name="folder"
          className="field"
          defaultValue={message.folder}
          placeholder={texts.noFolder}
          list={`${id}-folders`}
        />
        <datalist id={`${id}-folders`}>
          {folders.map((folder) => (
            <option key={folder} translate="no" value={folder}>
              {folder}
            </option>
          ))}
        </datalist>
        <label htmlFor={`${id}-note`}>{texts.note}</label>
        <textarea
          id={`${id}-note`}
          name="note"
          className="field library-note"
          defaultValue={message.note}
          rows={3}
        />
        <div className="library-form-end">
          <Button
            look="danger"
            onClick={() => {
              props.onDelete();
              onClose();
            }}
          >
            {texts.delete}
          </Button>
          <span className="spring" />
          <Button look="primary" type="submit">
            {texts.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
