import { useId, type FormEvent } from 'react';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { texts } from './texts.ts';
import type { SavedMessages } from './savedMessages.ts';

interface FolderDialogProps {
  /** undefined: a new folder. */
  readonly name: string | undefined;
  readonly saved: SavedMessages;
  readonly onDelete: (name: string) => void;
  readonly onClose: () => void;
}

/** Makes, renames or dissolves a folder. */
export function FolderDialog({ name, saved, onDelete, onClose }: FolderDialogProps) {
  const id = useId();
  const keep = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const value = new FormData(event.currentTarget).get('name');
    const newName = typeof value === 'string' ? value.trim() : '';
    if (newName !== '' && name === undefined) saved.addFolder(newName);
    if (newName !== '' && name !== undefined) saved.renameFolder(name, newName);
    onClose();
  };
  return (
    <Dialog title={name === undefined ? texts.newFolder : texts.renameFolder} onClose={onClose}>
      <form className="library-form" onSubmit={keep}>
        <label htmlFor={id}>{texts.folderName}</label>
        <input id={id} name="name" className="field" defaultValue={name ?? ''} required />
        <div className="library-form-end">
          {name !== undefined && (
            <Button
              look="danger"
              onClick={() => {
                onDelete(name);
                onClose();
              }}
            >
              {texts.deleteFolder}
            </Button>
          )}
          <span className="spring" />
          <Button look="primary" type="submit">
            {name === undefined ? texts.add : texts.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
