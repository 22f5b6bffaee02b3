import { useId, useState, type ComponentProps } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogForm, TextField } from '../../ui/DialogForm.tsx';
import { CommandButton } from '../CommandButton.tsx';
import { expiryCommand } from '../commandText.ts';
import type { Expiry } from '../countdown.ts';
import { texts } from './texts.ts';

interface ExpiryDialogProps {
  readonly expiry: Expiry;
  readonly onSet: (command: string, seconds: number) => void;
  readonly onClose: () => void;
}

type ExpiryButtonProps = Pick<ExpiryDialogProps, 'expiry' | 'onSet'> &
  Pick<ComponentProps<typeof CommandButton>, 'whyNot' | 'onCompose'>;

/** Asks for another expiry; its command is the present one. */
export function ExpiryButton({ expiry, onSet, ...button }: ExpiryButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <CommandButton {...button} command={expiryCommand(expiry)} onRun={() => setOpen(true)}>
        {texts.changeExpiry}
      </CommandButton>
      {isOpen && <ExpiryDialog {...{ expiry, onSet }} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Asks when a session is to expire. */
function ExpiryDialog({ expiry, onSet, onClose }: ExpiryDialogProps) {
  const [seconds, setSeconds] = useState(String(expiry?.durationSec ?? 0));
  const [deleteSession, setDeleteSession] = useState(expiry?.deleteSession ?? true);
  const choiceId = useId();
  const [isRefused, setRefused] = useState(false);
  const durationSec = Number(seconds.trim());
  const isWhole = /^\d+$/.test(seconds.trim()) && Number.isSafeInteger(durationSec);
  const command = isWhole ? expiryCommand({ durationSec, deleteSession }) : undefined;
  const submit = () => {
    if (command === undefined) {
      setRefused(true);
      return;
    }
    onClose();
    onSet(command, durationSec);
  };
  return (
    <Dialog title={texts.expiryTitle} onClose={onClose}>
      <DialogForm
        onSubmit={submit}
        buttons={
          <>
            <Button onClick={onClose}>{texts.cancel}</Button>
            <Button look="primary" type="submit">
              {texts.setExpiry}
            </Button>
          </>
        }
      >
        <TextField
          label={texts.seconds}
          hint={texts.secondsHint}
          inputMode="numeric"
          autoComplete="off"
          value={seconds}
          onChange={(event) => {
            setRefused(false);
            setSeconds(event.target.value);
          }}
        />
        <div className="form-field">
          <label htmlFor={choiceId}>{texts.afterwards}</label>
          <select
            id={choiceId}
            className="field"
            value={String(deleteSession)}
            onChange={(event) => setDeleteSession(event.target.value === 'true')}
          >
            <option value="true">{texts.endsSession}</option>
            <option value="false">{texts.deletesKeys}</option>
          </select>
        </div>
        {command !== undefined && (
          <p className="confirm-action-command" translate="no">
            {command}
          </p>
        )}
        {isRefused && <p role="alert">{texts.wrongSeconds}</p>}
      </DialogForm>
    </Dialog>
  );
}
