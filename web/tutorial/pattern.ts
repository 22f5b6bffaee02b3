import { string, unsigned } from '../../protocol/codec/codec.ts';
import {
  elementsOf,
  kindOf,
  membersOf,
  stringOf,
  type JsonKind,
  type JsonText,
} from '../../protocol/json/jsonText.ts';
import { ok, refused, type Result } from '../../protocol/result.ts';
import { texts } from './texts.ts';

/** What a JSON value should look like. Values are compared as text: no digit is ever lost. */
export type Pattern =
  | { readonly kind: 'exactly'; readonly json: JsonText }
  /** At least these members. */
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Pattern> }
  /** As many items, each like its pattern. */
  | { readonly kind: 'array'; readonly items: readonly Pattern[] }
  | { readonly kind: 'any'; readonly of: JsonKind | 'value' }
  | { readonly kind: 'atLeast'; readonly least: number }
  | { readonly kind: 'oneOf'; readonly options: readonly Pattern[] }
  | { readonly kind: 'not'; readonly pattern: Pattern };

/** Where a value first differs from a pattern. */
export interface Mismatch {
  /** Member names from the outside in, joined by dots. */
  readonly path: string;
  /** What was looked for, in words. */
  readonly expected: string;
  /** What is there; undefined when the member is missing. */
  readonly found: JsonText | undefined;
}

type Operator = (argument: JsonText) => Pattern | undefined;

const kinds = ['object', 'array', 'string', 'number', 'boolean', 'null', 'value'] as const;

const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  [
    '$any',
    (argument) => {
      const of = kinds.find((kind) => kind === string.read(argument));
      return of === undefined ? undefined : { kind: 'any', of };
    },
  ],
  [
    '$atLeast',
    (argument) => {
      const least = unsigned.read(argument);
      return least === undefined ? undefined : { kind: 'atLeast', least };
    },
  ],
  [
    '$oneOf',
    (argument) => {
      const pattern = kindOf(argument) === 'array' ? readPattern(argument) : undefined;
      if (!pattern?.ok || pattern.value.kind !== 'array') return undefined;
      return { kind: 'oneOf', options: pattern.value.items };
    },
  ],
  [
    '$not',
    (argument) => {
      const pattern = readPattern(argument);
      return pattern.ok ? { kind: 'not', pattern: pattern.value } : undefined;
    },
  ],
]);

/**
 * Reads a pattern from JSON: a value stands for itself, an object for at least its members, an
 * object with one `$` member for an operator: `{"$any": "string"}` (or another kind, or `"value"`),
 * `{"$atLeast": 1}`, `{"$oneOf": [20, 21]}`, `{"$not": null}`.
 * @returns The pattern, or one sentence about the fault.
 */
export function readPattern(json: JsonText): Result<Pattern, string> {
  if (kindOf(json) === 'array') return readArray(json);
  if (kindOf(json) !== 'object') return ok({ kind: 'exactly', json });
  const members = membersOf(json);
  const operator = [...members.keys()].find((name) => name.startsWith('$'));
  return operator === undefined ? readObject(members) : readOperator(operator, members);
}

function readArray(json: JsonText): Result<Pattern, string> {
  const items: Pattern[] = [];
  for (const element of elementsOf(json)) {
    const item = readPattern(element);
    if (!item.ok) return item;
    items.push(item.value);
  }
  return ok({ kind: 'array', items });
}

function readObject(members: ReadonlyMap<string, JsonText>): Result<Pattern, string> {
  const patterns = new Map<string, Pattern>();
  for (const [name, member] of members) {
    const pattern = readPattern(member);
    if (!pattern.ok) return pattern;
    patterns.set(name, pattern.value);
  }
  return ok({ kind: 'object', members: patterns });
}

function readOperator(
  name: string,
  members: ReadonlyMap<string, JsonText>,
): Result<Pattern, string> {
  const argument = members.get(name);
  const operator = operators.get(name);
  if (!operator || argument === undefined) {
    return refused(`${name} is no operator; there are ${[...operators.keys()].join(', ')}`);
  }
  if (members.size > 1) return refused(`${name} must be the only member of its object`);
  const pattern = operator(argument);
  return pattern ? ok(pattern) : refused(`${name} cannot be ${argument}`);
}

/** @returns undefined when the value is as the pattern says. */
export function findMismatch(
  pattern: Pattern,
  json: JsonText | undefined,
  path = '',
): Mismatch | undefined {
  const mismatch = { path, expected: inWords(pattern), found: json };
  if (json === undefined) return mismatch;
  if (pattern.kind === 'object') {
    return kindOf(json) === 'object' ? inMembers(pattern.members, json, path) : mismatch;
  }
  if (pattern.kind === 'array') {
    return kindOf(json) === 'array' ? inItems(pattern.items, json, mismatch) : mismatch;
  }
  return isLike(pattern, json) ? undefined : mismatch;
}

function inMembers(
  patterns: ReadonlyMap<string, Pattern>,
  json: JsonText,
  path: string,
): Mismatch | undefined {
  const members = membersOf(json);
  for (const [name, pattern] of patterns) {
    const below = path === '' ? name : `${path}.${name}`;
    const mismatch = findMismatch(pattern, members.get(name), below);
    if (mismatch) return mismatch;
  }
  return undefined;
}

function inItems(
  patterns: readonly Pattern[],
  json: JsonText,
  whole: Mismatch,
): Mismatch | undefined {
  const elements = elementsOf(json);
  if (elements.length !== patterns.length) return whole;
  for (const [index, pattern] of patterns.entries()) {
    const mismatch = findMismatch(pattern, elements[index], `${whole.path}[${index}]`);
    if (mismatch) return mismatch;
  }
  return undefined;
}

type LeafPattern = Exclude<Pattern, { kind: 'object' | 'array' }>;

function isLike(pattern: LeafPattern, json: JsonText): boolean {
  switch (pattern.kind) {
    case 'exactly':
      return isSameScalar(pattern.json, json);
    case 'any':
      return pattern.of === 'value' || pattern.of === kindOf(json);
    case 'atLeast':
      return kindOf(json) === 'number' && Number(json) >= pattern.least;
    case 'oneOf':
      return pattern.options.some((option) => !findMismatch(option, json));
    case 'not':
      return findMismatch(pattern.pattern, json) !== undefined;
  }
}

function isSameScalar(one: JsonText, other: JsonText): boolean {
  if (kindOf(one) !== 'string' || kindOf(other) !== 'string') return one === other;
  // The same string may be written with other escapes.
  return stringOf(one) === stringOf(other);
}

const kindWords: Readonly<Record<JsonKind | 'value', string>> = {
  object: texts.anObject,
  array: texts.anArray,
  string: texts.aString,
  number: texts.aNumber,
  boolean: texts.aBoolean,
  null: 'null',
  value: texts.anyValue,
};

function inWords(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'exactly':
      return pattern.json;
    case 'object':
      return kindWords.object;
    case 'array':
      return texts.anArrayOf(pattern.items.length);
    case 'any':
      return kindWords[pattern.of];
    case 'atLeast':
      return texts.orMore(pattern.least);
    case 'oneOf':
      return pattern.options.map(inWords).join(` ${texts.or} `);
    case 'not':
      return texts.anythingBut(inWords(pattern.pattern));
  }
}
