import type { Draft } from './draft.ts';
import { layOut } from './layOut.ts';

/** Formats the JSON of a draft; if that cannot be done, the draft says why. */
export function beautify(draft: Draft): void {
  const { text } = draft.store.getState();
  const laidOut = layOut(text);
  if (laidOut === undefined) draft.refuse(text);
  else draft.setText(laidOut);
}
