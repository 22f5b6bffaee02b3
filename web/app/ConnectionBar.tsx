import type { FormEvent } from 'react';
import { useStore } from 'zustand';
import type { Connection } from '../connection/page/connection.ts';
import type { ConnectionState } from '../connection/page/connectionView.ts';
import { Button } from '../ui/Button.tsx';
import { Info } from '../ui/firstIcons.tsx';
import { late, useLate } from '../ui/late.tsx';
import { useSecondsUntil } from '../ui/useSecondsUntil.ts';
import type { Actions } from './actions.ts';
import { messages as say } from './messages.ts';
import './ConnectionBar.css';

interface ConnectionBarProps {
  readonly connection: Connection;
  readonly actions: Actions;
}

/** Address and state of the active connection. */
export function ConnectionBar({ connection, actions }: ConnectionBarProps) {
  const url = useStore(connection.store, (view) => view.url);
  const status = useStore(connection.store, (view) => view.status);
  const isClosed = status.state === 'closed';
  const action = isClosed ? actions.connect : actions.disconnect;
  const toggle = (event: FormEvent) => {
    event.preventDefault();
    action.run();
  };
  return (
    <form className="connection-bar" onSubmit={toggle}>
      <input
        className="field"
        aria-label={say.serverUrl}
        value={url}
        readOnly={!isClosed}
        title={isClosed ? say.serverAddress : say.disconnectToChange}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => connection.setUrl(event.target.value)}
      />
      <Button type="submit" look={isClosed ? 'primary' : 'plain'}>
        {action.label}
      </Button>
      <div className={`connection-state is-${status.state}`}>
        <i className={`state-dot is-${status.state}`} aria-hidden />
        <span role="status" aria-label={say.connectionState}>
          {stateInWords(status, hostOf(url))}
        </span>
        <DetailsButton connection={connection} actions={actions} />
      </div>
    </form>
  );
}

/** Opens the details; while it is measured, it shows the round trip as well. */
function DetailsButton({ connection, actions: { details } }: ConnectionBarProps) {
  const roundTripMs = useStore(connection.store, (view) => view.roundTripMs);
  return (
    <Button
      look="quiet"
      aria-label={details.label}
      title={details.label}
      aria-haspopup="dialog"
      onClick={() => details.run()}
    >
      <Info size={14} aria-hidden />
      {roundTripMs !== undefined && (
        <span className="connection-trip" aria-hidden>
          {say.inMs(roundTripMs)}
        </span>
      )}
    </Button>
  );
}

function stateInWords(status: ConnectionState, host: string): string {
  switch (status.state) {
    case 'open':
      return say.connectedTo(host);
    case 'connecting':
      return say.connectingTo(host);
    case 'retrying':
      return status.close.wasOpen
        ? say.connectionLost(status.close.code)
        : say.couldNotConnect(host);
    case 'closed':
      return say.disconnected;
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

const loadCause = late(() => import('./UnopenedCause.tsx'));

interface UnopenedProps {
  readonly connection: Connection;
  /** Another object with each attempt. */
  readonly attempt: object;
}

/** Adds to the notice; where it cannot be loaded, the notice does without. */
function Unopened({ connection, attempt }: UnopenedProps) {
  const loaded = useLate(loadCause);
  const address = useStore(connection.store, (view) => view.handshake?.url);
  if (loaded.state !== 'ready' || address === undefined) return null;
  return <loaded.value.UnopenedCause address={address} attempt={attempt} />;
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
        {close.cause} {close.reason !== '' && say.itSaid(close.reason)}{' '}
        {close.code > 0 && say.closeCode(close.code)} {say.draftKept}
      </span>
      {!close.wasOpen && close.code > 0 && <Unopened connection={connection} attempt={status} />}
      {retryAtMs !== undefined && <span>{say.nextTryIn(waitSec)}</span>}
      <Button onClick={() => connection.connect()}>{say.retryNow}</Button>
    </div>
  );
}
