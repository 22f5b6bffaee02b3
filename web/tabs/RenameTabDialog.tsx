import { Button } from '../ui/Button.tsx';
import { DialogForm, TextField } from '../ui/DialogForm.tsx';
import { lateTexts } from './lateTexts.ts';
import { maxTitleLength } from './tabsStore.ts';

interface RenameTabDialogProps {
  /** Empty: it is named after its server. */
  readonly ownTitle: string;
  readonly title: string;
  readonly onRename: (title: string) => void;
  readonly onClose: () => void;
}

/** Gives a tab another title. */
export function RenameTabDialog({ ownTitle, title, onRename, onClose }: RenameTabDialogProps) {
  const rename = (valueOf: (field: string) => string) => {
    onRename(valueOf('title'));
    onClose();
  };
  const button = (
    <Button look="primary" type="submit">
      {lateTexts.rename}
    </Button>
  );
  return (
    <DialogForm onSubmit={rename} buttons={button}>
      <TextField
        label={lateTexts.title}
        hint={lateTexts.titleHint}
        name="title"
        defaultValue={ownTitle}
        placeholder={title}
        maxLength={maxTitleLength}
      />
    </DialogForm>
  );
}
