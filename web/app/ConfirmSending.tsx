import type { Connection } from '../connection/page/connection.ts';
import { ConfirmSend } from '../servers/ConfirmSend.tsx';
import { reachOf } from '../servers/reach.ts';
import type { AppParts } from './createParts.ts';

interface ConfirmSendingProps {
  readonly parts: AppParts;
  readonly connection: Connection;
}

/** The question before a message goes to a production server, and what is known of its data. */
export function ConfirmSending({ parts, connection }: ConfirmSendingProps) {
  const inspector = parts.inspector()?.servers.reachedBy(connection);
  const view = inspector?.store.getState();
  const data =
    view?.status.state === 'live' ? { ...view, sessions: inspector?.sessions() ?? [] } : undefined;
  return (
    <ConfirmSend
      servers={parts.servers}
      connection={connection}
      reachOf={(message) => reachOf(message, data)}
    />
  );
}
