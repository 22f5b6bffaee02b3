import { Bookmark } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { readMessage } from '../../protocol/wire/namedMessage.ts';
import type { WrittenMessage } from '../connection/page/exchange.ts';
import { useActions, type Action } from '../ui/action.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { texts } from './texts.ts';

interface SaveMessageButtonProps {
  readonly message: WrittenMessage;
  /** @returns Why it was not kept, if it was not. */
  readonly onSave: (name: string, message: WrittenMessage) => string | undefined;
}

/** Keeps the message of the editor under a name. */
export function SaveMessageButton({ message, onSave }: SaveMessageButtonProps) {
  const { text } = message;
  const [isAsking, setAsking] = useState(false);
  const saveMessage: Action = {
    label: texts.saveMessage,
    group: texts.compose,
    isEnabled: () => text.trim() !== '',
    run: () => setAsking(true),
  };
  useActions(() => ({ 'composer.saveMessage': saveMessage }));
  const [refusal, setRefusal] = useState<string>();
  const suggestion = readMessage(text)?.name ?? texts.unnamed;
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = new FormData(event.currentTarget).get('name');
    if (typeof name !== 'string' || name.trim() === '') return;
    const refused = onSave(name.trim(), message);
    setRefusal(refused);
    if (refused === undefined) setAsking(false);
  };
  return (
    <>
      <Button
        look="quiet"
        title={texts.saveMessage}
        disabled={text.trim() === ''}
        onClick={() => saveMessage.run()}
      >
        <Bookmark size={14} aria-hidden />{' '}
        <span className="composer-button-label">{texts.saveMessage}</span>
      </Button>
      {isAsking && (
        <Dialog title={texts.saveMessage} onClose={() => setAsking(false)}>
          <form className="composer-save-form" onSubmit={save}>
            <label htmlFor="save-name">{texts.name}</label>
            <input
              id="save-name"
              name="name"
              className="field"
              defaultValue={suggestion}
              required
            />
            <p>{texts.savedHow}</p>
            {refusal !== undefined && (
              <p className="notice is-warn" role="alert">
                {refusal}
              </p>
            )}
            <Button look="primary" type="submit">
              {texts.save}
            </Button>
          </form>
        </Dialog>
      )}
    </>
  );
}
