import { useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { KeyForm } from './KeyForm.tsx';
import { messages as say } from './messages.ts';

/** A server that this page did not come from. */
export interface ForeignServer {
  readonly host: string;
  /** The server that this page came from. */
  readonly ownHost: string;
  /** Of this page, as the other server has to allow it. */
  readonly origin: string;
  readonly onShowOwn: () => void;
}

interface ForeignNoticeProps {
  readonly server: ForeignServer;
  readonly wasRefused: boolean;
  readonly onKey: (key: string) => void;
}

/** Why the sessions of another server are not shown, and what would show them. */
export function ForeignNotice({ server, wasRefused, onKey }: ForeignNoticeProps) {
  const [isAsking, setAsking] = useState(wasRefused);
  const { host, ownHost, origin, onShowOwn } = server;
  return (
    <>
      <div className="empty">
        <p>
          <strong>{say.cannotShow(host)}</strong> {say.cannotShowWhy(host, ownHost)}{' '}
          <code translate="no">{say.allowPage(origin)}</code>
        </p>
        <Button onClick={onShowOwn}>{say.showOwn(ownHost)}</Button>
        {!isAsking && <Button onClick={() => setAsking(true)}>{say.enterKey}</Button>}
      </div>
      {isAsking && (
        <KeyForm
          wanted={say.wantsKeyOf(host)}
          refusal={wasRefused ? say.notLetIn(host) : undefined}
          onKey={onKey}
        />
      )}
    </>
  );
}
