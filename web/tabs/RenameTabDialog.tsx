import { useId, useRef, type FormEvent } from 'react';
import { Button } from '../ui/Button.tsx';
import { lateTexts } from './lateTexts.ts';
import { maxTitleLength } from './tabsStore.ts';

interface RenameTabDialogProps {
  readonly title: string;
  readonly onRename: (title: string) => void;
  readonly onClose: () => void;
}

/** Gives a tab another title. */
export function RenameTabDialog({ title, onRename, onClose }: RenameTabDialogProps) {
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onRename(input.current?.value ?? '');
    onClose();
  };
  return (
    <form className="dialog-body" onSubmit={submit}>
      <label htmlFor={id}>{lateTexts.title}</label>
      <input
        ref={input}
        id={id}
        className="field"
        defaultValue={title}
        maxLength={maxTitleLength}
        required
      />
      <div className="dialog-buttons">
        <Button look="primary" type="submit">
          {lateTexts.rename}
        </Button>
      </div>
    </form>
  );
}
