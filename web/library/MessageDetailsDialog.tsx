import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { DialogForm, TextAreaField, TextField } from '../ui/DialogForm.tsx';
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
  const keep = (valueOf: (field: string) => string) => {
    const name = valueOf('name') || message.name;
    props.onChange({ name, folder: valueOf('folder'), note: valueOf('note') });
    onClose();
  };
  const deletion = (
    <Button
      look="danger"
      onClick={() => {
        props.onDelete();
        onClose();
      }}
    >
      {texts.delete}
    </Button>
  );
  const button = (
    <Button look="primary" type="submit">
      {texts.save}
    </Button>
  );
  return (
    <Dialog title={texts.editTitle} onClose={onClose}>
      <DialogForm onSubmit={keep} buttons={button} deletion={deletion}>
        <TextField label={texts.name} name="name" defaultValue={message.name} required />
        <TextField
          label={texts.folder}
          name="folder"
          defaultValue={message.folder}
          placeholder={texts.noFolder}
          choices={folders}
        />
        <TextAreaField label={texts.note} name="note" defaultValue={message.note} rows={3} />
      </DialogForm>
    </Dialog>
  );
}
