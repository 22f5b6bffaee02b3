// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sharedInMemory, storedInMemory } from '../ui/storedInMemory.ts';
import type { Action } from '../ui/action.ts';
import { offerActions } from './actions.ts';
import { otherKeys } from './ShellDialog.tsx';
import { createParts } from './createParts.ts';
import { judgeKeys } from '../settings/keyRules.ts';
import { keysInWord } from '../ui/keys.ts';
import { createShortcuts, withChoices } from '../settings/shortcutChoices.ts';
import { shortcutGroups } from '../settings/shortcutGroups.ts';
import { listenForShortcuts } from '../layout/listenForShortcuts.ts';

/** No socket of it ever opens: nothing here is about a connection. */
class SilentWorker extends EventTarget {
  postMessage(): void {}
  terminate(): void {}
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  vi.stubGlobal('Worker', SilentWorker);
  vi.stubGlobal('fetch', () => new Promise(() => {}));
});
afterEach(() => vi.unstubAllGlobals());

async function start() {
  const parts = createParts();
  const first = offerActions(parts);
  await parts.loadActions();
  const usual = { ...parts.registry.actions.list(), ...first };
  const shortcuts = createShortcuts(storedInMemory());
  const actions = () => withChoices(usual, shortcuts.store.getState());
  const shown = (name: 'newTab' | 'openPalette' | 'goToTab') => {
    const chosen: Readonly<Record<string, Action>> = actions();
    const keys = chosen[name]?.keys;
    return keys && keysInWord(keys, false);
  };
  return { parts, usual, shortcuts, actions, shown };
}

function press(code: string, held: KeyboardEventInit = {}): KeyboardEvent {
  const key = code.replace(/^(?:Key|Digit)/, '').toLowerCase();
  const event = new KeyboardEvent('keydown', { code, key, bubbles: true, ...held });
  // Here any Alt counts as AltGr.
  event.getModifierState = () => false;
  return event;
}

test('a shortcut can be changed, switched off and reset, each and all', async () => {
  const { shortcuts, shown, usual } = await start();
  shortcuts.set('newTab', 'Alt+KeyN');
  shortcuts.set('openPalette', '');
  shortcuts.set('goToTab', 'Alt+Shift+Digit1');
  expect([shown('newTab'), shown('openPalette'), shown('goToTab')]).toEqual([
    'Alt+N',
    undefined,
    'Alt+Shift+1 … 9',
  ]);
  const lines = shortcutGroups({ usual, otherKeys }, shortcuts.store.getState()).flatMap(
    (group) => group.shortcuts,
  );
  expect(lines.find(({ does }) => does === 'New tab')).toMatchObject({
    keys: ['Alt', 'N'],
    change: { name: 'newTab', isChanged: true },
  });
  expect(lines.find(({ does }) => does === 'Search or run')?.keys).toEqual([]);
  shortcuts.reset('newTab');
  expect(shown('newTab')).toBe('Alt+T');
  shortcuts.switchAll(true);
  expect(shown('newTab')).toBeUndefined();
  shortcuts.resetAll();
  expect([shown('newTab'), shown('openPalette')]).toEqual(['Alt+T', 'Ctrl+K']);
});

test('the chosen keys run the action, the ones before do not', async () => {
  const { parts, shortcuts, actions } = await start();
  shortcuts.set('newTab', 'Alt+KeyN');
  const stop = listenForShortcuts(actions, parts.shell);
  const count = () => parts.tabs.store.getState().tabs.length;
  window.dispatchEvent(press('KeyT', { altKey: true }));
  expect(count()).toBe(1);
  window.dispatchEvent(press('KeyN', { altKey: true }));
  expect(count()).toBe(2);
  stop();
});

test('the choices are kept, and hold in every window', () => {
  const shared = sharedInMemory();
  const [one, other] = [createShortcuts(shared.window()), createShortcuts(shared.window())];
  one.set('newTab', 'Alt+KeyN');
  other.set('closeTab', '');
  shared.deliver();
  const expected = new Map([
    ['newTab', 'Alt+KeyN'],
    ['closeTab', ''],
  ]);
  for (const { store } of [one, other, createShortcuts(shared.window())]) {
    expect(store.getState().keys).toEqual(expected);
  }
});

test('keys that cannot work or are taken are refused with the reason', async () => {
  const { usual, actions } = await start();
  const judge = (event: KeyboardEvent, { name = 'newTab', mac = false } = {}) => {
    const verdict = judgeKeys(event, { name, usual, actions: actions(), mac });
    return verdict.state === 'refused' ? verdict.why : verdict;
  };
  const ctrl = { ctrlKey: true };
  expect(judge(press('ControlLeft', { ...ctrl, key: 'Control' }))).toEqual({ state: 'waiting' });
  expect(judge(press('KeyT', ctrl))).toBe('Ctrl+T is used by the browser.');
  expect(judge(press('KeyN', { ...ctrl, shiftKey: true }))).toBe(
    'Ctrl+Shift+N is used by the browser.',
  );
  expect(judge(press('F5', { key: 'F5' }))).toBe('F5 is used by the browser.');
  expect(judge(press('KeyT', { metaKey: true }), { mac: true })).toBe('⌘T is used by the browser.');
  expect(judge(press('KeyC', ctrl))).toBe('Ctrl+C is used for editing text.');
  expect(judge(press('KeyJ'))).toContain('This key types a character.');
  expect(judge(press('KeyJ', { shiftKey: true }))).toContain('This key types a character.');
  expect(judge(press('Digit8', { ...ctrl, altKey: true }))).toContain('types a character');
  expect(judge(press('KeyJ', { metaKey: true }))).toContain('reserved by the operating system');
  expect(judge(press('KeyW', { altKey: true }))).toBe(
    'Already used for “Close tab”. Change that one first.',
  );
  expect(judge(press('KeyT', { altKey: true }))).toEqual({ state: 'taken', keys: 'Alt+KeyT' });
  expect(judge(press('KeyX', { altKey: true }), { name: 'goToTab' })).toContain('digit');
  expect(judge(press('KeyB', { ...ctrl, shiftKey: true }))).toBe(
    'Ctrl+Shift+B is used by the browser.',
  );
  expect(judge(press('KeyE', ctrl))).toEqual({ state: 'taken', keys: 'Mod+KeyE' });
});

test('the keys of an open panel work while it is open', () => {
  const parts = createParts();
  const runs: string[] = [];
  const action: Action = {
    label: 'Of a panel',
    group: 'Panel',
    keys: { codes: ['KeyY'], name: 'Y', alt: true },
    run: () => runs.push('run'),
  };
  const stop = listenForShortcuts(parts.registry.actions.list, parts.shell);
  const close = parts.registry.actions.offer(() => ({ ofPanel: action }));
  window.dispatchEvent(press('KeyY', { altKey: true }));
  close();
  window.dispatchEvent(press('KeyY', { altKey: true }));
  expect(runs).toEqual(['run']);
  stop();
});
