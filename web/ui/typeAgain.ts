import type { TypedAhead } from './Dialog.tsx';
import { isField } from './focusFirst.ts';

/** Types into the control that has the focus what was typed before it was there. */
export function typeAgain(typedAhead: TypedAhead): void {
  const { text, isEntered } = typedAhead;
  Object.assign(typedAhead, { text: '', isEntered: false });
  const focused = document.activeElement;
  // Unlike a new value, this is an input event to listeners, and can be undone.
  if (isField(focused) && text !== '') document.execCommand('insertText', false, text);
  const isButton = focused instanceof HTMLButtonElement;
  if (!isEntered && !(isButton && text.includes(' '))) return;
  const form = focused?.closest('form');
  if (form) form.requestSubmit();
  else if (isButton) focused.click();
}
