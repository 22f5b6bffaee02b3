import { jsonTokens } from '../../protocol/json/jsonTokens.ts';
import { isClosed } from '../../protocol/json/scalars.ts';

/** A character that JSON does not allow, or that nobody can see. */
export interface OddCharacter {
  /** Such as `U+00A0`. */
  readonly code: string;
  readonly kind: 'space' | 'lineEnd' | 'invisible' | 'control' | 'quote' | 'other';
  /** The character, where it can be seen. */
  readonly shown: string;
}

/** Quotes that word processors and phones write, and what is taken for one. */
const quotes =
  /^[\u2018-\u201f\u00ab\u00bb\u2032-\u2037\u2039\u203a\u300c-\u300f\uff02\uff07`\u00b4']$/u;
/** Format characters, fillers that look like nothing, and variation selectors. */
const invisible =
  /^(?:\p{Cf}|\p{Variation_Selector}|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u2800|\u3164|\uffa0)$/u;

/** @returns undefined for a character of plain ASCII that can be seen, and at the end of the text. */
export function oddCharacterAt(text: string, at: number): OddCharacter | undefined {
  const point = text.codePointAt(at);
  if (point === undefined) return undefined;
  const character = String.fromCodePoint(point);
  const kind = kindOf(character);
  if (kind === undefined) return undefined;
  const code = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
  const isSeen = kind === 'quote' || kind === 'other';
  return { code, kind, shown: isSeen ? character : '' };
}

/**
 * The first typographic quote of a string that is not closed: most likely it was meant to close it.
 * @param at Where the text stopped to be JSON.
 */
export function quoteOfOpenString(text: string, at: number): number | undefined {
  for (const { kind, start, end } of jsonTokens(text)) {
    if (start >= at) break;
    if (kind !== 'string' || end < at) continue;
    const written = text.slice(start, end);
    // An apostrophe is part of many words.
    const found = isClosed(written)
      ? undefined
      : /[\u201a-\u201f\u00ab\u00bb\u300c-\u300f\uff02]/.exec(written);
    return found ? start + found.index : undefined;
  }
  return undefined;
}

function kindOf(character: string): OddCharacter['kind'] | undefined {
  if (quotes.test(character)) return 'quote';
  if (/^[\u2028\u2029\u0085]$/.test(character)) return 'lineEnd';
  if (/^\p{Cc}$/u.test(character)) return 'control';
  if (/^[\p{Zs}]$/u.test(character)) return character === ' ' ? undefined : 'space';
  if (invisible.test(character)) return 'invisible';
  return character > '~' ? 'other' : undefined;
}
