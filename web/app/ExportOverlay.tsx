import { useState } from 'react';
import type { Connection } from '../connection/connection.ts';
import type { RowChoices } from '../connection/exchange.ts';
import { lateView } from '../ui/late.tsx';

declare const __APP_VERSION__: string;

interface ExportOverlayProps {
  readonly connection: Connection;
  /** As they were when the dialog was asked for: the log goes on growing. */
  readonly rows: RowChoices;
  readonly onClose: () => void;
}

const ExportDialog = lateView(
  async () => (await import('../export/ExportDialog.tsx')).ExportDialog,
);

/** Makes files of a connection's messages. Few need it in a visit, so it comes with the first use. */
export function ExportOverlay({ connection, rows, onClose }: ExportOverlayProps) {
  const [facts] = useState(() => {
    const { url, variables } = connection.store.getState();
    return { url, pageUrl: window.location.origin, version: __APP_VERSION__, variables };
  });
  return <ExportDialog rows={rows} facts={facts} onClose={onClose} />;
}
