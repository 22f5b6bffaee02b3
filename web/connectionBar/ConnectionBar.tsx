import { useState, type FormEvent, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Connection } from '../connection/page/connection.ts';
import type { ConnectionState } from '../connection/page/connectionView.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { formatMs } from '../ui/formatMs.ts';
import { ChevronDown, Info } from '../ui/firstIcons.tsx';
import type { ConnectionActions } from './actions.ts';
import type { StoreSource } from './storeSource.ts';
import { texts } from './texts.ts';
import './ConnectionBar.css';

interface ConnectionBarProps {
  readonly connection: Connection;
  readonly actions: ConnectionActions;
  readonly storeSource: StoreSource;
  /** Of a connection that is lost. */
  readonly notice?: ReactNode;
}

/** Address and state of the active connection. */
export function ConnectionBar({ connection, actions, storeSource, notice }: ConnectionBarProps) {
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
      />
      <Button type="submit" look={isClosed ? 'primary' : 'plain'}>
        {action.label}
      </Button>
      <div className={`connection-state is-${status.state}`}>
        <i className={`state-dot is-${status.state}`} aria-hidden />
        <span role="status" aria-label={texts.connectionState}>
          {stateInWords(status, hostOf(url))}
        </span>
        <span className="connection-host" translate="no" aria-hidden>
          {hostOf(url)}
        </span>
        {status.state === 'open' && <StoreChip source={storeSource} />}
        {notice}
        <DetailsButton connection={connection} actions={actions} />
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

/** Opens the details; while it is measured, it shows the round trip as well. */
function DetailsButton({
  connection,
  actions: { details },
}: Pick<ConnectionBarProps, 'connection' | 'actions'>) {
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
        <span className="connection-trip" translate="no" aria-hidden>
          {formatMs(roundTripMs)}
        </span>
      )}
    </Button>
  );
}

/** How safe the data is, in a word or two; the details have the rest. */
function StoreChip({ source }: { readonly source: StoreSource }) {
  const state = useStore(source, ({ store }) => store?.state);
  const durability = useStore(source, ({ store }) => store?.durability);
  const isReadOnly = useStore(source, ({ store }) => store?.readOnly);
  if (!state || !durability) return null;
  const kind = isReadOnly ? 'readOnly' : durability;
  const isReady = state === 'ready';
  return (
    <span
      role="status"
      aria-label={texts.durability}
      className={state === 'refusing' ? 'chip is-bad' : 'chip'}
      title={isReady ? texts[`${kind}Hint`] : undefined}
    >
      {isReady ? texts[kind] : texts[state]}
    </span>
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

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
