import { expect, test } from 'vitest';
import { HiddenTokens } from '../connection/page/hiddenTokens.ts';
import { createFirstRunStore } from '../firstRun/firstRunStore.ts';
import { createPaneSizes } from '../layout/paneSizes.ts';
import { createHistory } from '../library/history.ts';
import { createSavedMessages } from '../library/savedMessages.ts';
import { createRecents } from '../palette/recents.ts';
import { changesOf } from '../servers/changeServers.ts';
import { createServers } from '../servers/servers.ts';
import { createSettingsStore } from '../settings/settingsStore.ts';
import { createShortcuts } from '../settings/shortcutChoices.ts';
import { readTabs } from '../tabs/savedTabs.ts';
import { createTutorialStore } from '../tutorial/tutorialStore.ts';
import { createStorage, type PageStorage } from '../ui/stored.ts';

/** Every value that the browser keeps: opens it and changes it once. */
const values: Readonly<Record<string, (storage: PageStorage) => void>> = {
  settings: ({ text }) => createSettingsStore(text('settings')).change({ theme: 'dark' }),
  shortcuts: ({ text }) => createShortcuts(text('shortcuts')).switchAll(true),
  panes: ({ text }) => createPaneSizes(text('panes'))('view').write(new Map([['a', 1]])),
  recent: ({ text }) => createRecents(text('recent')).add('x'),
  history: ({ text }) => {
    const setTimer = () => () => {};
    const history = createHistory({ stored: text('history'), hidden: hidden(), setTimer });
    history.clear();
    history.flush();
  },
  messages: ({ text }) => {
    const deps = { stored: text('messages'), hidden: hidden(), newId: () => 'id' };
    createSavedMessages(deps).addFolder('folder');
  },
  tutorial: ({ text }) =>
    createTutorialStore({ lessons: [], stored: text('tutorial') }).startOver(),
  servers: ({ text }) => changesOf(createServers(text('servers'))).connected('ws://127.0.0.1:1'),
  firstRun: ({ text }) => createFirstRunStore(text('firstRun')).hide(),
  tabs: ({ windowText }) => {
    const stored = windowText('tabs');
    expect(readTabs(stored)).toBeUndefined();
    stored.write('of this page');
  },
};

const hidden = () => new HiddenTokens(() => 'id');

test.each(Object.entries(values))(
  'unreadable %s are set aside and kept as they were',
  (name, use) => {
    for (const unreadable of ['{"version":1', '{"version":99}', '{}', '[]', 'null']) {
      const [lasting, window] = [storageWith(name, unreadable), storageWith()];
      const areas = { lasting: () => lasting, window: () => window, events: new EventTarget() };
      const storage = createStorage(areas);
      use(storage);
      expect(storage.backups()).toEqual([`${name}.backup`]);
      expect(storage.backup(`${name}.backup`)).toBe(unreadable);
      expect(storage.text(name).read()).not.toBe(unreadable);
      expect(storage.store.getState().notices).toEqual([
        { kind: 'unreadable', name, backup: `${name}.backup` },
      ]);
    }
  },
);

function storageWith(name?: string, text = ''): Storage {
  const items = new Map(name === undefined ? [] : [[`seshdeck.${name}`, text]]);
  return {
    get length() {
      return items.size;
    },
    key: (at) => [...items.keys()][at] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
    removeItem: (key) => items.delete(key),
    clear: () => items.clear(),
  };
}
