import { useId, useRef, type FormEvent } from 'react';
import { Button } from '../ui/Button.tsx';
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
        defaultValue={ownTitle}
        placeholder={title}
        aria-describedby={`${id}-hint`}
        maxLength={maxTitleLength}
      />
      <p id={`${id}-hint`} className="field-hint">
        {lateTexts.titleHint}
      </p>
      <div className="dialog-buttons">
        <Button look="primary" type="submit">
          {lateTexts.rename}
        </Button>
      </div>
    </form>
  );
}
