import { useState } from 'react';
import { SettingsDialog } from '../settings/SettingsDialog.tsx';
import type { Actions } from './actions.ts';
import { CloseTabDialog } from './CloseTabDialog.tsx';
import { CommandPalette } from './CommandPalette.tsx';
import { ConnectionDetails } from './ConnectionDetails.tsx';
import type { Console } from './createConsole.ts';
import { createRecents } from './recents.ts';
import { ExportOverlay } from './ExportOverlay.tsx';
import { RenameTabDialog } from './RenameTabDialog.tsx';
import type { ShellDialog as Opened } from './shellStore.ts';
import { shortcutGroups } from './shortcutGroups.ts';
import { downloadBackup, nameOfStored } from './StorageNotices.tsx';

interface ShellDialogProps {
  readonly dialog: Opened;
  readonly parts: Console;
  readonly actions: Actions;
}

/** Whichever dialog lies over the page. All are one chunk, fetched with the first of them. */
export function ShellDialog(props: ShellDialogProps) {
  const { dialog, parts, actions } = props;
  const { tabs, shell, storage } = parts;
  const [recents] = useState(() => createRecents(storage.text('recent')));
  const onClose = shell.closeDialog;
  switch (dialog.kind) {
    case 'palette':
      return <CommandPalette {...{ parts, actions, recents, onClose }} />;
    case 'settings':
      return <Settings {...props} page={dialog.page} />;
    case 'connection':
      return <ConnectionDetails connection={tabs.active().connection} onClose={onClose} />;
    case 'export':
      return (
        <ExportOverlay connection={tabs.active().connection} rows={dialog.rows} onClose={onClose} />
      );
    case 'renameTab':
    case 'closeTab':
      return <TabDialog {...props} dialog={dialog} />;
  }
}

type SettingsPage = Extract<Opened, { kind: 'settings' }>['page'];

function Settings({ parts, actions, page }: ShellDialogProps & { readonly page: SettingsPage }) {
  const { settings, storage, shell } = parts;
  return (
    <SettingsDialog
      settings={settings}
      initialPage={page}
      shortcuts={shortcutGroups(actions)}
      backups={storage.backups().map((name) => ({ name, label: nameOfStored(name) }))}
      onDownloadBackup={(name) => downloadBackup(storage, name)}
      onClearAll={() => {
        storage.clearAll();
        // What a link in the address asks for would come back as well.
        window.history.replaceState(null, '', window.location.pathname + window.location.search);
        window.location.reload();
      }}
      onClose={shell.closeDialog}
    />
  );
}

type DialogOfTab = Extract<Opened, { tabId: string }>;

function TabDialog({ parts, dialog }: ShellDialogProps & { readonly dialog: DialogOfTab }) {
  const { tabs, shell } = parts;
  const { kind, tabId } = dialog;
  const tab = tabs.store.getState().tabs.find(({ id }) => id === tabId);
  if (!tab) return null;
  if (kind === 'renameTab') {
    return (
      <RenameTabDialog
        title={tab.title}
        onRename={(title) => tabs.rename(tabId, title)}
        onClose={shell.closeDialog}
      />
    );
  }
  return (
    <CloseTabDialog
      title={tab.title}
      onClose={shell.closeDialog}
      onCloseTab={() => {
        shell.closeDialog();
        tabs.close(tabId);
      }}
    />
  );
}
