import { useId, useState, type SyntheticEvent } from 'react';
import { Button } from '../ui/Button.tsx';

interface KeyFormProps {
  readonly wasRefused: boolean;
  readonly onKey: (key: string) => void;
}

/** Asks for the inspection key, which stays in memory and never in a URL. */
export function KeyForm({ wasRefused, onKey }: KeyFormProps) {
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
        <strong>This server wants its inspection key</strong> before it shows sessions. It is the
        one that the server was started with.
      </p>
      {wasRefused && <p role="alert">The server did not accept that key.</p>}
      <label htmlFor={id}>Inspection key</label>
      <input
        id={id}
        className="field"
        type="password"
        autoComplete="off"
        value={key}
        onChange={(event) => setKey(event.target.value)}
      />
      <Button type="submit" look="primary" disabled={key === ''}>
        Unlock
      </Button>
    </form>
  );
}
