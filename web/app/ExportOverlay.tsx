import { useState } from 'react';
import type { Connection } from '../connection/connection.ts';
import type { Entry } from '../connection/exchange.ts';
import { useLoaded } from '../ui/useLoaded.ts';
import { LoadingDialog } from './LoadingDialog.tsx';

declare const __APP_VERSION__: string;

interface ExportOverlayProps {
  readonly connection: Connection;
  /** As they were when the dialog was asked for: the log goes on growing. */
  readonly entries: readonly Entry[];
  readonly onClose: () => void;
}

const load = () => import('../export/ExportDialog.tsx');

/** Makes files of a connection's messages. Few need it in a visit, so it comes with the first use. */
export function ExportOverlay({ connection, entries, onClose }: ExportOverlayProps) {
  const loaded = useLoaded(load);
  const [facts] = useState(() => {
    const { url, variables } = connection.store.getState();
    return { url, pageUrl: window.location.origin, version: __APP_VERSION__, variables };
  });
  if (loaded.state !== 'ready') return <LoadingDialog loaded={loaded} onClose={onClose} />;
  const { ExportDialog } = loaded.value;
  return <ExportDialog entries={entries} facts={facts} onClose={onClose} />;
}
