import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { DialogForm, TextField } from '../ui/DialogForm.tsx';
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
  const keep = (valueOf: (field: string) => string) => {
    const newName = valueOf('name');
    if (newName !== '' && name === undefined) saved.addFolder(newName);
    if (newName !== '' && name !== undefined) saved.renameFolder(name, newName);
    onClose();
  };
  const deletion = name !== undefined && (
    <Button
      look="danger"
      onClick={() => {
        onDelete(name);
        onClose();
      }}
    >
      {texts.deleteFolder}
    </Button>
  );
  const button = (
    <Button look="primary" type="submit">
      {name === undefined ? texts.add : texts.save}
    </Button>
  );
  return (
    <Dialog title={name === undefined ? texts.newFolder : texts.renameFolder} onClose={onClose}>
      <DialogForm onSubmit={keep} buttons={button} deletion={deletion}>
        <TextField label={texts.folderName} name="name" defaultValue={name ?? ''} required />
      </DialogForm>
    </Dialog>
  );
}
