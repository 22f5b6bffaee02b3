import { ok, refused, type Result } from '../result.ts';
import { FaultFound, type JsonFault } from './jsonFault.ts';
import { asJsonText, type JsonText } from './jsonText.ts';
import { escapeAt, isAlphanumeric } from './jsonCharacters.ts';
import { maxPlainDepth, PlainAhead } from './plainBranch.ts';
import { OpenBranch, type OmittedMember, type UnfinishedName } from './openBranch.ts';

/** Deepest nesting that is accepted, the message's own two levels included (decision D7). */
export const maxJsonDepth = 1024;

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
  /** Where this step of the reading ends; a value, or a part of a string, may reach beyond it. */
  #stopAt = 0;
  readonly #plain: PlainAhead;
  /** The string within which the last step ended. */
  #unfinished: 'value' | UnfinishedName | undefined;

  constructor(text: string, { keepsRepeated }: { readonly keepsRepeated: boolean }) {
    this.#text = text;
    this.#plain = new PlainAhead(text);
    this.#keepsRepeated = keepsRepeated;
  }

  /**
   * Reads on for about so many characters, also within a string that has escapes.
   * @returns undefined when there are more.
   */
  read(maxCharacters: number): Result<JsonText, JsonFault> | undefined {
    this.#stopAt = this.#at + maxCharacters;
    try {
      const json = this.#advance();
      return json === undefined ? undefined : ok(json);
    } catch (error) {
      if (error instanceof FaultFound) return refused(error.fault);
      throw error;
    }
  }

  #advance(): JsonText | undefined {
    if (this.#at === 0) {
      if (this.#code() === 0xfeff) this.#omitTo(1);
      this.#space();
    }
    if (this.#unfinished && this.#resume(this.#unfinished) && this.#isLast()) return this.#finish();
    while (this.#at < this.#stopAt) {
      if (this.#value() && this.#isLast()) return this.#finish();
    }
    return undefined;
  }

  /** Reads on in a string. @returns Whether it is a value, and complete. */
  #resume(unfinished: 'value' | UnfinishedName): boolean {
    if (!this.#string()) return false;
    this.#unfinished = undefined;
    if (unfinished === 'value') return true;
    const isNew = unfinished.member.from.addName(this.#endName(unfinished.start));
    if (!isNew && !this.#keepsRepeated) this.#omitted ??= unfinished.member;
    return false;
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
        return this.#takesPlain() || this.#beginBranch(false);
      case 0x5b:
        return this.#takesPlain() || this.#beginBranch(true);
      case 0x22:
        return this.#stringValue();
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

  #stringValue(): boolean {
    this.#at += 1;
    if (this.#string()) return true;
    this.#unfinished = 'value';
    return false;
  }

  /** Behind a value: moves to the next one of the branch, or out of the branches that end. @returns Whether there is none. */
  #isLast(): boolean {
    for (;;) {
      const open = this.#open;
      if (open === undefined) return true;
      if (open.isArray ? this.#endElement() : this.#endMember(open)) return false;
      this.#open = open.parent;
      this.#depth -= 1;
      this.#at += 1;
    }
  }

  /** Moves behind the branch that begins here, if it is plain and ends in this step. @returns Whether it has. */
  #takesPlain(): boolean {
    if (this.#depth + maxPlainDepth > maxJsonDepth) return false;
    const end = this.#plain.endOf(this.#at, this.#stopAt);
    if (end === undefined) return false;
    this.#at = end;
    return true;
  }

  /** @returns Whether it is empty, and with it complete. */
  #beginBranch(isArray: boolean): boolean {
    if (this.#depth >= maxJsonDepth) this.#fail(`More than ${maxJsonDepth} levels deep`);
    this.#at += 1;
    this.#space();
    if (this.#code() === (isArray ? 0x5d : 0x7d)) {
      this.#at += 1;
      return true;
    }
    this.#depth += 1;
    this.#open = new OpenBranch(this.#open, isArray);
    if (!isArray) this.#firstMember(this.#open);
    return false;
  }

  #firstMember(from: OpenBranch): void {
    const at = this.#at;
    const name = this.#memberName();
    if (name !== undefined) from.addName(name);
    else this.#unfinished = { start: at, member: { from, at, pieceCount: 0, keptFrom: 0 } };
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
    this.#at += 1;
    this.#space();
    const start = this.#at;
    const name = this.#memberName();
    if (name === undefined) {
      this.#unfinished = { start, member: { from: object, at, pieceCount, keptFrom } };
    } else if (!object.addName(name) && !this.#keepsRepeated) {
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
    this.#at += 1;
    this.#space();
    return true;
  }

  /** Reads `"name":` with the space around it. @returns undefined: the step ended within it. */
  #memberName(): string | undefined {
    if (this.#code() !== 0x22) this.#fail('Expected a member name in double quotes');
    const start = this.#at;
    this.#at += 1;
    return this.#string() ? this.#endName(start) : undefined;
  }

  /** Behind the string of a name: reads the colon, with the space around it. */
  #endName(start: number): string {
    const token = this.#text.slice(start, this.#at);
    this.#space();
    if (this.#code() !== 0x3a) this.#fail('Expected ":" after the member name');
    this.#at += 1;
    this.#space();
    return token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1);
  }

  /** Reads a string to its end. @returns false: the step ended within it. */
  #string(): boolean {
    for (;;) {
      plainCharacters.lastIndex = this.#at;
      plainCharacters.test(this.#text);
      this.#at = plainCharacters.lastIndex;
      const code = this.#code();
      if (code === 0x22) break;
      if (code === 0x5c) {
        if (this.#at >= this.#stopAt) return false;
        this.#escapes();
      } else if (this.#at >= this.#text.length) this.#fail('The string is not closed');
      else this.#fail('Control characters must be escaped in a string');
    }
    this.#at += 1;
    return true;
  }

  /** Reads escapes that follow each other. */
  #escapes(): void {
    do {
      const length = escapeAt(this.#text, this.#at);
      if (typeof length === 'string') this.#fail(length);
      this.#at += length;
    } while (this.#code() === 0x5c && this.#at < this.#stopAt);
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

  /** The code unit at the reading position; NaN at the end. */
  #code(): number {
    return this.#text.charCodeAt(this.#at);
  }

  #fail(message: string): never {
    throw new FaultFound({ at: this.#at, message });
  }
}
