import type { ShortcutLine } from '../settings/SettingsDialog.tsx';

/** What the keys of the whole page can do; the editor has its own. */
export interface ShortcutActions {
  readonly newTab: () => void;
  readonly closeTab: () => void;
  readonly goToTab: (index: number) => void;
  readonly focusComposer: () => void;
}

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
export function listenForShortcuts(actions: ShortcutActions): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    const isForeign = event.isComposing || event.getModifierState('AltGraph');
    if (isForeign || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const act = actionOf(event.code, actions);
    if (!act) return;
    event.preventDefault();
    act();
  };
  window.addEventListener('keydown', onKeyDown, { capture: true });
  return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
}

function actionOf(code: string, actions: ShortcutActions): (() => void) | undefined {
  if (code === 'KeyT') return actions.newTab;
  if (code === 'KeyW') return actions.closeTab;
  if (code === 'KeyC') return actions.focusComposer;
  const digit = /^Digit([1-9])$/.exec(code)?.[1];
  return digit === undefined ? undefined : () => actions.goToTab(Number(digit) - 1);
}
