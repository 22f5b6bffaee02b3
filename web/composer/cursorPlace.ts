import {
  jsonTokens,
  messageSpans,
  type JsonToken,
  type TextSpan,
} from '../../protocol/json/jsonTokens.ts';
import { decoded, isClosed } from '../../protocol/json/scalars.ts';

/** What somebody who writes a message is writing at the moment. */
export interface CursorPlace {
  /** Name of the command, as far as it is written. */
  readonly command: string;
  /** Names and indexes from the command's parameters down to what the cursor is in. */
  readonly path: readonly (string | number)[];
  /** `message`: nothing is there yet but perhaps a word. `command`: the name of the command. */
  readonly role: 'message' | 'command' | 'name' | 'value';
  /** The literal at the cursor, or the empty place where one can begin. */
  readonly literal: TextSpan;
  /** A colon follows: the name has its value already. */
  readonly hasColon: boolean;
  /** What `tkn` of this command holds, quotes left out; undefined while it is not there. */
  readonly token: string | undefined;
  /** Names or strings that stand beside it in the same object or array. */
  readonly taken: readonly string[];
}

/**
 * Reads where an offset is in a text that may be unfinished or wrong.
 * @returns undefined where nothing can begin.
 */
export function cursorPlace(text: string, offset: number): CursorPlace | undefined {
  const span = messageSpans(text).find(({ start, end }) => start < offset && offset <= end);
  if (!span || /^\w+$/.test(text.slice(span.start, span.end))) {
    const literal = span ?? { start: offset, end: offset };
    return { ...outside, role: 'message', literal };
  }
  const walk = new Walk(text, offset);
  for (const token of jsonTokens(text.slice(span.start, span.end))) {
    const { kind, start, end } = token;
    walk.take({ kind, start: start + span.start, end: end + span.start });
  }
  return walk.place();
}

const outside = { command: '', path: [], hasColon: false, token: undefined, taken: [] };

/** An object or array on the way. */
class Branch {
  readonly isArray: boolean;
  readonly strings: string[] = [];
  name = '';
  /** A name or value stands here already. */
  isFilled = false;
  /** Of a member: whether the colon is still to come. Never in an array. */
  isAtName: boolean;
  #index = 0;

  constructor(isArray: boolean) {
    this.isArray = isArray;
    this.isAtName = !isArray;
  }

  get step(): string | number {
    return this.isArray ? this.#index : this.name;
  }

  colon(): void {
    this.isAtName = false;
    this.isFilled = false;
  }

  comma(): void {
    this.#index += 1;
    this.isAtName = !this.isArray;
    this.isFilled = false;
  }
}

type Found = Pick<CursorPlace, 'path' | 'role' | 'literal'> & { readonly branch: Branch };

/** Goes through the tokens of one message and remembers what it meets at the cursor. */
class Walk {
  readonly #text: string;
  readonly #offset: number;
  #branches: Branch[] = [];
  #found: Found | undefined;
  #isPast = false;
  #command = '';
  #token: string | undefined;
  #hasColon = false;
  #previous: JsonToken | undefined;

  constructor(text: string, offset: number) {
    this.#text = text;
    this.#offset = offset;
  }

  take(token: JsonToken): void {
    const isLiteral = ['string', 'scalar', 'variable'].includes(token.kind);
    const isBehind = token.start >= this.#offset && !(isLiteral && this.#isReplacedAt(token));
    if (!this.#isPast && isBehind) this.#stopInSpace();
    if (isLiteral) this.#literal(token);
    else this.#punctuation(token);
    this.#previous = token;
  }

  place(): CursorPlace | undefined {
    if (!this.#isPast) this.#stopInSpace();
    const found = this.#found;
    if (!found || (this.#command === '' && found.role !== 'command')) return undefined;
    const { branch, ...place } = found;
    const shared = { hasColon: this.#hasColon, token: this.#token, taken: branch.strings };
    return { command: this.#command, ...place, ...shared };
  }

  #punctuation({ kind, start }: JsonToken): void {
    const top = this.#branches.at(-1);
    if (kind === 'close') this.#branches.pop();
    else if (kind === 'comma') top?.comma();
    else if (kind === 'colon') this.#colon(top);
    else {
      if (top) top.isFilled = true;
      this.#branches.push(new Branch(this.#text.charAt(start) === '['));
    }
  }

  #colon(top: Branch | undefined): void {
    const isOfFound = this.#previous?.start === this.#found?.literal.start;
    if (this.#isPast && isOfFound) this.#hasColon = true;
    top?.colon();
  }

  #literal(token: JsonToken): void {
    const top = this.#branches.at(-1);
    if (!top) return;
    const isHere = !this.#isPast && this.#isInside(token);
    const written = this.#textOf(token);
    const isListed = top.isAtName || top.isArray;
    if (top.isAtName) this.#name(top, written);
    else if (this.#branches.length === 2 && top.name === 'tkn') this.#token ??= written;
    top.isFilled = true;
    if (isHere) this.#stop(top, { start: Math.min(token.start, this.#offset), end: token.end });
    else if (isListed) top.strings.push(written);
  }

  #name(top: Branch, name: string): void {
    top.name = name;
    if (this.#branches.length === 1) this.#command ||= name;
  }

  /**
   * Right before a literal one means that literal if it is the value of a member, or empty. In a
   * list or before a name one may want to put another one in front of it.
   */
  #isReplacedAt({ start, end }: JsonToken): boolean {
    const top = this.#branches.at(-1);
    if (start < this.#offset || !top || top.isFilled) return false;
    const isValueOfMember = !top.isArray && !top.isAtName;
    if (isValueOfMember) return /^[ \t]*$/.test(this.#text.slice(this.#offset, start));
    return start === this.#offset && this.#text.slice(start, end) === '""';
  }

  /** After a closing quote one is outside; after a digit or a letter one may keep writing. */
  #isInside(token: JsonToken): boolean {
    const { kind, start, end } = token;
    const isWhole = kind === 'string' && isClosed(this.#text.slice(start, end));
    const hasBegun = start < this.#offset || this.#isReplacedAt(token);
    return hasBegun && (isWhole ? this.#offset < end : this.#offset <= end);
  }

  #stopInSpace(): void {
    const top = this.#branches.at(-1);
    if (top && !top.isFilled) this.#stop(top, { start: this.#offset, end: this.#offset });
    this.#isPast = true;
  }

  #stop(branch: Branch, literal: TextSpan): void {
    this.#isPast = true;
    if (this.#branches.length < 2) {
      if (branch.isAtName) this.#found = { path: [], role: 'command', literal, branch };
      return;
    }
    const role = branch.isAtName ? 'name' : 'value';
    const steps = this.#branches.slice(1).map(({ step }) => step);
    const path = role === 'name' ? steps.slice(0, -1) : steps;
    this.#found = { path, role, literal, branch };
  }

  #textOf({ start, end }: JsonToken): string {
    return decoded(this.#text.slice(start, end));
  }
}
