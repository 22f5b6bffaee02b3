import { SettingsDialog } from '../settings/SettingsDialog.tsx';
import type { Actions } from './actions.ts';
import { CloseTabDialog } from './CloseTabDialog.tsx';
import { ConnectionDetails } from './ConnectionDetails.tsx';
import type { Console } from './createConsole.ts';
import { RenameTabDialog } from './RenameTabDialog.tsx';
import type { ShellDialog as Opened } from './shellStore.ts';
import { shortcutGroups } from './shortcutGroups.ts';
import { downloadBackup, nameOfStored } from './StorageNotices.tsx';

interface ShellDialogProps {
  readonly dialog: Exclude<Opened, { kind: 'palette' | 'export' }>;
  readonly parts: Console;
  readonly actions: Actions;
}

/** The content of the dialogs of the frame: one chunk. */
export function ShellDialog(props: ShellDialogProps) {
  const { dialog, parts } = props;
  switch (dialog.kind) {
    case 'settings':
      return <Settings {...props} page={dialog.page} />;
    case 'connection':
      return <ConnectionDetails connection={parts.tabs.active().connection} />;
    case 'renameTab':
    case 'closeTab':
      return <TabDialog {...props} dialog={dialog} />;
  }
}

type SettingsPage = Extract<Opened, { kind: 'settings' }>['page'];

function Settings({ parts, actions, page }: ShellDialogProps & { readonly page: SettingsPage }) {
  const { settings, storage } = parts;
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
      onClose={shell.closeDialog}
      onCloseTab={() => {
        shell.closeDialog();
        tabs.close(tabId);
      }}
    />
  );
}
