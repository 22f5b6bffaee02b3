import { asJsonText, jsonNull, type JsonText } from './jsonText.ts';
import { EntryList } from './entryList.ts';
import { PlainBranches } from './plainBranch.ts';

/** No control character. In this form V8 takes a third of the time that it takes to search for one. */
const printable = /^[ -\uffff]*$/;

/** V8 answers without a look at the characters when a text can have none. */
const wideCharacter = /[\u0100-\uffff]/;

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const words = ['true', 'false', 'null'];

const space = 0x20;
const quoteMark = 0x22;
const comma = 0x2c;

/** Characters that begin and end arrays and objects, and the one between a name and its value. */
export const marks = {
  openBrace: 0x7b,
  closeBrace: 0x7d,
  openBracket: 0x5b,
  closeBracket: 0x5d,
  colon: 0x3a,
} as const;

/**
 * Reads JSON text of the usual kind in one pass, and stops at everything else: escapes, white space other
 * than spaces between members, none at all within a value. What it gives is what `readJson` and the functions
 * on its result give; where it gives nothing, they decide.
 */
export class PlainCursor {
  readonly #text: string;
  #at = 0;
  /** Made for the first value that is an array or object. */
  #branches: PlainBranches | undefined;

  private constructor(text: string) {
    this.#text = text;
  }

  /** @returns undefined when the text is not of the usual kind. */
  static of(text: string): PlainCursor | undefined {
    // Without backslashes, strings end at their next quote.
    return printable.test(text) && !text.includes('\\') ? new PlainCursor(text) : undefined;
  }

  /** Where it is; set it to read again from there. */
  get at(): number {
    return this.#at;
  }

  set at(at: number) {
    this.#at = at;
  }

  /** Whether nothing comes any more. */
  get isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  /** Whether each character of the text has room in one byte. */
  get isNarrow(): boolean {
    return !wideCharacter.test(this.#text);
  }

  /** Moves past this character, with spaces before and behind it. @returns Whether it came next. */
  takes(code: number): boolean {
    if (this.#text.charCodeAt(this.#at) !== code) {
      this.skipSpaces();
      if (this.#text.charCodeAt(this.#at) !== code) return false;
    }
    this.#at += 1;
    this.skipSpaces();
    return true;
  }

  /** Moves past exactly these characters. @returns Whether they came next. */
  takesText(expected: string): boolean {
    const end = this.#at + expected.length;
    // For these few this takes half the time of a loop.
    if (this.#text.slice(this.#at, end) !== expected) return false;
    this.#at = end;
    return true;
  }

  /** Moves past a comma, or this end. @returns Which of them; undefined: it is something else. */
  next(end: number): 'more' | 'end' | undefined {
    if (this.takes(comma)) return 'more';
    return this.takes(end) ? 'end' : undefined;
  }

  get isAtString(): boolean {
    return this.#text.charCodeAt(this.#at) === quoteMark;
  }

  /** The content of a string. */
  string(): string | undefined {
    const end = this.#endOfString();
    if (end === undefined) return undefined;
    const start = this.#at + 1;
    this.#at = end;
    return this.#text.slice(start, end - 1);
  }

  /** Any value, as it stands there. */
  value(): JsonText | undefined {
    const start = this.#at;
    const end = this.#endOfValue();
    if (end === undefined) return undefined;
    this.#at = end;
    return asJsonText(this.#text.slice(start, end));
  }

  #endOfValue(): number | undefined {
    const first = this.#text.charCodeAt(this.#at);
    if (first !== marks.openBrace && first !== marks.openBracket) {
      return this.#endOfString() ?? this.#endOfWord() ?? this.#endOfNumber();
    }
    this.#branches ??= new PlainBranches();
    return this.#branches.endOf(this.#text, this.#at, this.#text.length);
  }

  #endOfString(): number | undefined {
    if (this.#text.charCodeAt(this.#at) !== quoteMark) return undefined;
    const end = this.#text.indexOf('"', this.#at + 1);
    return end < 0 ? undefined : end + 1;
  }

  /** What follows is looked at by who reads on: only a comma or an end may. */
  #endOfWord(): number | undefined {
    const word = words.find((each) => this.#text.startsWith(each, this.#at));
    return word === undefined ? undefined : this.#at + word.length;
  }

  #endOfNumber(): number | undefined {
    number.lastIndex = this.#at;
    return number.test(this.#text) ? number.lastIndex : undefined;
  }

  skipSpaces(): void {
    while (this.#text.charCodeAt(this.#at) === space) this.#at += 1;
  }
}

/** An object, each name once. */
export function plainMembers(cursor: PlainCursor): ReadonlyMap<string, JsonText> | undefined {
  if (!cursor.takes(marks.openBrace)) return undefined;
  if (cursor.takes(marks.closeBrace)) return new EntryList<JsonText>([], []);
  let names: string[] | undefined;
  let values: JsonText[] = [];
  for (;;) {
    const name = cursor.string();
    if (name === undefined || !cursor.takes(marks.colon)) return undefined;
    const value = cursor.value();
    const next = cursor.next(marks.closeBrace);
    if (value === undefined || next === undefined) return undefined;
    // A list that begins with one has room for that one alone, where an empty one would get room for 17.
    if (names === undefined) [names, values] = [[name], [value]];
    else {
      names.push(name);
      values.push(value);
    }
    if (next === 'end') return differentMembers(names, values, cursor.isNarrow);
  }
}

/**
 * @param isNarrow See {@link PlainCursor.isNarrow}: half surrogates are escaped in JSON.
 * @returns undefined: of a name that comes twice the first counts, which is seldom enough for the other reader.
 */
function differentMembers(
  names: readonly string[],
  values: readonly JsonText[],
  isNarrow: boolean,
): ReadonlyMap<string, JsonText> | undefined {
  if (names.length <= maxListed) {
    return hasRepeated(names) ? undefined : new EntryList(names, values, isNarrow);
  }
  const members = new Map(names.map((name, at) => [name, values[at] ?? jsonNull]));
  return members.size === names.length ? members : undefined;
}

/** An array of strings, a repeated one once. */
export function plainStrings(cursor: PlainCursor): string[] | undefined {
  if (!cursor.takes(marks.openBracket)) return undefined;
  const strings: string[] = [];
  if (cursor.takes(marks.closeBracket)) return strings;
  for (;;) {
    const item = cursor.string();
    const next = cursor.next(marks.closeBracket);
    if (item === undefined || next === undefined) return undefined;
    strings.push(item);
    if (next === 'more') continue;
    const areDifferent = strings.length <= maxListed && !hasRepeated(strings);
    return areDifferent ? strings : [...new Set(strings)];
  }
}

/** Of more names than that, each is looked up. */
const maxListed = 32;

/** Whether one comes twice. For a few: most differ in length or last character from all before. */
function hasRepeated(names: readonly string[]): boolean {
  let seen = 0;
  for (let at = 0; at < names.length; at += 1) {
    const name = names[at] ?? '';
    const mark = markOf(name);
    if ((seen & mark) !== 0 && names.indexOf(name) < at) return true;
    seen |= mark;
  }
  return false;
}

/** One bit. */
function markOf(name: string): number {
  return 1 << (name.length + name.charCodeAt(name.length - 1));
}
