import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogForm, TextField } from '../../ui/DialogForm.tsx';
import { texts } from './texts.ts';

export interface NameQuestion {
  readonly title: string;
  readonly label: string;
  readonly name: string;
  readonly action: string;
  readonly isTaken: (name: string) => boolean;
  readonly onName: (name: string) => void;
}

interface NameDialogProps {
  readonly question: NameQuestion;
  readonly onClose: () => void;
}

/** Asks for the name of a key or member. Every text is one, spaces at its ends included. */
export function NameDialog({ question, onClose }: NameDialogProps) {
  const { title, label, action, isTaken, onName } = question;
  const [name, setName] = useState(question.name);
  const isRefused = name !== question.name && isTaken(name);
  const submit = () => {
    if (isTaken(name) && name !== question.name) return;
    onClose();
    onName(name);
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <DialogForm
        onSubmit={submit}
        buttons={
          <>
            <Button onClick={onClose}>{texts.cancel}</Button>
            <Button look="primary" type="submit" disabled={isRefused}>
              {action}
            </Button>
          </>
        }
      >
        <TextField
          label={label}
          value={name}
          autoComplete="off"
          spellCheck={false}
          translate="no"
          onChange={(event) => setName(event.target.value)}
        />
        {isRefused && <p role="alert">{texts.nameTaken}</p>}
      </DialogForm>
    </Dialog>
  );
}
