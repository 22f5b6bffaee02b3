import { expect, test } from 'vitest';
import type { StoredText } from '../ui/stored.ts';
import { sharedInMemory } from '../ui/storedInMemory.ts';
import { createSettingsStore } from './settingsStore.ts';

function storage(text?: string): StoredText & { text: string | undefined; backup: string } {
  const stored = {
    text,
    backup: '',
    read: () => stored.text,
    write: (written: string) => {
      stored.text = written;
      return true;
    },
    follow: () => {},
    setAside: () => {
      stored.backup = stored.text ?? '';
      stored.text = undefined;
    },
  };
  return stored;
}

test('a choice is there again next time', () => {
  const stored = storage();
  createSettingsStore(stored).change({
    theme: 'dark',
    panes: 'stacked',
    isProbing: false,
    isOneRow: true,
  });
  expect(createSettingsStore(stored).store.getState()).toEqual({
    theme: 'dark',
    panes: 'stacked',
    isNewestFirst: true,
    isRemembering: false,
    isProbing: false,
    isOneRow: true,
  });
});

test('nothing of tokens or replies is remembered unless somebody wants it', () => {
  expect(createSettingsStore(storage()).store.getState().isRemembering).toBe(false);
});

test('choices made before there were as many are still read', () => {
  const stored = storage('{"version":1,"theme":"dark","isTwoPane":false,"isNewestFirst":false}');
  expect(createSettingsStore(stored).store.getState()).toMatchObject({
    theme: 'dark',
    panes: 'stacked',
    isNewestFirst: false,
    isProbing: true,
  });
  expect(stored.backup).toBe('');
});

test.each(['{', '[]', '{"version":99,"theme":"dark"}', '{"version":1,"theme":"pink"}'])(
  'storage that holds %s counts as nothing and is set aside',
  (text) => {
    const stored = storage(text);
    expect(createSettingsStore(stored).store.getState().theme).toBe('system');
    expect(stored.backup).toBe(text);
  },
);

test('a choice in one window holds in the other, beside what was chosen there', () => {
  const shared = sharedInMemory();
  const open = () => createSettingsStore(shared.window());
  const [one, other] = [open(), open()];
  one.change({ theme: 'dark' });
  other.change({ panes: 'stacked' });
  shared.deliver();
  for (const { store } of [one, other]) {
    expect(store.getState()).toMatchObject({ theme: 'dark', panes: 'stacked' });
  }
});
