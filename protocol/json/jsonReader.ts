import { ok, refused, type Result } from '../result.ts';
import { asJsonText, type JsonText } from './jsonText.ts';
import { OpenBranch, type OmittedMember } from './openBranch.ts';

/** Deepest nesting that is accepted, the message's own two levels included (decision D7). */
export const maxJsonDepth = 1024;

/** Why a text is not JSON. */
export interface JsonFault {
  /** Index of the offending character, in UTF-16 units from 0. */
  readonly at: number;
  /** One sentence for people, without a full stop. */
  readonly message: string;
}

/** Carries a fault out of the reader; never leaves this file. */
class FaultFound extends Error {
  readonly fault: JsonFault;
  constructor(fault: JsonFault) {
    super(fault.message);
    this.fault = fault;
  }
}

const hexDigits = /^[0-9a-fA-F]{4}$/;
const escapable = '"\\/bfnrt';
/** All but `"`, `\\` and control characters; a third of the time of a loop over the characters. */
const plainCharacters = /[ !#-[\]-\uffff]*/y;
const numberToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Checks JSON text by the strict rules of the protocol, without recursion, so that it can pause anywhere.
 * Copies the text with omissions: `pieces` holds what is finished, and everything from `keptFrom`
 * to `at` is kept as it stands. White space and repeated members move `keptFrom` past them, so a
 * compact text (the usual case) is copied by one slice.
 */
export class JsonReader {
  readonly #text: string;
  readonly #keepsRepeated: boolean;
  #at = 0;
  #keptFrom = 0;
  #pieces: string[] = [];
  /** The innermost branch that it stands in. */
  #open: OpenBranch | undefined;
  #omitted: OmittedMember | undefined;
  /** How many branches it stands in. */
  #depth = 0;

  constructor(text: string, { keepsRepeated }: { readonly keepsRepeated: boolean }) {
    this.#text = text;
    this.#keepsRepeated = keepsRepeated;
  }

  /**
   * Reads on, so many values at most.
   * @returns undefined when there are more.
   */
  read(maxValues: number): Result<JsonText, JsonFault> | undefined {
    try {
      const json = this.#advance(maxValues);
      return json === undefined ? undefined : ok(json);
    } catch (error) {
      if (error instanceof FaultFound) return refused(error.fault);
      throw error;
    }
  }

  #advance(maxValues: number): JsonText | undefined {
    if (this.#at === 0) {
      if (this.#code() === 0xfeff) this.#omitTo(1);
      this.#space();
    }
    for (let left = maxValues; left > 0; left -= 1) {
      if (this.#value() && this.#isLast()) return this.#finish();
    }
    return undefined;
  }

  #finish(): JsonText {
    this.#space();
    if (this.#at < this.#text.length) this.#fail('Nothing may follow the value');
    this.#omitTo(this.#at);
    return asJsonText(this.#pieces.length === 1 ? (this.#pieces[0] ?? '') : this.#pieces.join(''));
  }

  /** Reads a value, or the beginning of a branch that is not empty. @returns Whether it is complete. */
  #value(): boolean {
    switch (this.#code()) {
      case 0x7b:
        return this.#beginBranch(false);
      case 0x5b:
        return this.#beginBranch(true);
      case 0x22:
        this.#string();
        return true;
      case 0x74:
        this.#word('true');
        return true;
      case 0x66:
        this.#word('false');
        return true;
      case 0x6e:
        this.#word('null');
        return true;
      default:
        this.#number();
        return true;
    }
  }

  /** Behind a value: moves to the next one of the branch, or out of the branches that end. @returns Whether there is none. */
  #isLast(): boolean {
    for (;;) {
      const open = this.#open;
      if (open === undefined) return true;
      if (open.isArray ? this.#endElement() : this.#endMember(open)) return false;
      this.#open = open.parent;
      this.#depth -= 1;
      this.#step();
    }
  }

  /** @returns Whether it is empty, and with it complete. */
  #beginBranch(isArray: boolean): boolean {
    if (this.#depth >= maxJsonDepth) this.#fail(`More than ${maxJsonDepth} levels deep`);
    this.#step();
    this.#space();
    if (this.#code() === (isArray ? 0x5d : 0x7d)) {
      this.#step();
      return true;
    }
    this.#depth += 1;
    this.#open = new OpenBranch(this.#open, isArray);
    if (!isArray) this.#open.addName(this.#memberName());
    return false;
  }

  /** @returns Whether another one follows. */
  #endMember(object: OpenBranch): boolean {
    if (this.#omitted?.from === object) this.#omit(this.#omitted);
    this.#space();
    if (this.#code() === 0x7d) return false;
    if (this.#code() !== 0x2c) this.#fail('Expected "," or "}" after the member');
    // The comma belongs to the member after it, so that a repeated member goes with its comma.
    const at = this.#at;
    const pieceCount = this.#pieces.length;
    const keptFrom = this.#keptFrom;
    this.#step();
    this.#space();
    if (!object.addName(this.#memberName()) && !this.#keepsRepeated) {
      // Within a member that is left out, nothing else counts.
      this.#omitted ??= { from: object, at, pieceCount, keptFrom };
    }
    return true;
  }

  #omit({ at, pieceCount, keptFrom }: OmittedMember): void {
    this.#omitted = undefined;
    this.#pieces.length = pieceCount;
    this.#pieces.push(this.#text.slice(keptFrom, at));
    this.#keptFrom = this.#at;
  }

  /** @returns Whether another one follows. */
  #endElement(): boolean {
    this.#space();
    if (this.#code() === 0x5d) return false;
    if (this.#code() !== 0x2c) this.#fail('Expected "," or "]" after the element');
    this.#step();
    this.#space();
    return true;
  }

  /** Reads `"name":` with the space around it. */
  #memberName(): string {
    if (this.#code() !== 0x22) this.#fail('Expected a member name in double quotes');
    const start = this.#at;
    this.#string();
    const token = this.#text.slice(start, this.#at);
    this.#space();
    if (this.#code() !== 0x3a) this.#fail('Expected ":" after the member name');
    this.#step();
    this.#space();
    return token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1);
  }

  #string(): void {
    this.#at += 1;
    for (;;) {
      plainCharacters.lastIndex = this.#at;
      plainCharacters.test(this.#text);
      this.#at = plainCharacters.lastIndex;
      const code = this.#code();
      if (code === 0x22) break;
      if (code === 0x5c) this.#escape();
      else if (this.#at >= this.#text.length) this.#fail('The string is not closed');
      else this.#fail('Control characters must be escaped in a string');
    }
    this.#at += 1;
  }

  #escape(): void {
    const letter = this.#text.charAt(this.#at + 1);
    if (letter !== 'u') {
      if (letter === '' || !escapable.includes(letter)) this.#fail('Unknown escape in a string');
      this.#at += 2;
      return;
    }
    const unit = this.#hexUnit(this.#at);
    if (isLowHalf(unit)) this.#fail('Half of a surrogate pair');
    if (isHighHalf(unit)) {
      const isEscape = this.#text.startsWith('\\u', this.#at + 6);
      if (!isEscape || !isLowHalf(this.#hexUnit(this.#at + 6))) {
        this.#fail('Half of a surrogate pair');
      }
      this.#at += 6;
    }
    this.#at += 6;
  }

  #hexUnit(at: number): number {
    const digits = this.#text.slice(at + 2, at + 6);
    if (!hexDigits.test(digits)) this.#fail('"\\u" needs four hexadecimal digits');
    return Number.parseInt(digits, 16);
  }

  #number(): void {
    numberToken.lastIndex = this.#at;
    if (!numberToken.test(this.#text)) this.#fail(this.#expectedValue());
    this.#at = numberToken.lastIndex;
    const next = this.#code();
    const runsOn = next === 0x2e || next === 0x2b || next === 0x2d || isAlphanumeric(next);
    if (runsOn) this.#fail('The number is malformed');
  }

  #word(word: string): void {
    if (!this.#text.startsWith(word, this.#at)) this.#fail(this.#expectedValue());
    this.#at += word.length;
    if (isAlphanumeric(this.#code())) this.#fail(this.#expectedValue());
  }

  #expectedValue(): string {
    if (this.#at >= this.#text.length) return 'The text ends where a value is expected';
    return 'Expected a value';
  }

  #space(): void {
    let code = this.#code();
    if (code > 0x20) return;
    let to = this.#at;
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
      to += 1;
      code = this.#text.charCodeAt(to);
    }
    if (to > this.#at) this.#omitTo(to);
  }

  #omitTo(to: number): void {
    if (this.#at > this.#keptFrom) this.#pieces.push(this.#text.slice(this.#keptFrom, this.#at));
    this.#at = to;
    this.#keptFrom = to;
  }

  #step(): void {
    this.#at += 1;
  }

  /** The code unit at the reading position; NaN at the end. */
  #code(): number {
    return this.#text.charCodeAt(this.#at);
  }

  #fail(message: string): never {
    throw new FaultFound({ at: this.#at, message });
  }
}

function isHighHalf(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowHalf(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function isAlphanumeric(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a)
  );
}
