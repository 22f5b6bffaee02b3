import { useId, useState, type SyntheticEvent } from 'react';
import { Button } from '../ui/Button.tsx';
import { FlagText } from './FlagText.tsx';
import { texts } from './texts.ts';

interface KeyFormProps {
  /** Says which key. */
  readonly wanted: string;
  /** Why the key before was of no use. */
  readonly refusal: string | undefined;
  readonly onKey: (key: string) => void;
}

/** Asks for the inspection key, which stays in memory and never in a URL. */
export function KeyForm({ wanted, refusal, onKey }: KeyFormProps) {
  const [key, setKey] = useState('');
  const id = useId();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (key === '') return;
    onKey(key);
    setKey('');
  };
  return (
    <form className="empty" onSubmit={submit}>
      <p>
        <strong>{wanted}</strong> <FlagText text={texts.whichKey} />
      </p>
      {refusal !== undefined && <p role="alert">{refusal}</p>}
      <label htmlFor={id}>{texts.inspectionKey}</label>
      <input
        id={id}
        className="field"
        type="password"
        autoComplete="off"
        value={key}
        onChange={(event) => setKey(event.target.value)}
      />
      <Button type="submit" look="primary" disabled={key === ''}>
        {texts.unlock}
      </Button>
    </form>
  );
}
