import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Button } from '../ui/Button.tsx';
import { FlagText } from './FlagText.tsx';
import { ForeignNotice } from './ForeignNotice.tsx';
import type { Inspector } from './inspector.ts';
import type { KeyFault } from './inspectorView.ts';
import { KeyForm } from './KeyForm.tsx';
import { RetryNotice } from './RetryNotice.tsx';
import { texts } from './texts.ts';
import type { ShownServer } from './viewProps.ts';

interface LiveGateProps {
  readonly inspector: Inspector;
  readonly server: ShownServer;
  /** What the view shows; without a connection what it knew last. */
  readonly children: ReactNode;
  /** Shown until there was a connection. */
  readonly waiting?: ReactNode;
}

const connecting = (
  <div className="empty">
    <p>{texts.connecting}</p>
  </div>
);

/** A view of a server, or why there is none and what to do about it. */
export function LiveGate({ inspector, server, children, waiting = connecting }: LiveGateProps) {
  const status = useStore(inspector.store, (view) => view.status);
  switch (status.state) {
    case 'needsKey':
      return <Locked {...{ inspector, server }} keyFault={status.keyFault} />;
    case 'off':
      return (
        <div className="empty">
          <p>
            <strong>{texts.isOff}</strong> <FlagText text={texts.isOffWhy} />
          </p>
          <Button onClick={() => inspector.retry()}>{texts.checkAgain}</Button>
        </div>
      );
    case 'retrying':
      return (
        <>
          {server.isLost === true || (
            <RetryNotice inspector={inspector} cause={status.cause} retryAtMs={status.retryAtMs} />
          )}
          {children}
        </>
      );
    case 'idle':
    case 'connecting':
      return waiting;
    case 'live':
      return children;
  }
}

const keyFaults: Readonly<Record<KeyFault, string>> = {
  refused: texts.keyRefused,
  removed: texts.keyRemoved,
};

interface LockedProps extends Omit<LiveGateProps, 'children' | 'waiting'> {
  readonly keyFault: KeyFault | undefined;
}

function Locked({ inspector, server: { foreign }, keyFault }: LockedProps) {
  const onKey = (key: string) => inspector.useKey(key);
  // Of a server that has removed a key it is known that it lets this page in.
  if (foreign && keyFault !== 'removed') {
    return <ForeignNotice server={foreign} wasRefused={keyFault !== undefined} onKey={onKey} />;
  }
  const refusal = keyFault && keyFaults[keyFault];
  const wanted = foreign ? texts.wantsKeyOf(foreign.host) : texts.wantsKey;
  return <KeyForm wanted={wanted} refusal={refusal} onKey={onKey} />;
}
