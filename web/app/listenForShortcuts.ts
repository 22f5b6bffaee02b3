import type { Action } from '../ui/action.ts';
import type { FirstActions } from './actions.ts';
import { matchKeys } from '../ui/keys.ts';
import type { Shell } from '../layout/shellStore.ts';

/**
 * Listens on the whole page, before the editor does: Ctrl+K would begin one of its two-part
 * shortcuts, all of which its own list (F1) has as well.
 * @returns The function that stops listening.
 */
export function listenForShortcuts(actions: FirstActions, shell: Shell): () => void {
  const listed: readonly Action[] = Object.values(actions);
  /** Nothing happens behind a dialog, also one on its way; but the palette closes as it was opened. */
  const isBehindDialog = (action: Action) => {
    const { dialog } = shell.store.getState();
    if (!dialog) return document.querySelector('dialog[open]') !== null;
    return !(dialog.kind === 'palette' && action === actions.openPalette);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // There a person chooses keys.
    if (event.target instanceof Element && event.target.closest('[data-records-keys]')) return;
    for (const action of listed) {
      const which = action.keys && !action.isKeyElsewhere ? matchKeys(event, action.keys) : -1;
      if (which < 0) continue;
      event.preventDefault();
      event.stopPropagation();
      if (!isBehindDialog(action) && action.isEnabled?.() !== false) action.run(which);
      return;
    }
  };
  window.addEventListener('keydown', onKeyDown, { capture: true });
  return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
}
