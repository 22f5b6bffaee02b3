import { useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { KeyForm } from './KeyForm.tsx';
import { texts } from './texts.ts';

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
          <strong>{texts.cannotShow(host)}</strong> {texts.cannotShowWhy(host, ownHost)}{' '}
          <code translate="no">{texts.allowPage(origin)}</code>
        </p>
        <Button onClick={onShowOwn}>{texts.showOwn(ownHost)}</Button>
        {!isAsking && <Button onClick={() => setAsking(true)}>{texts.enterKey}</Button>}
      </div>
      {isAsking && (
        <KeyForm
          wanted={texts.wantsKeyOf(host)}
          refusal={wasRefused ? texts.notLetIn(host) : undefined}
          onKey={onKey}
        />
      )}
    </>
  );
}
