import { foldText } from '../../../protocol/text/foldText.ts';
import { visibleName } from '../../../protocol/text/visibleText.ts';

/** ASCII that is shown as it is: no control characters, no spaces at the ends. */
const plain = /^[!-~](?:[ -~]*[!-~])?$/;

/**
 * A name as it is searched: folded, and where it is shown in another way, what is shown behind it.
 */
export function nameText(name: string): string {
  if (isPlainLower(name)) return name;
  if (plain.test(name)) return name.toLowerCase();
  const [folded, shown] = [foldText(name), foldText(visibleName(name))];
  return folded === shown ? folded : `${folded}\0${shown}`;
}

/** Most names are: they are known by a look, with no new text. */
function isPlainLower(name: string): boolean {
  for (let at = 0; at < name.length; at += 1) {
    const unit = name.charCodeAt(at);
    if (unit <= space || unit > tilde || (unit >= capitalA && unit <= capitalZ)) return false;
  }
  return name !== '';
}

const space = 0x20;
const tilde = 0x7e;
const capitalA = 0x41;
const capitalZ = 0x5a;

/** What {@link nameText} is sorted by: numbers in it by what they are worth, so that `user 9` comes before `user 10`. */
export function nameOrder(text: string): string {
  let order = '';
  let from = 0;
  // Half the time of a replacement by a pattern.
  for (let at = 0; at < text.length; at += 1) {
    if (!isDigit(text, at)) continue;
    let end = at + 1;
    while (isDigit(text, end)) end += 1;
    let start = at;
    while (start < end - 1 && text.charCodeAt(start) === zero) start += 1;
    // More digits come later; all that do not fit into a character count as many.
    order += text.slice(from, at) + String.fromCharCode(Math.min(zero + end - start, 0xfffe));
    from = start;
    at = end;
  }
  return order === '' ? text : order + text.slice(from);
}

const zero = 0x30;

function isDigit(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= zero && unit < zero + 10;
}
