import { useStore } from 'zustand';
import { Button } from '../ui/Button.tsx';
import { downloadText } from '../ui/downloadText.ts';
import type { PageStorage, StorageNotice } from '../ui/stored.ts';
import { storageTexts as texts } from './storageTexts.ts';

/** What the names of stored texts are called on screen. */
const names: Readonly<Record<string, string>> = {
  tabs: texts.savedTabs,
  settings: texts.savedSettings,
  tutorial: texts.savedProgress,
  messages: texts.savedTexts,
  history: texts.savedHistory,
  panes: texts.savedPanes,
  firstRun: texts.savedFirstRun,
  recent: texts.savedRecents,
  shortcuts: texts.savedShortcuts,
  servers: texts.savedServers,
};

/** What a person should know about what the browser keeps, until it is dismissed. */
export function StorageNotices({ storage }: { readonly storage: PageStorage }) {
  const notices = useStore(storage.store, (view) => view.notices);
  return notices.map((notice) => (
    <div key={keyOf(notice)} className="notice is-warn">
      <span role="alert">{wordsFor(notice)}</span>
      {notice.kind === 'unreadable' && (
        <Button onClick={() => downloadBackup(storage, notice.backup)}>{texts.download}</Button>
      )}
      <Button look="quiet" onClick={() => storage.dismiss(notice)}>
        {texts.dismiss}
      </Button>
    </div>
  ));
}

/** Hands out a backup as it was stored. */
export function downloadBackup(storage: PageStorage, name: string): void {
  const file = `seshdeck-${name.replace(/[. ]/g, '-')}.json`;
  downloadText(file, storage.backup(name) ?? '', 'application/json');
}

/** What a backup is called: what was stored under its name, and its number after the first. */
export function labelOfBackup(backup: string): string {
  const [, name = backup, number = ''] = /^(.*)\.backup(.*)$/.exec(backup) ?? [];
  return nameOfStored(name) + number;
}

function nameOfStored(name: string): string {
  return names[name] ?? name;
}

function keyOf(notice: StorageNotice): string {
  return notice.kind === 'full' ? notice.kind : `${notice.kind} ${notice.backup}`;
}

function wordsFor(notice: StorageNotice): string {
  switch (notice.kind) {
    case 'full':
      return texts.storageFull;
    case 'unreadable':
      return texts.storageUnreadable(nameOfStored(notice.name));
  }
}
