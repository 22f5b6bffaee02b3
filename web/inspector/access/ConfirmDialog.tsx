import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogForm, TextField } from '../../ui/DialogForm.tsx';
import type { Confirmation, Grade } from './confirmation.ts';
import { texts } from './texts.ts';
import './ConfirmDialog.css';

interface ConfirmDialogProps {
  readonly confirmation: Confirmation;
  readonly grade: Grade;
  readonly serverName: string;
  readonly onClose: () => void;
}

/** Asks whether an action is meant. */
export function ConfirmDialog({ confirmation, grade, serverName, onClose }: ConfirmDialogProps) {
  const { title, text, command, count, action, fields, run } = confirmation;
  const [refusal, setRefusal] = useState<string>();
  const wantsCount = grade === 'count' || grade === 'countAndServerName';
  const wantsName = grade === 'serverName' || grade === 'countAndServerName';
  const submit = (valueOf: (name: string) => string) => {
    if (wantsCount && valueOf('count').replaceAll(/\D/g, '') !== String(count)) {
      setRefusal(texts.otherCount);
    } else if (wantsName && valueOf('server') !== serverName) {
      setRefusal(texts.otherName);
    } else {
      onClose();
      run(valueOf);
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <DialogForm
        onSubmit={submit}
        buttons={
          <>
            <Button onClick={onClose}>{texts.cancel}</Button>
            <Button look="danger" type="submit">
              {action}
            </Button>
          </>
        }
      >
        {wantsName && (
          <p className="confirm-action-server">
            <b className="chip is-bad">{texts.production}</b>
            <span translate="no">{serverName}</span>
          </p>
        )}
        <p className="confirm-action-text">{text}</p>
        {command !== undefined && (
          <p className="confirm-action-command" translate="no">
            {command}
          </p>
        )}
        {fields}
        {wantsCount && (
          <TextField name="count" label={texts.typeCount(count)} {...typed} inputMode="numeric" />
        )}
        {wantsName && <TextField name="server" label={texts.typeName(serverName)} {...typed} />}
        {refusal !== undefined && (
          <p role="alert" className="confirm-action-refusal">
            {refusal}
          </p>
        )}
      </DialogForm>
    </Dialog>
  );
}

const typed = { autoComplete: 'off', spellCheck: false } as const;
