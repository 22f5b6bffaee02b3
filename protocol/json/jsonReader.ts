import { ok, refused, type Result } from '../result.ts';
import { FaultFound, type JsonFault } from './jsonFault.ts';
import { asJsonText, type JsonText } from './jsonText.ts';
import { endOfNumber, endOfSpace, escapeAt, isAlphanumeric, isOfNumber } from './jsonCharacters.ts';
import { KeptText } from './keptText.ts';
import { outlinedDepth, type Outline } from './longJson.ts';
import { maxPlainDepth, PlainAhead } from './plainBranch.ts';
import {
  anArray,
  OpenBranch,
  type BranchKind,
  type OmittedMember,
  type UnfinishedName,
} from './openBranch.ts';

/** Deepest nesting that is accepted, the message's own two levels included (decision D7). */
export const maxJsonDepth = 1024;

/** All but `"`, `\\` and control characters; a third of the time of a loop over the characters. */
const plainCharacters = /[ !#-[\]-\uffff]*/y;

/**
 * Checks JSON text by the strict rules of the protocol, without recursion, so that it can pause anywhere.
 * Copies the text without white space and repeated members.
 */
export class JsonReader {
  readonly #text: string;
  readonly #keepsRepeated: boolean;
  #at = 0;
  readonly #kept: KeptText;
  /** Gets the members of the outer objects; absent: nothing does, as where repeated ones are kept. */
  readonly #outline: Outline | undefined;
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

  constructor(
    text: string,
    options: { readonly keepsRepeated: boolean; readonly outline?: Outline | undefined },
  ) {
    this.#text = text;
    this.#kept = new KeptText(text);
    this.#outline = options.outline;
    this.#plain = new PlainAhead(text);
    this.#keepsRepeated = options.keepsRepeated;
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
    this.#beginMember(unfinished.member, this.#endName(unfinished.start));
    return false;
  }

  /** Behind a name, at the value. */
  #beginMember(member: OmittedMember, name: string): void {
    const { from } = member;
    if (from.addName(name)) from.outline?.begin(name, this.#kept.placeOf(this.#at));
    // Within a member that is left out, nothing else counts.
    else if (!this.#keepsRepeated) this.#omitted ??= member;
  }

  #finish(): JsonText {
    this.#space();
    if (this.#at < this.#text.length) this.#fail('Nothing may follow the value');
    return asJsonText(this.#kept.upTo(this.#at));
  }

  /** Reads a value, or the beginning of a branch that is not empty. @returns Whether it is complete. */
  #value(): boolean {
    switch (this.#code()) {
      case 0x7b:
        return this.#beginObject();
      case 0x5b:
        return this.#takesPlain() || this.#beginBranch(anArray);
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

  #beginObject(): boolean {
    const outline = this.#outlineHere();
    if (!outline && this.#takesPlain()) return true;
    return this.#beginBranch({ isArray: false, outline });
  }

  /** For the object that begins here. In a member that is left out nothing counts. */
  #outlineHere(): Outline | undefined {
    if (this.#depth >= outlinedDepth || this.#omitted) return undefined;
    return this.#open ? this.#open.outline?.enter() : this.#outline;
  }

  /** @returns Whether it is empty, and with it complete. */
  #beginBranch(kind: BranchKind): boolean {
    if (this.#depth >= maxJsonDepth) this.#fail(`More than ${maxJsonDepth} levels deep`);
    this.#at += 1;
    this.#space();
    if (this.#code() === (kind.isArray ? 0x5d : 0x7d)) {
      this.#at += 1;
      return true;
    }
    this.#depth += 1;
    this.#open = new OpenBranch(this.#open, kind);
    if (!kind.isArray) this.#member({ from: this.#open, mark: undefined });
    return false;
  }

  /** Reads a name. */
  #member(member: OmittedMember): void {
    const start = this.#at;
    const name = this.#memberName();
    if (name === undefined) this.#unfinished = { start, member };
    else this.#beginMember(member, name);
  }

  /** @returns Whether another one follows. */
  #endMember(object: OpenBranch): boolean {
    if (this.#omitted?.from !== object) object.outline?.end(this.#kept.placeOf(this.#at));
    else {
      if (this.#omitted.mark) this.#kept.omitSince(this.#omitted.mark, this.#at);
      this.#omitted = undefined;
    }
    this.#space();
    if (this.#code() === 0x7d) return false;
    if (this.#code() !== 0x2c) this.#fail('Expected "," or "}" after the member');
    // The comma belongs to the member after it, so that a repeated member goes with its comma.
    const mark = this.#kept.mark(this.#at);
    this.#at += 1;
    this.#space();
    this.#member({ from: object, mark });
    return true;
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
    const end = endOfNumber(this.#text, this.#at);
    if (end < 0) this.#fail(this.#expectedValue());
    this.#at = end;
    if (isOfNumber(this.#code())) this.#fail('The number is malformed');
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
    if (this.#code() <= 0x20) this.#omitTo(endOfSpace(this.#text, this.#at));
  }

  #omitTo(to: number): void {
    this.#kept.omit(this.#at, to);
    this.#at = to;
  }

  /** The code unit at the reading position; NaN at the end. */
  #code(): number {
    return this.#text.charCodeAt(this.#at);
  }

  #fail(message: string): never {
    throw new FaultFound({ at: this.#at, message });
  }
}
