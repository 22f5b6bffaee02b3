import { Bookmark } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { readMessage } from '../../protocol/namedMessage.ts';

interface SaveMessageButtonProps {
  readonly text: string;
  /** @returns Why it was not kept, if it was not. */
  readonly onSave: (name: string, text: string) => string | undefined;
}

/** Keeps the message of the editor under a name. */
export function SaveMessageButton({ text, onSave }: SaveMessageButtonProps) {
  const [isAsking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const suggestion = readMessage(text)?.name ?? 'Message';
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = new FormData(event.currentTarget).get('name');
    if (typeof name !== 'string' || name.trim() === '') return;
    const refused = onSave(name.trim(), text);
    setRefusal(refused);
    if (refused === undefined) setAsking(false);
  };
  return (
    <>
      <Button look="quiet" disabled={text.trim() === ''} onClick={() => setAsking(true)}>
        <Bookmark size={14} aria-hidden />{' '}
        <span className="composer-button-label">Save message</span>
      </Button>
      {isAsking && (
        <Dialog title="Save message" onClose={() => setAsking(false)}>
          <form className="composer-save-form" onSubmit={save}>
            <label htmlFor="save-name">Name</label>
            <input
              id="save-name"
              name="name"
              className="field"
              defaultValue={suggestion}
              required
            />
            <p>Saved in this browser. Tokens are kept as variables such as {'{{tkn}}'}.</p>
            {refusal !== undefined && (
              <p className="notice is-warn" role="alert">
                {refusal}
              </p>
            )}
            <Button look="primary" type="submit">
              Save
            </Button>
          </form>
        </Dialog>
      )}
    </>
  );
}
