/** Arrays and objects within each other that are followed; what is deeper is left to `JsonReader`. */
export const maxPlainDepth = 32;

/** Names that one object may have here: a new one is compared with each before it. */
const maxNames = 32;

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** The names of an object so far, each as `"name":`. They are kept for the next one, which often has the same. */
class Names {
  #known: string[] = [];
  #count = 0;

  restart(): void {
    this.#count = 0;
  }

  /** @returns Index behind a name and its colon; -1: it has come before, or it is something else. */
  after(text: string, at: number): number {
    const expected = this.#known[this.#count];
    if (expected === undefined || !text.startsWith(expected, at)) return this.#learn(text, at);
    this.#count += 1;
    return at + expected.length;
  }

  #learn(text: string, at: number): number {
    if (text.charCodeAt(at) !== 0x22 || this.#count === maxNames) return -1;
    const end = text.indexOf('"', at + 1) + 1;
    if (end === 0 || text.charCodeAt(end) !== 0x3a) return -1;
    const name = text.slice(at, end + 1);
    this.#known.length = this.#count;
    if (this.#known.includes(name)) return -1;
    this.#known.push(name);
    this.#count += 1;
    return end + 1;
  }
}

/**
 * Finds the end of an array or object of the usual kind: without white space and escapes, no name twice in an
 * object. Several times as fast as `JsonReader`, as objects of an array mostly have the same names.
 */
export class PlainBranches {
  readonly #names: Names[] = [];
  readonly #isArray: boolean[] = [];
  #text = '';
  #at = 0;
  #depth = 0;

  /**
   * @param text Without backslashes and control characters from `start` to the end that comes out.
   * @param start Where the branch begins.
   * @param stopAt Values that begin behind it are not read.
   * @returns Index behind the branch; undefined: it is not of the usual kind, or not JSON, or it has values behind `stopAt`.
   */
  endOf(text: string, start: number, stopAt: number): number | undefined {
    this.#text = text;
    this.#at = start;
    this.#depth = 0;
    do {
      if (this.#at > stopAt) return undefined;
      const depth = this.#depth;
      if (!this.#value()) return undefined;
      // A branch that was opened here has a value next; behind any other value comes what follows it.
      if (this.#depth === depth && !this.#moveOn()) return undefined;
    } while (this.#depth > 0);
    return this.#at;
  }

  /** How far the last branch was read. */
  get at(): number {
    return this.#at;
  }

  /** Reads a scalar or an empty branch, or opens one. @returns Whether it is right so far. */
  #value(): boolean {
    switch (this.#text.charCodeAt(this.#at)) {
      case 0x22:
        return this.#string();
      case 0x7b:
        return this.#open(0x7d);
      case 0x5b:
        return this.#open(0x5d);
      case 0x74:
        return this.#word('true');
      case 0x66:
        return this.#word('false');
      case 0x6e:
        return this.#word('null');
      default:
        return this.#number();
    }
  }

  #open(end: number): boolean {
    this.#at += 1;
    if (this.#text.charCodeAt(this.#at) === end) {
      this.#at += 1;
      return true;
    }
    if (this.#depth === maxPlainDepth) return false;
    this.#isArray[this.#depth] = end === 0x5d;
    const names = (this.#names[this.#depth] ??= new Names());
    this.#depth += 1;
    if (end === 0x5d) return true;
    names.restart();
    return this.#name(names);
  }

  /** Moves to the next value, out of the branches that end. @returns Whether it is right so far. */
  #moveOn(): boolean {
    while (this.#depth > 0) {
      const inner = this.#depth - 1;
      const isArray = this.#isArray[inner] === true;
      const code = this.#text.charCodeAt(this.#at);
      if (code === 0x2c) {
        this.#at += 1;
        const names = this.#names[inner];
        return isArray || (names !== undefined && this.#name(names));
      }
      if (code !== (isArray ? 0x5d : 0x7d)) return false;
      this.#at += 1;
      this.#depth = inner;
    }
    return true;
  }

  #name(names: Names): boolean {
    const after = names.after(this.#text, this.#at);
    if (after < 0) return false;
    this.#at = after;
    return true;
  }

  #string(): boolean {
    this.#at = this.#text.indexOf('"', this.#at + 1) + 1;
    return this.#at > 0;
  }

  #word(word: string): boolean {
    const isThere = this.#text.startsWith(word, this.#at);
    this.#at += word.length;
    return isThere;
  }

  #number(): boolean {
    const start = this.#at;
    let at = start;
    let code = this.#text.charCodeAt(at);
    if (code >= 0x31 && code <= 0x39) {
      do code = this.#text.charCodeAt((at += 1));
      while (code >= 0x30 && code <= 0x39);
      this.#at = at;
      if (code === 0x2c || code === 0x7d || code === 0x5d) return true;
    }
    number.lastIndex = start;
    if (!number.test(this.#text)) return false;
    this.#at = number.lastIndex;
    return true;
  }
}

/** An escape, or a character that is allowed between values only. */
const special = /[^ -[\]-\uffff]/;

/** Special characters are looked for in so many characters at a time: some ten microseconds. */
const specialsLength = 64 * 1024;

/** Plain branches in a text of any kind, which is read from its beginning to its end. */
export class PlainAhead {
  readonly #text: string;
  /** Made for the first array or object. */
  #branches: PlainBranches | undefined;
  /** So far nothing is tried again. */
  #triedTo = 0;
  /** So far there is no special character. */
  #cleanTo = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** As {@link PlainBranches.endOf}, which is given up for what it has already gone through. */
  endOf(start: number, stopAt: number): number | undefined {
    if (start < this.#triedTo) return undefined;
    const cleanTo = this.#findCleanTo(start);
    this.#branches ??= new PlainBranches();
    const end = this.#branches.endOf(this.#text, start, Math.min(cleanTo, stopAt));
    this.#triedTo = this.#branches.at;
    return end === undefined || end > cleanTo ? undefined : end;
  }

  #findCleanTo(from: number): number {
    if (this.#cleanTo > from) return this.#cleanTo;
    const to = from + specialsLength;
    const found = this.#text.slice(from, to).search(special);
    this.#cleanTo = found < 0 ? to : from + found;
    return this.#cleanTo;
  }
}
