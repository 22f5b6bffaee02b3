/**
 * Lossless JSON: the value *is* its text.
 *
 * A {@link JsonText} is valid JSON without white space around its tokens and without repeated
 * members. Numbers and strings keep the characters they were written with, members keep their
 * order. Because the text is known to be well formed, the functions here skip instead of check;
 * `readJson` is the only way in from text that somebody else wrote.
 */

import { partsPerStep, type Steps } from '../steps.ts';

declare const jsonTextBrand: unique symbol;

/** Valid, compact JSON text. Made by `readJson`, {@link quote} and the writers in `codec.ts`. */
export type JsonText = string & { readonly [jsonTextBrand]: true };

/** What sort of JSON value a text holds. */
export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';

/** Marks text as JSON. For the reader and the writers, which know it to be valid and compact. */
export function asJsonText(text: string): JsonText {
  return text as JsonText; // The one place where the brand is made.
}

export const jsonNull = asJsonText('null');

/** The kind of a value, by its first character. */
export function kindOf(json: JsonText): JsonKind {
  switch (json.charCodeAt(0)) {
    case 0x7b:
      return 'object';
    case 0x5b:
      return 'array';
    case 0x22:
      return 'string';
    case 0x74:
    case 0x66:
      return 'boolean';
    case 0x6e:
      return 'null';
    default:
      return 'number';
  }
}

/** All that `JSON.stringify` escapes, and whole surrogate pairs. */
const escaped = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

/** Writes a string as JSON. Safe for every string; half surrogates are escaped. */
export function quote(value: string): JsonText {
  return asJsonText(escaped.test(value) ? JSON.stringify(value) : `"${value}"`);
}

/** The decoded value of a JSON string. Call it only where {@link kindOf} says `string`. */
export function stringOf(json: JsonText): string {
  if (!json.includes('\\')) return json.slice(1, -1);
  return JSON.parse(json) as string; // A string token: no number passes through here.
}

/** A value as plain text: a string without its quotes and escapes, anything else as written. */
export function plainTextOf(json: JsonText): string {
  return kindOf(json) === 'string' ? stringOf(json) : json;
}

/**
 * The members of an object, in order, values as text. Only for `object` texts.
 * @returns Decoded member name → value. A Map, so `__proto__` is a name like any other.
 */
export function membersOf(json: JsonText): Map<string, JsonText> {
  const members = new Map<string, JsonText>();
  let at = 1;
  while (at < json.length - 1) {
    const nameEnd = endOfString(json, at);
    const valueEnd = endOfValue(json, nameEnd + 1);
    const name = stringOf(asJsonText(json.slice(at, nameEnd)));
    members.set(name, asJsonText(json.slice(nameEnd + 1, valueEnd)));
    at = valueEnd + 1;
  }
  return members;
}

/** The elements of an array as texts. Only for `array` texts. */
export function elementsOf(json: JsonText): JsonText[] {
  const elements: JsonText[] = [];
  let at = 1;
  while (at < json.length - 1) {
    const end = endOfValue(json, at);
    elements.push(asJsonText(json.slice(at, end)));
    at = end + 1;
  }
  return elements;
}

/**
 * Goes through the parts of an array or object in order, and can stop within a long one. Only for
 * `array` and `object` texts.
 */
export class PartCursor {
  /** The part's index or decoded name. */
  step: string | number = -1;
  start = 0;
  end = 0;
  readonly #json: JsonText;
  readonly #isArray: boolean;
  #at = 1;
  /** How many branches it stands in; 0 between parts. */
  #depth = 0;

  constructor(json: JsonText) {
    this.#json = json;
    this.#isArray = kindOf(json) === 'array';
  }

  /** How far it has read. */
  get at(): number {
    return this.#at;
  }

  /**
   * Reads on to the end of a part, or for about so many characters.
   * @returns `part`: step, start and end are those of the next one. `within`: it is in the middle of
   * a part. `end`: there are no more.
   */
  advance(maxLength: number): 'part' | 'within' | 'end' {
    const until = this.#at + maxLength;
    if (this.#depth === 0) {
      if (this.#at >= this.#json.length - 1) return 'end';
      this.#begin();
      const first = this.#json.charCodeAt(this.#at);
      if (first !== 0x7b && first !== 0x5b) {
        this.#finish(endOfValue(this.#json, this.#at));
        return 'part';
      }
    }
    this.#goThrough(until);
    if (this.#depth > 0) return 'within';
    this.#finish(this.#at);
    return 'part';
  }

  /** Reads a branch to its end, or some way beyond `until`. */
  #goThrough(until: number): void {
    const json = this.#json;
    let at = this.#at;
    let depth = this.#depth;
    do {
      const code = json.charCodeAt(at);
      if (code === 0x22) at = endOfString(json, at) - 1;
      else if (code === 0x7b || code === 0x5b) depth += 1;
      else if (code === 0x7d || code === 0x5d) depth -= 1;
      at += 1;
    } while (depth > 0 && at < until);
    this.#at = at;
    this.#depth = depth;
  }

  #begin(): void {
    const nameAt = this.#at;
    if (typeof this.step === 'number' && this.#isArray) this.step += 1;
    else {
      this.#at = endOfString(this.#json, nameAt) + 1;
      this.step = stringOf(asJsonText(this.#json.slice(nameAt, this.#at - 1)));
    }
    this.start = this.#at;
  }

  #finish(end: number): void {
    this.end = end;
    this.#at = end + 1; // The comma, or the end of the whole.
  }
}

/** A long part is read so many characters at a time, each of which counts as so many parts. */
const longPart = { length: 256 * 1024, counts: 2_500 };

/** Hands over the parts of a long array or object in order. Only for `array` and `object` texts. */
export function* partsInSteps(
  json: JsonText,
  take: (part: JsonText, step: string | number) => void,
): Steps<void> {
  const cursor = new PartCursor(json);
  for (let left = partsPerStep; ; left -= 1) {
    if (left <= 0) {
      yield;
      left = partsPerStep;
    }
    const place = cursor.advance(longPart.length);
    if (place === 'end') return;
    if (place === 'within') left -= longPart.counts;
    else take(asJsonText(json.slice(cursor.start, cursor.end)), cursor.step);
  }
}

/** Items of a long array, each once; what cannot be read is skipped. */
export function* setInSteps<T>(
  json: JsonText,
  read: (item: JsonText) => T | undefined,
): Steps<T[] | undefined> {
  if (kindOf(json) !== 'array') return undefined;
  const items = new Set<T>();
  yield* partsInSteps(json, (element) => {
    const item = read(element);
    if (item !== undefined) items.add(item);
  });
  return [...items];
}

/** As {@link membersOf}, for a long text. */
export function* membersInSteps(json: JsonText): Steps<Map<string, JsonText>> {
  const members = new Map<string, JsonText>();
  yield* partsInSteps(json, (part, name) => members.set(String(name), part));
  return members;
}

/** Levels of nesting: 0 for a scalar, 1 for `[]`. */
export function depthOf(json: JsonText): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === 0x22) at = endOfString(json, at) - 1;
    else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
  return deepest;
}

/** Index after the string token that starts at `at`. */
function endOfString(json: string, at: number): number {
  let end = json.indexOf('"', at + 1);
  while (isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end + 1;
}

function isEscaped(json: string, at: number): boolean {
  let before = at - 1;
  while (json.charCodeAt(before) === 0x5c) before -= 1;
  return (at - before) % 2 === 0;
}

/** Index after the value that starts at `at`. */
function endOfValue(json: string, at: number): number {
  const first = json.charCodeAt(at);
  if (first === 0x22) return endOfString(json, at);
  if (first === 0x7b || first === 0x5b) return endOfBranch(json, at);
  return endOfScalar(json, at);
}

function endOfBranch(json: string, start: number): number {
  let depth = 0;
  let at = start;
  do {
    const code = json.charCodeAt(at);
    if (code === 0x22) at = endOfString(json, at) - 1;
    else if (code === 0x7b || code === 0x5b) depth += 1;
    else if (code === 0x7d || code === 0x5d) depth -= 1;
    at += 1;
  } while (depth > 0);
  return at;
}

function endOfScalar(json: string, start: number): number {
  let at = start;
  while (at < json.length) {
    const code = json.charCodeAt(at);
    if (code === 0x2c || code === 0x7d || code === 0x5d) break;
    at += 1;
  }
  return at;
}
