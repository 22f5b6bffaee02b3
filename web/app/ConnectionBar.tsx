import type { FormEvent } from 'react';
import { useStore } from 'zustand';
import type { Connection } from '../connection/connection.ts';
import type { ConnectionState } from '../connection/connectionView.ts';
import { Button } from '../ui/Button.tsx';
import { useSecondsUntil } from '../ui/useSecondsUntil.ts';
import './ConnectionBar.css';

/** Address and state of the active connection. */
export function ConnectionBar({ connection }: { readonly connection: Connection }) {
  const url = useStore(connection.store, (view) => view.url);
  const status = useStore(connection.store, (view) => view.status);
  const isClosed = status.state === 'closed';
  const toggle = (event: FormEvent) => {
    event.preventDefault();
    if (isClosed) connection.connect();
    else connection.disconnect();
  };
  return (
    <form className="connection-bar" onSubmit={toggle}>
      <input
        className="field"
        aria-label="Server URL"
        value={url}
        readOnly={!isClosed}
        title={isClosed ? 'Address of the server' : 'Disconnect to change the address'}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => connection.setUrl(event.target.value)}
      />
      <Button type="submit" look={isClosed ? 'primary' : 'plain'}>
        {isClosed ? 'Connect' : 'Disconnect'}
      </Button>
      <div className={`connection-state is-${status.state}`}>
        <i className={`state-dot is-${status.state}`} aria-hidden />
        <span role="status" aria-label="Connection">
          {stateInWords(status, hostOf(url))}
        </span>
      </div>
    </form>
  );
}

function stateInWords(status: ConnectionState, host: string): string {
  switch (status.state) {
    case 'open':
      return `Connected to ${host}`;
    case 'connecting':
      return `Connecting to ${host}`;
    case 'retrying':
      return `Connection lost (code ${status.close.code})`;
    case 'closed':
      return 'Disconnected';
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** Why there is no connection, and when the next attempt comes. */
export function ConnectionNotice({ connection }: { readonly connection: Connection }) {
  const status = useStore(connection.store, (view) => view.status);
  const retryAtMs = status.state === 'retrying' ? status.retryAtMs : undefined;
  const waitSec = useSecondsUntil(retryAtMs);
  const close = status.state === 'retrying' || status.state === 'closed' ? status.close : undefined;
  if (!close) return null;
  return (
    <div className="notice is-bad connection-notice">
      <span role="alert">
        {close.cause}
        {close.reason !== '' && ` It said: “${close.reason}”.`}
        {close.code > 0 && ` (Close code ${close.code}.)`} Your draft and log are kept.
      </span>
      {retryAtMs !== undefined && <span>Next try in {waitSec} s.</span>}
      <Button onClick={() => connection.connect()}>Retry now</Button>
    </div>
  );
}
