import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Connection } from '../connection/page/connection.ts';
import type { ConnectionState } from '../connection/page/connectionView.ts';
import { explainUnopened, type Unopened } from '../connection/page/explainUnopened.ts';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { useSecondsUntil } from '../ui/useSecondsUntil.ts';
import { describeClose } from '../connection/texts/describeClose.ts';
import { lateTexts } from './lateTexts.ts';

/** Why there is no connection, and when the next attempt comes. */
export function ConnectionNotice({ connection }: { readonly connection: Connection }) {
  const status = useStore(connection.store, (view) => view.status);
  const address = useStore(connection.store, (view) => view.handshake?.url);
  const retryAtMs = status.state === 'retrying' ? status.retryAtMs : undefined;
  const waitSec = useSecondsUntil(retryAtMs);
  const close = closeOf(status);
  if (!close) return null;
  return (
    <div className="notice is-bad connection-notice">
      <span role="alert">
        {describeClose(close)} {close.reason !== '' && lateTexts.serverReason(close.reason)}{' '}
        {close.code > 0 && lateTexts.closeCode(close.code)} {lateTexts.draftKept}
      </span>
      {!close.wasOpen && close.code > 0 && address !== undefined && (
        <UnopenedCause address={address} attempt={status} />
      )}
      {retryAtMs !== undefined && <span>{lateTexts.nextTryIn(waitSec)}</span>}
      <Button onClick={() => connection.connect()}>{lateTexts.retryNow}</Button>
    </div>
  );
}

function closeOf(status: ConnectionState) {
  return status.state === 'retrying' || status.state === 'closed' ? status.close : undefined;
}

interface UnopenedCauseProps {
  readonly address: string;
  /** Another object with each attempt. */
  readonly attempt: object;
}

/** Why a connection could not be opened, as far as that can be found out. */
function UnopenedCause({ address, attempt }: UnopenedCauseProps) {
  const [found, setFound] = useState<Unopened>();
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

function describeUnopened({ cause, host, scheme }: Unopened): string {
  return cause === 'otherScheme' ? lateTexts.otherScheme(host, scheme) : lateTexts[cause](host);
}
