import { useState } from 'react';
import { readMessage } from '../../protocol/wire/namedMessage.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { DialogForm, TextField } from '../ui/DialogForm.tsx';
import type { SavedDetails } from './saving.ts';
import { texts } from './texts.ts';

interface SaveMessageDialogProps {
  readonly text: string;
  readonly folders: readonly string[];
  /** What the message is saved as already. */
  readonly saved: SavedDetails | undefined;
  readonly update: (details: SavedDetails) => undefined;
  /** @returns Why it was not kept, if it was not. */
  readonly save: (details: SavedDetails) => string | undefined;
  readonly close: () => void;
}

/** Asks for name and folder. As with files, the name that it has updates it, another one saves a new one. */
export function SaveMessageDialog(props: SaveMessageDialogProps) {
  const { text, folders, saved, update, save, close } = props;
  const start = saved ?? { name: readMessage(text)?.name ?? texts.unnamed, folder: '' };
  const [name, setName] = useState(start.name);
  const [folder, setFolder] = useState(start.folder);
  const [refusal, setRefusal] = useState<string>();
  const isUpdate = name.trim() === saved?.name;
  const submit = () => {
    const details = { name: name.trim(), folder: folder.trim() };
    if (details.name === '') return;
    const refused = isUpdate ? update(details) : save(details);
    setRefusal(refused);
    if (refused === undefined) close();
  };
  const button = (
    <Button look="primary" type="submit">
      {isUpdate ? texts.update : texts.save}
    </Button>
  );
  return (
    <Dialog title={texts.saveMessage} onClose={close}>
      <DialogForm onSubmit={submit} buttons={button}>
        <TextField
          label={texts.name}
          value={name}
          onChange={(event) => setName(event.target.value)}
          required
        />
        <TextField
          label={texts.folder}
          value={folder}
          onChange={(event) => setFolder(event.target.value)}
          placeholder={texts.noFolder}
          choices={folders}
        />
        <p className="dialog-note">{texts.savedHow}</p>
        {refusal !== undefined && (
          <p className="notice is-warn" role="alert">
            {refusal}
          </p>
        )}
        {saved && !isUpdate && <p className="dialog-note">{texts.savesNew(saved.name)}</p>}
      </DialogForm>
    </Dialog>
  );
}
