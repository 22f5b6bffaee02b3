import { useState } from 'react';
import type { Connection } from '../connection/page/connection.ts';
import type { RowChoices } from '../connection/page/exchange.ts';
import { ExportDialog } from './ExportDialog.tsx';

declare const __APP_VERSION__: string;

interface ExportOverlayProps {
  readonly connection: Connection;
  /** As they were when the dialog was asked for: the log keeps growing. */
  readonly rows: RowChoices;
  readonly onClose: () => void;
}

/** Makes files of a connection's messages. */
export function ExportOverlay({ connection, rows, onClose }: ExportOverlayProps) {
  const [facts] = useState(() => {
    const { url, variables } = connection.store.getState();
    return { url, pageUrl: window.location.origin, version: __APP_VERSION__, variables };
  });
  return <ExportDialog rows={rows} facts={facts} onClose={onClose} />;
}
