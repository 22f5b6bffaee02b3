import { useStore } from 'zustand';
import { Dialog } from '../ui/Dialog.tsx';
import { lateDialogView } from '../ui/lateDialog.tsx';
import type { Actions } from './actions.ts';
import { CommandPalette, loadPaletteResults } from './CommandPalette.tsx';
import type { Console } from './createConsole.ts';
import { messages as say } from './messages.ts';
import type { ShellDialog as Opened } from './shellStore.ts';

interface OverlaysProps {
  readonly parts: Console;
  readonly actions: Actions;
}

const ShellDialog = lateDialogView(async () => (await import('./ShellDialog.tsx')).ShellDialog);
const ExportOverlay = lateDialogView(
  async () => (await import('./ExportOverlay.tsx')).ExportOverlay,
);

/** Loads what the dialogs show before one is opened. A failure is shown when it is. */
export function prefetchDialogs(): void {
  for (const load of [loadPaletteResults, ShellDialog.load, ExportOverlay.load]) {
    load().catch(() => {});
  }
}

/** The dialog that lies over the page, if one does. It opens at once, its content is loaded. */
export function Overlays({ parts, actions }: OverlaysProps) {
  const dialog = useStore(parts.shell.store, (view) => view.dialog);
  const onClose = parts.shell.closeDialog;
  if (!dialog) return null;
  if (dialog.kind === 'palette') return <CommandPalette {...{ parts, actions, onClose }} />;
  return (
    <Dialog key={dialog.kind} title={titleOf(dialog, parts)} onClose={onClose}>
      {dialog.kind === 'export' ? (
        <ExportOverlay
          connection={parts.tabs.active().connection}
          rows={dialog.rows}
          onClose={onClose}
        />
      ) : (
        <ShellDialog {...{ dialog, parts, actions }} />
      )}
    </Dialog>
  );
}

function titleOf(dialog: Exclude<Opened, { kind: 'palette' }>, { tabs }: Console): string {
  switch (dialog.kind) {
    case 'settings':
      return say.settings;
    case 'connection':
      return say.details;
    case 'export':
      return say.exportMessages;
    case 'renameTab':
      return say.renameTab;
    case 'closeTab': {
      const tab = tabs.store.getState().tabs.find(({ id }) => id === dialog.tabId);
      return say.closeAsk(tab?.title ?? '');
    }
  }
}
