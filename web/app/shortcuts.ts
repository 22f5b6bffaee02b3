import type { ShortcutLine } from '../settings/SettingsDialog.tsx';
import type { Tabs } from './tabsStore.ts';

const isMac = navigator.platform.startsWith('Mac');
const alt = isMac ? '⌥' : 'Alt';

/** For the list in the settings. */
export const shortcutLines: readonly ShortcutLine[] = [
  { keys: [isMac ? '⌘' : 'Ctrl', 'Enter'], does: 'Send the message' },
  { keys: [alt, 'C'], does: 'Go to the composer' },
  { keys: [alt, 'T'], does: 'New connection tab' },
  { keys: [alt, 'W'], does: 'Close the tab' },
  { keys: [alt, '1 … 9'], does: 'Go to a tab' },
  { keys: ['↑', '↓'], does: 'Move through the log' },
];

/**
 * Listens on the whole page. Keys are told by their place on the keyboard, since Alt changes the
 * letter on a Mac; AltGr and input methods in the middle of a word are left alone.
 * @returns The function that stops listening.
 */
export function listenForShortcuts(tabs: Tabs): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    const isForeign = event.isComposing || event.getModifierState('AltGraph');
    if (isForeign || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const act = actionOf(event.code, tabs);
    if (!act) return;
    event.preventDefault();
    act();
  };
  window.addEventListener('keydown', onKeyDown, { capture: true });
  return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
}

function actionOf(code: string, tabs: Tabs): (() => void) | undefined {
  if (code === 'KeyT') return () => tabs.open();
  if (code === 'KeyW') return () => tabs.close(tabs.active().id);
  if (code === 'KeyC') return () => focusComposer(tabs);
  const digit = /^Digit([1-9])$/.exec(code)?.[1];
  return digit === undefined ? undefined : () => goToTab(tabs, Number(digit) - 1);
}

function focusComposer(tabs: Tabs): void {
  const { draft } = tabs.active();
  const { text } = draft.store.getState();
  draft.setText(text, { start: text.length, length: 0 });
}

function goToTab(tabs: Tabs, index: number): void {
  const tab = tabs.store.getState().tabs[index];
  if (tab) tabs.activate(tab.id);
}
