import { readExactValue } from '../protocol/json/exactValue.ts';
import { quote } from '../protocol/json/jsonText.ts';
import { ValueError } from './errors.ts';
import { ExactNumber } from './exactNumber.ts';

/** What a reply has for a stored value. */
export type Json =
  | null
  | boolean
  | number
  | string
  | bigint
  | ExactNumber
  | readonly Json[]
  | { readonly [name: string]: Json };

/** A value that is given as JSON text and stored exactly so, white space between tokens aside. */
export class RawJson {
  readonly text: string;

  /**
   * @throws {SyntaxError} when the text is not JSON.
   * @throws {ValueError} when it is not as the protocol takes it: too deep, or with half a surrogate pair.
   */
  constructor(text: string) {
    writeStored(readExactValue(text, () => 0));
    this.text = text.trim();
  }
}

/** Whether a text is JSON that is written letter by letter as it was when it has been read. */
export function isExactJson(text: string): boolean {
  try {
    return writeStored(readExactValue(text, refuseNumber)) === text;
  } catch {
    return false;
  }
}

/** In place of keeping a number that a double cannot hold. */
export function refuseNumber(): never {
  throw new RangeError('No JavaScript number has these digits');
}

/** The deepest value of a message that the server takes, the message's own level aside. */
const maxDepth = 1023;

const halfSurrogate = /\p{Surrogate}/u;

/**
 * Writes a value as JSON: what `JSON.stringify` takes, and bigint, {@link ExactNumber}, {@link RawJson} and Map as well.
 * Members that are undefined are left out.
 * @param name Of the parameter that the value is for: it begins the path of an error.
 * @throws {ValueError} for what JSON has no text for, where `JSON.stringify` would write null or nothing.
 */
export function writeStored(value: unknown, name?: string): string {
  try {
    return write(value, name === undefined ? 0 : 1);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    if (name !== undefined) error.steps.push(name);
    throw new ValueError(error.message, error.steps.slice(-maxPathLength).reverse());
  }
}

/** Steps of a path that an error names. */
const maxPathLength = 20;

/** Carries a fault out of the recursion; never leaves this file. */
class Fault extends Error {
  /** To the value, the last one first. */
  readonly steps: (string | number)[] = [];
}

function write(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return writeString(value);
    case 'number':
      return writeNumber(value);
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'object':
      return value === null ? 'null' : writeBranch(value, depth);
    case 'undefined':
    case 'function':
    case 'symbol':
      throw new Fault(`JSON has no text for ${typeof value}`);
  }
}

/** Needs no escapes. */
const simpleString = /^[\w .:/@-]*$/;

function writeString(value: string): string {
  if (simpleString.test(value)) return `"${value}"`;
  if (halfSurrogate.test(value)) throw new Fault('The string has half a surrogate pair');
  return quote(value);
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw new Fault(`JSON has no text for ${value}`);
  return Object.is(value, -0) ? '-0' : String(value);
}

function writeBranch(value: object, depth: number): string {
  if (depth >= maxDepth) throw new Fault('The value is too deep, or refers to itself');
  const isPlain = Object.getPrototypeOf(value) === Object.prototype && !('toJSON' in value);
  return isPlain ? writeObject(value, depth + 1) : writeOther(value, depth);
}

function writeOther(value: object, depth: number): string {
  if (Array.isArray(value)) return writeArray(value, depth + 1);
  if (value instanceof ExactNumber || value instanceof RawJson) return value.text;
  if (writesItself(value)) return write(value.toJSON(), depth + 1);
  if (value instanceof Map) return writeMap(value, depth + 1);
  if (value instanceof Set) throw new Fault('A Set is no JSON: store an array');
  return writeObject(value, depth + 1);
}

function writeObject(value: object, depth: number): string {
  const members = value as Readonly<Record<string, unknown>>; // Of any object.
  let written = '';
  let name = '';
  try {
    for (name of Object.keys(value)) {
      const member = members[name];
      if (member === undefined) continue;
      const head = `${written === '' ? '' : ','}${writeString(name)}:`;
      written += head + write(member, depth);
    }
  } catch (error) {
    throw within(name, error);
  }
  return `{${written}}`;
}

function writeArray(values: readonly unknown[], depth: number): string {
  let written = '';
  let index = 0;
  try {
    for (; index < values.length; index += 1) {
      written += `${index === 0 ? '' : ','}${write(values[index], depth)}`;
    }
  } catch (error) {
    throw within(index, error);
  }
  return `[${written}]`;
}

function writeMap(entries: ReadonlyMap<unknown, unknown>, depth: number): string {
  let written = '';
  let name = '';
  try {
    for (const [key, value] of entries) {
      name = String(key);
      if (value === undefined) continue;
      written += `${written === '' ? '' : ','}${writeString(name)}:${write(value, depth)}`;
    }
  } catch (error) {
    throw within(name, error);
  }
  return `{${written}}`;
}

function writesItself(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

/** The error, with one more step of the path to the value. */
function within(step: string | number, error: unknown): unknown {
  if (error instanceof Fault) error.steps.push(step);
  return error;
}
