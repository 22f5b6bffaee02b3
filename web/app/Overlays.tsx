import { useStore } from 'zustand';
import { Dialog } from '../ui/Dialog.tsx';
import { lateDialogView } from '../ui/lateDialog.tsx';
import { CommandPalette } from '../palette/CommandPalette.tsx';
import { actionTexts as settingsTexts } from '../settings/actionTexts.ts';
import { texts as tabTexts } from '../tabs/texts.ts';
import { late, useLate } from '../ui/late.tsx';
import { texts as detailsTexts } from '../connectionBar/texts.ts';
import type { AppParts } from './createParts.ts';
import { texts } from './texts.ts';
import type { ShellDialog as Opened } from '../layout/shellStore.ts';

interface OverlaysProps {
  readonly parts: AppParts;
}

const loadResults = late(async () => (await import('./AllPaletteResults.tsx')).AllPaletteResults);
const ShellDialog = lateDialogView(async () => (await import('./ShellDialog.tsx')).ShellDialog);
const ExportOverlay = lateDialogView(
  async () => (await import('../export/ExportOverlay.tsx')).ExportOverlay,
);

/** Loads what the dialogs show before one is opened. A failure is shown when it is. */
export function prefetchDialogs({ loadActions }: AppParts): void {
  for (const load of [loadActions, loadResults, ShellDialog.load, ExportOverlay.load]) {
    load().catch(() => {});
  }
}

/** The open dialog, if any. It opens at once; its content is loaded. */
export function Overlays({ parts }: OverlaysProps) {
  const dialog = useStore(parts.shell.store, (view) => view.dialog);
  const onClose = parts.shell.closeDialog;
  if (!dialog) return null;
  if (dialog.kind === 'palette') return <Palette parts={parts} />;
  return (
    <Dialog key={dialog.kind} title={titleOf(dialog, parts)} onClose={onClose}>
      {dialog.kind === 'export' ? (
        <ExportOverlay
          connection={parts.tabs.active().connection}
          rows={dialog.rows}
          onClose={onClose}
        />
      ) : (
        <ShellDialog {...{ dialog, parts }} />
      )}
    </Dialog>
  );
}

function Palette({ parts }: OverlaysProps) {
  const loaded = useLate(loadResults);
  return (
    <CommandPalette loaded={loaded} onClose={parts.shell.closeDialog}>
      {(Results, field) => <Results {...{ parts, field }} />}
    </CommandPalette>
  );
}

function titleOf(dialog: Exclude<Opened, { kind: 'palette' }>, { tabs }: AppParts): string {
  switch (dialog.kind) {
    case 'settings':
      return settingsTexts.settings;
    case 'connection':
      return detailsTexts.details;
    case 'export':
      return texts.exportMessages;
    case 'code':
      return texts.code;
    case 'renameTab':
      return tabTexts.renameTab;
    case 'closeTab': {
      const tab = tabs.store.getState().tabs.find(({ id }) => id === dialog.tabId);
      return tabTexts.closeAsk(tab?.title ?? '');
    }
  }
}
