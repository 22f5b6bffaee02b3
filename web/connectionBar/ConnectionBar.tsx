import { useState, type FormEvent, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Connection } from '../connection/page/connection.ts';
import type { ConnectionState } from '../connection/page/connectionView.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { ChevronDown, Info } from '../ui/firstIcons.tsx';
import type { ConnectionActions } from './actions.ts';
import { texts } from './texts.ts';
import './ConnectionBar.css';

interface ConnectionBarProps {
  readonly connection: Connection;
  readonly actions: ConnectionActions;
  /** Of a connection that is lost. */
  readonly notice?: ReactNode;
  /** What its server is called. */
  readonly serverName: string;
  /** What its server is for, and how safe its data is. */
  readonly facts?: ReactNode;
  readonly roundTrip?: ReactNode;
  /** Servers that were used before. */
  readonly recent?: ReactNode;
  readonly onRecent?: () => void;
}

/** Address and state of the active connection. */
export function ConnectionBar(props: ConnectionBarProps) {
  const { connection, actions, serverName } = props;
  const url = useStore(connection.store, (view) => view.url);
  const status = useStore(connection.store, (view) => view.status);
  const isClosed = status.state === 'closed';
  /** On a phone the address is shown when it is asked for, or is what to do next. */
  const [isWanted, setWanted] = useState(false);
  const isUnfolded = isWanted || isClosed;
  const action = isClosed ? actions.connect : actions.disconnect;
  const toggle = (event: FormEvent) => {
    event.preventDefault();
    action.run();
  };
  return (
    <form
      className={isUnfolded ? 'connection-bar is-unfolded' : 'connection-bar'}
      onSubmit={toggle}
    >
      <input
        className="field"
        aria-label={texts.serverUrl}
        value={url}
        readOnly={!isClosed}
        title={isClosed ? texts.serverAddress : texts.disconnectToChange}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => connection.setUrl(event.target.value)}
        onKeyDown={(event) => event.key === 'ArrowDown' && props.onRecent?.()}
      />
      {props.recent}
      <Button type="submit" look={isClosed ? 'primary' : 'plain'}>
        {action.label}
      </Button>
      <div className={`connection-state is-${status.state}`}>
        <i className={`state-dot is-${status.state}`} aria-hidden />
        <span role="status" aria-label={texts.connectionState}>
          {stateInWords(status, serverName)}
        </span>
        <span className="connection-host" translate="no" aria-hidden>
          {serverName}
        </span>
        {props.facts}
        {props.notice}
        <Button
          look="quiet"
          aria-label={actions.details.label}
          title={actions.details.label}
          aria-haspopup="dialog"
          onClick={() => actions.details.run()}
        >
          <Info size={14} aria-hidden />
          {props.roundTrip}
        </Button>
      </div>
      <div className="connection-unfold">
        <IconButton
          label={texts.addressLine}
          icon={<ChevronDown size={16} />}
          aria-expanded={isUnfolded}
          onClick={() => setWanted(!isUnfolded)}
        />
      </div>
    </form>
  );
}

function stateInWords(status: ConnectionState, host: string): string {
  switch (status.state) {
    case 'open':
      return texts.connectedTo(host);
    case 'connecting':
      return texts.connectingTo(host);
    case 'retrying':
      return status.close.wasOpen
        ? texts.connectionLost(status.close.code)
        : texts.couldNotConnect(host);
    case 'closed':
      return texts.disconnected;
  }
}
