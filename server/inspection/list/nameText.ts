import { foldText } from '../../../protocol/text/foldText.ts';
import { visibleName } from '../../../protocol/text/visibleText.ts';

/** ASCII that is shown as it is: no control characters, no spaces at the ends. */
const plain = /^[!-~](?:[ -~]*[!-~])?$/;

/**
 * A name as it is searched and sorted: folded, and where it is shown in another way, what is shown behind it.
 * What a name has comes before anything that is put behind it.
 */
export function nameText(name: string): string {
  if (plain.test(name)) return name.toLowerCase();
  const [folded, shown] = [foldText(name), foldText(visibleName(name))];
  return folded === shown ? folded : `${folded}\0${shown}`;
}
