import { useEffect, useState } from 'react';
import { explainUnopened, type Unopened } from '../connection/page/explainUnopened.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { messages as say } from './messages.ts';

interface UnopenedCauseProps {
  readonly address: string;
  /** Another object with each attempt. */
  readonly attempt: object;
}

/** What can be found out about a connection that did not come about. */
export function UnopenedCause({ address, attempt }: UnopenedCauseProps) {
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
      <span role="status" aria-label={say.whyNotConnected}>
        {found.cause} {flags !== '' && <code translate="no">{flags}</code>}
      </span>
      {flags !== '' && <CopyButton text={flags} label={say.copyFlags} />}
    </>
  );
}
