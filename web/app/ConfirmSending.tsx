import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Connection } from '../connection/page/connection.ts';
import { emptyView, type InspectorView } from '../inspector/inspectorView.ts';
import { ConfirmSend } from '../servers/ConfirmSend.tsx';
import { reachOf } from '../servers/reach.ts';
import type { AppParts } from './createParts.ts';

interface ConfirmSendingProps {
  readonly parts: AppParts;
  readonly connection: Connection;
}

/** Until the live sessions are fetched, and for a server that does not show them. */
const nothingKnown = createStore<InspectorView>(() => emptyView);

/** The question before a message goes to a production server, and what is known of its data now. */
export function ConfirmSending({ parts, connection }: ConfirmSendingProps) {
  const inspector = parts.inspector()?.servers.reachedBy(connection);
  // Followed: a session that a sequence has just created is listed a moment later.
  const view = useStore(inspector?.store ?? nothingKnown);
  const data =
    view.status.state === 'live' ? { ...view, sessions: inspector?.sessions() ?? [] } : undefined;
  return (
    <ConfirmSend
      servers={parts.servers}
      connection={connection}
      reachOf={(message) => reachOf(message, data)}
    />
  );
}
