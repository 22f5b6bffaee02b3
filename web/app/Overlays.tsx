import { useStore } from 'zustand';
import { useLoaded } from '../ui/useLoaded.ts';
import type { Actions } from './actions.ts';
import { CloseTabDialog } from './CloseTabDialog.tsx';
import type { Console } from './createConsole.ts';
import type { LearnSide } from './learnSide.ts';
import { LoadingDialog } from './LoadingDialog.tsx';
import { messages as say } from './messages.ts';
import { RenameTabDialog } from './RenameTabDialog.tsx';
import type { ShellDialog } from './shellStore.ts';
import { shortcutGroups } from './shortcuts.ts';
import { downloadBackup, nameOfStored } from './StorageNotices.tsx';

interface OverlaysProps {
  readonly parts: Console;
  readonly actions: Actions;
  readonly learn: LearnSide | undefined;
}

/** The dialog that lies over the page, if one does. */
export function Overlays(props: OverlaysProps) {
  const dialog = useStore(props.parts.shell.store, (view) => view.dialog);
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'palette':
      return <Palette {...props} />;
    case 'settings':
      return <Settings {...props} page={dialog.page} />;
    case 'connection':
      return <Details {...props} />;
    case 'renameTab':
    case 'closeTab':
      return <TabDialog {...props} dialog={dialog} />;
  }
}

const loadPalette = () => import('./CommandPalette.tsx');

function Palette({ parts, actions, learn }: OverlaysProps) {
  const loaded = useLoaded(loadPalette);
  const { closeDialog } = parts.shell;
  if (loaded.state !== 'ready')
    return <LoadingDialog title={say.palette} loaded={loaded} onClose={closeDialog} />;
  const { CommandPalette } = loaded.value;
  return <CommandPalette parts={parts} actions={actions} learn={learn} onClose={closeDialog} />;
}

const loadSettings = () => import('../settings/SettingsDialog.tsx');

type SettingsPage = Extract<ShellDialog, { kind: 'settings' }>['page'];

function Settings({ parts, actions, page }: OverlaysProps & { readonly page: SettingsPage }) {
  const loaded = useLoaded(loadSettings);
  const { settings, storage, shell } = parts;
  if (loaded.state !== 'ready')
    return <LoadingDialog title={say.settings} loaded={loaded} onClose={shell.closeDialog} />;
  const { SettingsDialog } = loaded.value;
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

const loadDetails = () => import('./ConnectionDetails.tsx');

function Details({ parts }: OverlaysProps) {
  const loaded = useLoaded(loadDetails);
  const { tabs, shell } = parts;
  if (loaded.state !== 'ready')
    return <LoadingDialog title={say.details} loaded={loaded} onClose={shell.closeDialog} />;
  const { ConnectionDetails } = loaded.value;
  return <ConnectionDetails connection={tabs.active().connection} onClose={shell.closeDialog} />;
}

type DialogOfTab = Extract<ShellDialog, { tabId: string }>;

function TabDialog({ parts, dialog }: OverlaysProps & { readonly dialog: DialogOfTab }) {
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
