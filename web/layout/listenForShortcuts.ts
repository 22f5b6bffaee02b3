import type { Actions } from '../ui/action.ts';
import { matchKeys } from '../ui/keys.ts';
import type { Shell } from './shellStore.ts';

/**
 * Listens on the whole page, before the editor does: there Ctrl+K starts a two-key shortcut. All of
 * those are also in the editor's own list (F1).
 * @param list All actions with the keys that they have now.
 * @returns The function that stops listening.
 */
export function listenForShortcuts(list: () => Actions, shell: Shell): () => void {
  /** Behind a dialog, also one that is loading, shortcuts do nothing; but Ctrl+K closes the palette. */
  const isBehindDialog = (name: string) => {
    const { dialog } = shell.store.getState();
    if (!dialog) return document.querySelector('dialog[open]') !== null;
    return !(dialog.kind === 'palette' && name === 'openPalette');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // A field that records new keys for an action.
    if (event.target instanceof Element && event.target.closest('[data-records-keys]')) return;
    for (const [name, action] of Object.entries(list())) {
      const which = action.keys && !action.isKeyElsewhere ? matchKeys(event, action.keys) : -1;
      if (which < 0) continue;
      event.preventDefault();
      event.stopPropagation();
      if (!isBehindDialog(name) && action.isEnabled?.() !== false) action.run(which);
      return;
    }
  };
  window.addEventListener('keydown', onKeyDown, { capture: true });
  return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
}
