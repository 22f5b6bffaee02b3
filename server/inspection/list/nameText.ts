import { foldText } from '../../../protocol/text/foldText.ts';
import { visibleName } from '../../../protocol/text/visibleText.ts';

/** ASCII that is shown as it is: no control characters, no spaces at the ends. */
const plain = /^[!-~](?:[ -~]*[!-~])?$/;

const digits = /\d+/g;

/**
 * A name as it is searched: folded, and where it is shown in another way, what is shown behind it.
 */
export function nameText(name: string): string {
  if (plain.test(name)) return name.toLowerCase();
  const [folded, shown] = [foldText(name), foldText(visibleName(name))];
  return folded === shown ? folded : `${folded}\0${shown}`;
}

/** What {@link nameText} is sorted by: numbers in it by what they are worth, so that `user 9` comes before `user 10`. */
export function nameOrder(text: string): string {
  return text.replace(digits, (run) => {
    const number = run.replace(/^0+(?=.)/, '');
    // More digits come later; all that do not fit into a character count as many.
    return String.fromCharCode(Math.min(0x30 + number.length, 0xfffe)) + number;
  });
}
