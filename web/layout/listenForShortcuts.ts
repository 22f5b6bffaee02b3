import type { Actions } from '../ui/action.ts';
import { matchKeys } from '../ui/keys.ts';
import type { Shell } from './shellStore.ts';

/**
 * Listens on the whole page, before the editor does: Ctrl+K would begin one of its two-part
 * shortcuts, all of which its own list (F1) has as well.
 * @param list All actions with the keys that they have now.
 * @returns The function that stops listening.
 */
export function listenForShortcuts(list: () => Actions, shell: Shell): () => void {
  /** Nothing happens behind a dialog, also one on its way; but the palette closes as it was opened. */
  const isBehindDialog = (name: string) => {
    const { dialog } = shell.store.getState();
    if (!dialog) return document.querySelector('dialog[open]') !== null;
    return !(dialog.kind === 'palette' && name === 'openPalette');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // There a person chooses keys.
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
