/** Codes of the letters that may follow a backslash, but for `u`. */
const escapable = new Set(Array.from('"\\/bfnrt', (letter) => letter.charCodeAt(0)));

/**
 * The escape that begins at a place of a text, both halves of a pair.
 * @returns Its length; a sentence for people, without a full stop: what is wrong with it.
 */
export function escapeAt(text: string, at: number): number | string {
  const letter = text.charCodeAt(at + 1);
  if (letter !== 0x75) return escapable.has(letter) ? 2 : 'Unknown escape in a string';
  const unit = hexUnit(text, at + 2);
  if (unit < 0) return noDigits;
  if (isLowHalf(unit)) return noPair;
  if (!isHighHalf(unit)) return 6;
  if (!text.startsWith('\\u', at + 6)) return noPair;
  const second = hexUnit(text, at + 8);
  if (second < 0) return noDigits;
  return isLowHalf(second) ? 12 : noPair;
}

const noDigits = '"\\u" needs four hexadecimal digits';
const noPair = 'Half of a surrogate pair';

/** @returns -1: they are not four digits. */
function hexUnit(text: string, from: number): number {
  let unit = 0;
  for (let at = from; at < from + 4; at += 1) {
    const digit = hexDigit(text.charCodeAt(at));
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function isHighHalf(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowHalf(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** Whether a letter or a digit, which may not follow a number or a word. */
export function isAlphanumeric(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a)
  );
}

const numberToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Index behind the number that begins here; less than 0: there is none. */
export function endOfNumber(text: string, start: number): number {
  numberToken.lastIndex = start;
  return numberToken.test(text) ? numberToken.lastIndex : -1;
}

/** Whether a character that may not follow a number, as it seems to be a part of it. */
export function isOfNumber(code: number): boolean {
  return code === 0x2e || code === 0x2b || code === 0x2d || isAlphanumeric(code);
}

/** Index behind the white space that begins here. */
export function endOfSpace(text: string, start: number): number {
  let at = start;
  let code = text.charCodeAt(at);
  while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
    at += 1;
    code = text.charCodeAt(at);
  }
  return at;
}
