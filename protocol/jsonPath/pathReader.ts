/** Carries "this is no path" out of the recursion; never leaves the parser. */
export class PathFault extends Error {
  /** Index of the character that cannot stand there. */
  readonly at: number;

  constructor(at: number) {
    super(`No JSON path at ${at}`);
    this.at = at;
  }
}

const nameToken = /[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*/y;
const integerToken = /0|-?[1-9]\d*/y;
const blank = /[ \t\n\r]*/y;
const hexUnit = /\\u([0-9a-fA-F]{4})/y;
const simpleEscapes = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['/', '/'],
  ['\\', '\\'],
]);

/** Reads the tokens of a path from left to right. */
export class PathReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** The next character; "" at the end. */
  get next(): string {
    return this.#text.charAt(this.#at);
  }

  fail(): never {
    throw new PathFault(this.#at);
  }

  /** Takes the token if it comes next. */
  accept(token: string): boolean {
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  expect(token: string): void {
    if (!this.accept(token)) this.fail();
  }

  /** What the sticky pattern finds here, taken; undefined when it finds nothing. */
  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (!found) return undefined;
    this.#at = pattern.lastIndex;
    return found;
  }

  skipBlank(): void {
    this.match(blank);
  }

  /** Skips blank space if one of these characters comes after it, else stays. */
  skipBlankBefore(characters: string): boolean {
    const start = this.#at;
    this.skipBlank();
    if (!this.isAtEnd && characters.includes(this.next)) return true;
    this.#at = start;
    return false;
  }

  /** A member name as after a dot. */
  name(): string | undefined {
    return this.match(nameToken)?.[0];
  }

  /** An integer that a double holds exactly. */
  integer(): number | undefined {
    const token = this.match(integerToken)?.[0];
    if (token === undefined) return undefined;
    const value = Number(token);
    if (!Number.isSafeInteger(value) || /\d/.test(this.next)) this.fail();
    return value;
  }

  /** A string in single or double quotes; undefined when no quote comes next. */
  string(): string | undefined {
    const quote = this.next;
    if (quote !== '"' && quote !== "'") return undefined;
    this.#at += 1;
    let value = '';
    while (this.next !== quote) {
      if (this.isAtEnd || this.next < ' ') this.fail();
      if (this.next === '\\') value += this.#escape(quote);
      else {
        value += this.next;
        this.#at += 1;
      }
    }
    this.#at += 1;
    return value;
  }

  #escape(quote: string): string {
    const letter = this.#text.charAt(this.#at + 1);
    if (letter === 'u') return this.#unicodeEscape();
    const simple = letter === quote ? quote : simpleEscapes.get(letter);
    if (simple === undefined) this.fail();
    this.#at += 2;
    return simple;
  }

  #unicodeEscape(): string {
    const first = this.#hexUnit();
    if (first >= 0xdc00 && first <= 0xdfff) this.fail();
    if (first < 0xd800 || first > 0xdbff) return String.fromCharCode(first);
    const second = this.#hexUnit();
    if (second < 0xdc00 || second > 0xdfff) this.fail();
    return String.fromCharCode(first, second);
  }

  #hexUnit(): number {
    return Number.parseInt(this.match(hexUnit)?.[1] ?? this.fail(), 16);
  }
}
