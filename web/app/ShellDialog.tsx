import { useStore } from 'zustand';
import { SettingsDialog } from '../settings/SettingsDialog.tsx';
import type { ShortcutsPageProps } from '../settings/ShortcutsPage.tsx';
import { CloseTabDialog } from '../tabs/CloseTabDialog.tsx';
import { CodeDialog } from '../export/CodeDialog.tsx';
import { ConnectionDetails } from '../connectionBar/ConnectionDetails.tsx';
import type { AppParts } from './createParts.ts';
import { changesOf } from '../servers/changeServers.ts';
import { ServerForm } from '../servers/ServerForm.tsx';
import { RenameTabDialog } from '../tabs/RenameTabDialog.tsx';
import type { ShellDialog as Opened } from '../layout/shellStore.ts';
import { judgeKeys } from '../settings/keyRules.ts';
import { shortcutGroups, type KeyLine } from '../settings/shortcutGroups.ts';
import { sessionKeyLines } from '../inspector/edit/editKeys.ts';
import { logKeyLines } from '../log/list/logKeys.ts';
import { texts as logTexts } from '../log/texts.ts';
import { lateTexts as lateTabTexts } from '../tabs/lateTexts.ts';
import { texts as tabTexts } from '../tabs/texts.ts';
import { namesOfKeys } from '../ui/keys.ts';
import { useLate } from '../ui/late.tsx';
import { noServer } from './usePanels.tsx';
import { withChoices } from '../settings/shortcutChoices.ts';
import { downloadBackup, labelOfBackup } from '../settings/StorageNotices.tsx';

interface ShellDialogProps {
  readonly dialog: Exclude<Opened, { kind: 'palette' | 'export' }>;
  readonly parts: AppParts;
}

/** The content of the dialogs of the frame: one chunk. */
export function ShellDialog(props: ShellDialogProps) {
  const { dialog, parts } = props;
  switch (dialog.kind) {
    case 'settings':
      return <Settings {...props} page={dialog.page} />;
    case 'connection':
      return <Details parts={parts} />;
    case 'code': {
      const { connection, log } = parts.tabs.active();
      return <CodeDialog message={dialog.message} connection={connection} entries={log.all()} />;
    }
    case 'renameTab':
    case 'closeTab':
      return <TabDialog {...props} dialog={dialog} />;
  }
}

function Details({ parts }: Pick<ShellDialogProps, 'parts'>) {
  const { servers, tabs } = parts;
  const { connection } = tabs.active();
  const url = useStore(connection.store, (view) => view.url);
  const inspector = parts.inspector()?.servers.reachedBy(connection);
  return (
    <ConnectionDetails connection={connection} storeSource={inspector?.store ?? noServer}>
      <ServerForm servers={servers} changes={changesOf(servers)} url={url} />
    </ConnectionDetails>
  );
}

type SettingsPage = Extract<Opened, { kind: 'settings' }>['page'];

function Settings({ parts, page }: ShellDialogProps & { readonly page: SettingsPage }) {
  const { settings, storage } = parts;
  return (
    <SettingsDialog
      settings={settings}
      initialPage={page}
      shortcuts={useShortcutsPage(parts)}
      backups={storage.backups().map((name) => ({ name, label: labelOfBackup(name) }))}
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

/** Keys that parts of the page take for themselves. */
export const otherKeys: readonly KeyLine[] = [
  { group: tabTexts.group, keys: ['←', '→'], does: lateTabTexts.moveInTabs },
  ...logKeyLines().map(({ names, mod, shift, does }) => {
    const [name = '', ...others] = names;
    const keys = { codes: [], name, ...(mod && { mod }), ...(shift && { shift }) };
    return { group: logTexts.response, keys: [...namesOfKeys(keys), ...others], does };
  }),
  ...sessionKeyLines(),
];

function useShortcutsPage(parts: AppParts): ShortcutsPageProps {
  const { shortcuts } = parts;
  const choices = useStore(shortcuts.store);
  useLate(parts.loadActions);
  const usual = parts.registry.actions.list();
  return {
    groups: shortcutGroups({ usual, otherKeys }, choices),
    isOff: choices.isOff,
    onSwitchAll: shortcuts.switchAll,
    onPress: (name, event) => {
      // Also while all are switched off, no two may have the same keys.
      const actions = withChoices(usual, { ...choices, isOff: false });
      const verdict = judgeKeys(event, { name, usual, actions });
      if (verdict.state === 'taken') shortcuts.set(name, verdict.keys);
      return verdict;
    },
    onSwitchOff: (name) => shortcuts.set(name, ''),
    onReset: shortcuts.reset,
    onResetAll: shortcuts.resetAll,
  };
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
        ownTitle={tab.ownTitle}
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
