/** Characters after the common beginning that count. */
const maxUnits = 8;

/** A digit of a rank: 0 for the end of a text, 1 and the last for characters before and after the printable ones. */
const levels = 96;
const lastLevel = levels - 1;
const beyond = levels ** maxUnits;

/**
 * Numbers in the order of texts: a text with a smaller one comes first, texts with equal ones may be in any order.
 * Numbers are compared many times faster than texts.
 */
export class TextRanks {
  readonly #prefix: string;

  /** @param first Texts from this one to the last begin as both of them begin. */
  constructor(first: string, last: string) {
    let length = 0;
    while (length < first.length && first[length] === last[length]) length += 1;
    this.#prefix = first.slice(0, length);
  }

  rankOf(text: string): number {
    const prefix = this.#prefix;
    if (!text.startsWith(prefix)) return text < prefix ? -1 : beyond;
    let rank = 0;
    let scale = beyond;
    for (let at = prefix.length; at < text.length && scale > 1; at += 1) {
      const level = Math.min(Math.max(text.charCodeAt(at) - 0x1e, 1), lastLevel);
      scale /= levels;
      rank += level * scale;
      // Of those that share a level, what follows tells nothing.
      if (level === 1 || level === lastLevel) break;
    }
    return rank;
  }
}
