/** @import { Result } from '../../protocol/result.ts' */

/** White space and comments. */
const gapPattern = /(?:[ \t\r\n]+|\/\/.*|\/\*[^]*?\*\/)*/y;

/** What JSON.parse may be given: strings are checked there. */
const literalPattern =
  /"(?:[^"\\\n]|\\.)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * Reads JSON in which comments may stand, for files that people write. Of members with the same name
 * the last counts; a number may lose digits.
 * @param {string} text
 * @returns {Result<unknown, string>} The refusal says the line and what was expected there.
 */
export function readJsonWithComments(text) {
  const reader = new Reader(text.replace(/^\uFEFF/, ''));
  try {
    return { ok: true, value: reader.document() };
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, refusal: 'nested too deeply' };
    return { ok: false, refusal: `line ${reader.line}: ${reader.expected} expected` };
  }
}

class Reader {
  expected = 'value';
  #text;
  /** Where the next token begins. */
  #at = 0;

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
    this.#skipGap();
  }

  get line() {
    return this.#text.slice(0, this.#at).split('\n').length;
  }

  document() {
    const value = this.#value();
    this.expected = 'end of file';
    if (this.#at < this.#text.length) throw new SyntaxError();
    return value;
  }

  /** @returns {unknown} */
  #value() {
    if (this.#takes('{')) return Object.fromEntries(this.#items('}', () => this.#member()));
    if (this.#takes('[')) return this.#items(']', () => this.#value());
    return this.#literal('value');
  }

  /** @returns {[string, unknown]} */
  #member() {
    this.expected = 'property name';
    if (!this.#text.startsWith('"', this.#at)) throw new SyntaxError();
    const name = String(this.#literal('property name'));
    this.#take(':', 'colon');
    return [name, this.#value()];
  }

  /**
   * @template T
   * @param {string} end
   * @param {() => T} readItem
   */
  #items(end, readItem) {
    /** @type {T[]} */
    const items = [];
    if (this.#takes(end)) return items;
    do items.push(readItem());
    while (this.#takes(','));
    this.#take(end, `comma or "${end}"`);
    return items;
  }

  /** @param {string} expected */
  #literal(expected) {
    this.expected = expected;
    const literal = this.#match(literalPattern);
    if (literal === '') throw new SyntaxError();
    const value = JSON.parse(literal);
    this.#pass(literal);
    return value;
  }

  /**
   * @param {string} mark
   * @param {string} expected
   */
  #take(mark, expected) {
    this.expected = expected;
    if (!this.#takes(mark)) throw new SyntaxError();
  }

  /** @param {string} mark */
  #takes(mark) {
    const isNext = this.#text.startsWith(mark, this.#at);
    if (isNext) this.#pass(mark);
    return isNext;
  }

  /** @param {string} piece */
  #pass(piece) {
    this.#at += piece.length;
    this.#skipGap();
  }

  #skipGap() {
    this.#at += this.#match(gapPattern).length;
  }

  /** @param {RegExp} pattern */
  #match(pattern) {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0] ?? '';
  }
}
