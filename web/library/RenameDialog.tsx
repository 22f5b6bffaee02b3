import { useId, type FormEvent } from 'react';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { texts } from './texts.ts';

interface RenameDialogProps {
  readonly name: string;
  readonly onRename: (name: string) => void;
  readonly onClose: () => void;
}

/** Names a sent message; an empty name removes it. */
export function RenameDialog({ name, onRename, onClose }: RenameDialogProps) {
  const id = useId();
  const keep = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const value = new FormData(event.currentTarget).get('name');
    if (typeof value === 'string') onRename(value.trim());
    onClose();
  };
  return (
    <Dialog title={texts.renameTitle} onClose={onClose}>
      <form className="library-form" onSubmit={keep}>
        <label htmlFor={id}>{texts.name}</label>
        <input id={id} name="name" className="field" defaultValue={name} />
        <div className="library-form-end">
          <span className="spring" />
          <Button look="primary" type="submit">
            {texts.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
