import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { DialogForm, TextField } from '../ui/DialogForm.tsx';
import { texts } from './texts.ts';

interface RenameDialogProps {
  readonly name: string;
  readonly onRename: (name: string) => void;
  readonly onClose: () => void;
}

/** Names a sent message; an empty name removes it. */
export function RenameDialog({ name, onRename, onClose }: RenameDialogProps) {
  const rename = (valueOf: (field: string) => string) => {
    onRename(valueOf('name'));
    onClose();
  };
  const button = (
    <Button look="primary" type="submit">
      {texts.save}
    </Button>
  );
  return (
    <Dialog title={texts.renameTitle} onClose={onClose}>
      <DialogForm onSubmit={rename} buttons={button}>
        <TextField label={texts.name} name="name" defaultValue={name} />
      </DialogForm>
    </Dialog>
  );
}
