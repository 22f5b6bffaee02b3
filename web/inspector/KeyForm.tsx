import { useId, type FormEvent } from 'react';
import { Button } from '../ui/Button.tsx';
import type { Inspector } from './inspectorStore.ts';

interface KeyFormProps {
  readonly inspector: Inspector;
  readonly isRefused: boolean;
}

/** Longer than any key a person would choose; keeps the handshake's headers small. */
const maxKeyLength = 1024;

/** Asks for the inspection key, which stays in memory. */
export function KeyForm({ inspector, isRefused }: KeyFormProps) {
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const key = new FormData(event.currentTarget).get('key');
    if (typeof key === 'string' && key !== '') inspector.submitKey(key);
  };
  return (
    <form className="empty" onSubmit={submit}>
      <p>
        <strong>This server wants its inspection key.</strong> It was given to the server at start,
        with <code>--inspect-key-file</code>.
      </p>
      {isRefused && (
        <p className="notice is-bad" role="alert">
          The server did not take this key. Check it and try again.
        </p>
      )}
      <label htmlFor={id}>Inspection key</label>
      <input
        id={id}
        className="field"
        type="password"
        name="key"
        autoComplete="off"
        maxLength={maxKeyLength}
        required
      />
      <Button look="primary" type="submit">
        Show sessions
      </Button>
      <p className="session-hint">Kept in memory until the page closes, and never in an address.</p>
    </form>
  );
}
