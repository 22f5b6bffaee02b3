import { useState, type ReactNode } from 'react';
import type { Connection } from '../connection/connection.ts';
import type { Entry } from '../connection/exchange.ts';
import type { ExportDialog } from '../export/ExportDialog.tsx';
import type { ExportFacts } from '../export/exportFacts.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { defineMessages } from '../ui/messages.ts';

declare const __APP_VERSION__: string;

const messages = defineMessages({
  title: 'Export messages',
  notLoaded: 'This part of the console could not be loaded. Is the server running?',
});

interface Exporting {
  readonly entries: readonly Entry[];
  readonly facts: ExportFacts;
  /** undefined: its code could not be fetched. */
  readonly Form: typeof ExportDialog | undefined;
}

/** Makes files of a connection's messages: `open` it with entries, and show `dialog` somewhere. */
export function useExport(connection: Connection): {
  readonly open: (entries: readonly Entry[]) => void;
  readonly dialog: ReactNode;
} {
  const [exporting, setExporting] = useState<Exporting>();
  const open = async (entries: readonly Entry[]) => {
    const { url, variables } = connection.store.getState();
    const pageUrl = window.location.origin;
    const facts = { url, pageUrl, version: __APP_VERSION__, variables };
    // A copy, made now: the log goes on growing.
    const kept = [...entries];
    setExporting({ entries: kept, facts, Form: await loadForm() });
  };
  const close = () => setExporting(undefined);
  return { open: (entries) => void open(entries), dialog: exporting && show(exporting, close) };
}

/** Few need it in a visit, so it comes with the first use, when the server may be gone. */
async function loadForm(): Promise<typeof ExportDialog | undefined> {
  try {
    return (await import('../export/ExportDialog.tsx')).ExportDialog;
  } catch {
    return undefined;
  }
}

function show({ entries, facts, Form }: Exporting, close: () => void): ReactNode {
  if (Form) return <Form entries={entries} facts={facts} onClose={close} />;
  return (
    <Dialog title={messages.title} onClose={close}>
      <p className="notice is-bad">{messages.notLoaded}</p>
    </Dialog>
  );
}
