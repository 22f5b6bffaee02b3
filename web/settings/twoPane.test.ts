import { expect, test } from 'vitest';
import { createSettingsStore } from './settingsStore.ts';
import { storedInMemory } from '../ui/storedInMemory.ts';
import { isTwoPane, otherPanes } from './twoPane.ts';

const stored = storedInMemory();
const { store } = createSettingsStore(stored);
const withPanes = (panes: 'auto' | 'sideBySide' | 'stacked') => ({ ...store.getState(), panes });

test('until somebody chooses, the width of the window decides', () => {
  const chosen = store.getState();
  expect(isTwoPane(chosen, true)).toBe(true);
  expect(isTwoPane(chosen, false)).toBe(false);
});

test('what was chosen holds in every window', () => {
  for (const isBroad of [true, false]) {
    expect(isTwoPane(withPanes('sideBySide'), isBroad)).toBe(true);
    expect(isTwoPane(withPanes('stacked'), isBroad)).toBe(false);
  }
});

test('switching back to what the window would choose is no choice any more', () => {
  expect(otherPanes(withPanes('auto'), false)).toBe('sideBySide');
  expect(otherPanes(withPanes('sideBySide'), false)).toBe('auto');
  expect(otherPanes(withPanes('auto'), true)).toBe('stacked');
  expect(otherPanes(withPanes('stacked'), true)).toBe('auto');
});

test.each([
  ['false', 'stacked'],
  ['true', 'auto'],
] as const)('the setting of older versions, %s, means %s', (isOn, panes) => {
  const text = `{"version":1,"theme":"dark","isTwoPane":${isOn},"isNewestFirst":true}`;
  expect(createSettingsStore(storedInMemory(text)).store.getState().panes).toBe(panes);
});
