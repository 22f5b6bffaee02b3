// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { storedInMemory } from '../ui/storedInMemory.ts';
import type { Action } from '../ui/action.ts';
import { offerActions } from './actions.ts';
import { createParts } from './createParts.ts';
import { keysInWord, matchKeys } from '../ui/keys.ts';
import { findItems } from '../palette/findItems.ts';
import { otherKeys } from './ShellDialog.tsx';
import { paletteItems } from './AllPaletteResults.tsx';
import { createRecents } from '../palette/recents.ts';
import { shortcutGroups } from '../settings/shortcutGroups.ts';

/** No socket of it ever opens: nothing here is about a connection. */
class SilentWorker extends EventTarget {
  postMessage(): void {}
  terminate(): void {}
}

beforeEach(() => {
  vi.stubGlobal('Worker', SilentWorker);
  vi.stubGlobal('fetch', () => new Promise(() => {}));
});
afterEach(() => vi.unstubAllGlobals());

async function start() {
  localStorage.clear();
  sessionStorage.clear();
  const parts = createParts();
  const first = offerActions(parts);
  await parts.loadActions();
  const actions = { ...parts.registry.actions.list(), ...first };
  return { parts, actions, listed: Object.values<Action>(actions) };
}

test('no shortcut is listed twice, and none is taken by two actions', async () => {
  const { actions, listed } = await start();
  const shown = shortcutGroups({ usual: actions, otherKeys }).flatMap(({ title, shortcuts }) =>
    shortcuts.map(({ keys, does }) => `${title} ${keys.join('+') || does}`),
  );
  expect(new Set(shown).size).toBe(shown.length);
  for (const { keys } of listed) {
    if (!keys) continue;
    const { mod = false, alt = false, shift = false } = keys;
    const pressed = new KeyboardEvent('keydown', {
      code: keys.codes[0] ?? '',
      ctrlKey: mod,
      altKey: alt,
      shiftKey: shift,
    });
    // Here any Alt counts as AltGr.
    pressed.getModifierState = () => false;
    const takers = listed.filter((other) => other.keys && matchKeys(pressed, other.keys) >= 0);
    expect(takers.map(({ label }) => label)).toHaveLength(1);
  }
});

test('no two actions have the same name', async () => {
  const labels = (await start()).listed.map(({ label }) => label);
  expect(new Set(labels).size).toBe(labels.length);
});

test('every action with keys is in the list of shortcuts', async () => {
  const { actions, listed } = await start();
  const lines = shortcutGroups({ usual: actions, otherKeys }).flatMap(({ shortcuts }) => shortcuts);
  for (const { label, keys } of listed) {
    if (!keys) continue;
    const line = lines.find(({ does }) => does === label);
    expect(line?.keys.join('+')).toBe(keysInWord(keys));
  }
});

test('the palette has every action that can be done now, and every command', async () => {
  const { parts, actions } = await start();
  const labels = () => paletteItems(parts).map(({ label }) => label);
  expect(labels()).toContain('Settings');
  expect(labels()).toContain('Insert KV_GET');
  expect(labels()).toContain(`Go to ${window.location.host}`);
  expect(labels()).not.toContain('Reopen closed tab');
  actions.newTab.run();
  actions.closeTab.run();
  expect(labels()).toContain('Reopen closed tab');
});

test('what was chosen last comes first, also after a reload', async () => {
  const { parts } = await start();
  const stored = storedInMemory();
  const recents = createRecents(stored);
  recents.add('command KV_GET');
  recents.add('action copyLink');
  recents.add('gone');
  const items = paletteItems(parts);
  const found = findItems(items, '', createRecents(stored).list());
  expect(found.slice(0, 2).map(({ item: { label } }) => label)).toEqual([
    'Copy link',
    'Insert KV_GET',
  ]);
});

test('closing a tab with unsent text asks first', async () => {
  const { parts, actions } = await start();
  const tab = parts.tabs.open();
  tab.draft.typed('{"SH_NEW":{}}');
  actions.closeTab.run();
  expect(parts.shell.store.getState().dialog).toEqual({ kind: 'closeTab', tabId: tab.id });
  expect(parts.tabs.active()).toBe(tab);
});
