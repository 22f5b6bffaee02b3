import { expect, test } from 'vitest';
import type { StoredText } from '../ui/stored.ts';
import { createSettingsStore } from './settingsStore.ts';

function storage(text?: string): StoredText & { text: string | undefined } {
  const stored = {
    text,
    read: () => stored.text,
    write: (written: string) => {
      stored.text = written;
      return true;
    },
    setAside: () => {},
  };
  return stored;
}

test('a choice is there again next time', () => {
  const stored = storage();
  createSettingsStore(stored).change({ theme: 'dark', isTwoPane: false });
  const { store } = createSettingsStore(stored);
  expect(store.getState()).toEqual({ theme: 'dark', isTwoPane: false, isNewestFirst: true });
});

test.each(['', '{', '[]', '{"version":99,"theme":"dark"}', '{"version":1,"theme":"pink"}'])(
  'storage that holds %s counts as nothing',
  (text) => {
    expect(createSettingsStore(storage(text)).store.getState().theme).toBe('system');
  },
);
