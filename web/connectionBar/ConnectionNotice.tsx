import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Connection } from '../connection/page/connection.ts';
import type { CloseFacts } from '../connection/page/connectionEvent.ts';
import type { ConnectionState } from '../connection/page/connectionView.ts';
import {
  explainUnopened,
  type Unopened as UnopenedFacts,
} from '../connection/page/explainUnopened.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { useSecondsUntil } from '../ui/useSecondsUntil.ts';
import { describeClose } from '../connection/texts/describeClose.ts';
import { lateTexts } from './lateTexts.ts';

/**
 * In the bar: when the next attempt comes, and the way to make it now. Below the bar, over the page:
 * why there is no connection. What a person has just tried to do is explained at once; about a
 * connection that breaks and comes back one asks.
 */
export function ConnectionNotice({ connection }: { readonly connection: Connection }) {
  const status = useStore(connection.store, (view) => view.status);
  const lastClose = useStore(connection.store, (view) => view.lastClose);
  const close = closeOf(status, lastClose);
  const [chosen, setChosen] = useState<{ close: CloseFacts; isOpen: boolean }>();
  if (!close) return null;
  const isOpen =
    chosen?.close === close ? chosen.isOpen : !close.wasOpen || status.state === 'closed';
  const toggle = () => setChosen({ close, isOpen: !isOpen });
  return (
    <div className="connection-trouble">
      <Attempt connection={connection} status={status} />
      <Button look="quiet" aria-expanded={isOpen} onClick={toggle}>
        {lateTexts.why}
      </Button>
      {isOpen && (
        <div className="notice is-bad connection-notice">
          <span role="alert">
            {describeClose(close)} {close.reason !== '' && lateTexts.serverReason(close.reason)}{' '}
            {close.code > 0 && lateTexts.closeCode(close.code)} {lateTexts.draftKept}
          </span>
          <Unopened connection={connection} close={close} attempt={status} />
          <IconButton label={lateTexts.hide} icon={<X size={14} />} onClick={toggle} />
        </div>
      )}
    </div>
  );
}

interface AttemptProps {
  readonly connection: Connection;
  readonly status: ConnectionState;
}

function Attempt({ connection, status }: AttemptProps) {
  const waitSec = useSecondsUntil(status.state === 'retrying' ? status.retryAtMs : undefined);
  if (status.state === 'connecting') return <span>{lateTexts.reconnecting}</span>;
  if (status.state !== 'retrying') return null;
  return (
    <>
      <span>{lateTexts.reconnectingIn(waitSec)}</span>
      <Button onClick={() => connection.connect()}>{lateTexts.retryNow}</Button>
    </>
  );
}

/** How the connection ended that is being made again, or that was given up. */
function closeOf(status: ConnectionState, lastClose: CloseFacts | undefined) {
  switch (status.state) {
    case 'retrying':
    case 'closed':
      return status.close;
    case 'connecting':
      return status.attempt > 0 ? lastClose : undefined;
    case 'open':
      return undefined;
  }
}

interface UnopenedProps {
  readonly connection: Connection;
  readonly close: CloseFacts;
  readonly attempt: object;
}

function Unopened({ connection, close, attempt }: UnopenedProps) {
  const address = useStore(connection.store, (view) => view.handshake?.url);
  if (close.wasOpen || close.code === 0 || address === undefined) return null;
  return <UnopenedCause address={address} attempt={attempt} />;
}

interface UnopenedCauseProps {
  readonly address: string;
  /** Another object with each attempt. */
  readonly attempt: object;
}

/** Why a connection could not be opened, as far as that can be found out. */
function UnopenedCause({ address, attempt }: UnopenedCauseProps) {
  const [found, setFound] = useState<UnopenedFacts>();
  useEffect(() => {
    let isWanted = true;
    void explainUnopened(address, window.location.origin).then((explained) => {
      if (isWanted) setFound(explained);
    });
    return () => {
      isWanted = false;
    };
  }, [address, attempt]);
  if (!found) return null;
  const flags = found.flags.join(' ');
  return (
    <>
      <span role="status" aria-label={lateTexts.whyNotConnected}>
        {describeUnopened(found)} {flags !== '' && <code translate="no">{flags}</code>}
      </span>
      {flags !== '' && <CopyButton text={flags} label={lateTexts.copyFlags} />}
    </>
  );
}

function describeUnopened({ cause, host, scheme }: UnopenedFacts): string {
  return cause === 'otherScheme' ? lateTexts.otherScheme(host, scheme) : lateTexts[cause](host);
}
