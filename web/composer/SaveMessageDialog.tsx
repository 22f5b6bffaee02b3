import { useId, useState, type FormEvent } from 'react';
import { readMessage } from '../../protocol/wire/namedMessage.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const details = { name: name.trim(), folder: folder.trim() };
    if (details.name === '') return;
    const refused = isUpdate ? update(details) : save(details);
    setRefusal(refused);
    if (refused === undefined) close();
  };
  return (
    <Dialog title={texts.saveMessage} onClose={close}>
      <form className="composer-save-form" onSubmit={submit}>
        <label htmlFor="save-name">{texts.name}</label>
        <input
          id="save-name"
          className="field"
          value={name}
          onChange={(event) => setName(event.target.value)}
          required
        />
        <FolderField folder={folder} folders={folders} onChange={setFolder} />
        <p>{texts.savedHow}</p>
        {refusal !== undefined && (
          <p className="notice is-warn" role="alert">
            {refusal}
          </p>
        )}
        {saved && !isUpdate && <p>{texts.savesNew(saved.name)}</p>}
        <Button look="primary" type="submit">
          {isUpdate ? texts.update : texts.save}
        </Button>
      </form>
    </Dialog>
  );
}

interface FolderFieldProps {
  readonly folder: string;
  readonly folders: readonly string[];
  readonly onChange: (folder: string) => void;
}

/** A folder that there is, or a new one. */
function FolderField({ folder, folders, onChange }: FolderFieldProps) {
  const id = useId();
  return (
    <>
      <label htmlFor="save-folder">{texts.folder}</label>
      <input
        id="save-folder"
        className="field"
        value={folder}
        onChange={(event) => onChange(event.target.value)}
        placeholder={texts.noFolder}
        list={id}
      />
      <datalist id={id}>
        {folders.map((each) => (
          <option key={each} translate="no" value={each}>
            {each}
          </option>
        ))}
      </datalist>
    </>
  );
}
