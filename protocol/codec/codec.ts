import {
  asJsonText,
  elementsOf,
  jsonNull,
  kindOf,
  membersInSteps,
  membersOf,
  partsInSteps,
  quote,
  setInSteps,
  stringOf,
  type JsonText,
} from '../json/jsonText.ts';
import type { Steps } from '../steps.ts';
import { readMembersInSteps } from './readInSteps.ts';
import { readToken, writeToken, type Token } from '../token.ts';

/** The part of JSON Schema that the editor and the reference read. */
export interface JsonSchema {
  type?: string | string[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  anyOf?: JsonSchema[];
  items?: JsonSchema;
  additionalProperties?: boolean | JsonSchema;
  enum?: unknown[];
  default?: unknown;
  minItems?: number;
  minProperties?: number;
  maxProperties?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  defaultSnippets?: { label: string; description?: string; body: unknown }[];
}

/**
 * Both ways between JSON text and a typed value. Parameters, replies and the inspection frames
 * are all made of these; user data passes through as text (`value`) or in a Map (`mapOf`).
 */
export interface Codec<T> {
  /** Type in words, for the reference. */
  readonly label: string;
  readonly schema: JsonSchema;
  /** Of an object with fixed names, for the reference. */
  readonly members?: readonly CodecMember[];
  /** @returns undefined when the text is of another type. */
  read(json: JsonText): T | undefined;
  write(value: T): JsonText;
  /** As `read`, of a long text. Absent: `read` is not slow. */
  readonly readInSteps?: (json: JsonText) => Steps<T | undefined>;
  /** How a text of the usual kind is read in one pass: as members by name, as different strings, or as a token. Absent: as one value of any type. */
  readonly plainForm?: 'members' | 'strings' | 'token';
}

/** One member of an object, as the reference shows it. */
export interface CodecMember {
  readonly name: string;
  readonly codec: Codec<unknown>;
  readonly isOptional: boolean;
}

/** With its name as it is written. */
type KnownMember = CodecMember & { readonly head: string };

/** The type that a codec reads and writes. */
export type Decoded<C> = C extends Codec<infer T> ? T : never;

export const string: Codec<string> = {
  label: 'string',
  schema: { type: 'string' },
  read: (json) => (kindOf(json) === 'string' ? stringOf(json) : undefined),
  write: quote,
};

export const boolean: Codec<boolean> = {
  label: 'boolean',
  schema: { type: 'boolean' },
  read: (json) => (kindOf(json) === 'boolean' ? json === 'true' : undefined),
  write: (value) => asJsonText(String(value)),
};

/** Unsigned integer written with digits only, at most 2^53 − 1 (decision D18). */
export const unsigned: Codec<number> = {
  label: 'unsigned integer',
  schema: { type: 'integer', minimum: 0 },
  read: (json) => {
    if (!/^\d+$/.test(json)) return undefined;
    const value = Number(json);
    return Number.isSafeInteger(value) ? value : undefined;
  },
  write: (value) => asJsonText(String(value)),
};

export const token: Codec<Token> = {
  label: 'token',
  schema: { type: ['string', 'integer'], minLength: 1 },
  read: readToken,
  plainForm: 'token',
  write: writeToken,
};

/** Any JSON value, kept as text. */
export const value: Codec<JsonText> = {
  label: 'any JSON value',
  schema: {},
  read: (json) => json,
  write: (json) => json,
};

/** The codec with words about what the value means, for hovers and the reference. */
export function described<T>(codec: Codec<T>, description: string): Codec<T> {
  return { ...codec, schema: { ...codec.schema, description } };
}

/** One of a few fixed strings. */
export function oneOf<const T extends string>(...options: T[]): Codec<T> {
  return {
    label: options.map((option) => `"${option}"`).join(', '),
    schema: { type: 'string', enum: options },
    read: (json) => {
      const text = string.read(json); // Decoded: a string may be written with escapes.
      return options.find((option) => option === text);
    },
    write: quote,
  };
}

/** Names of keys: items that are not strings are skipped, a repeated name counts once (D25). */
export const keyNames: Codec<string[]> = {
  label: 'array of strings',
  schema: { type: 'array', items: { type: 'string' } },
  read: (json) => {
    if (kindOf(json) !== 'array') return undefined;
    const names = elementsOf(json).filter((item) => kindOf(item) === 'string');
    return [...new Set(names.map(stringOf))];
  },
  readInSteps: (json) =>
    setInSteps(json, (item) => (kindOf(item) === 'string' ? stringOf(item) : undefined)),
  plainForm: 'strings',
  write: (names) => writeList(names.map(quote)),
};

/** Tokens: items that are none are skipped, a repeated one counts once (D22, D25). */
export const tokens: Codec<Token[]> = {
  label: 'array of tokens',
  schema: { type: 'array', items: token.schema },
  read: (json) => {
    if (kindOf(json) !== 'array') return undefined;
    return [...new Set(elementsOf(json).flatMap((item) => readToken(item) ?? []))];
  },
  readInSteps: (json) => setInSteps(json, readToken),
  write: (items) => writeList(items.map(writeToken)),
};

/** An array whose items all have one type. */
export function listOf<T>(item: Codec<T>): Codec<T[]> {
  return {
    label: `array of ${item.label}`,
    schema: { type: 'array', items: item.schema },
    read: (json) => {
      if (kindOf(json) !== 'array') return undefined;
      const items = elementsOf(json).map((element) => item.read(element));
      return items.includes(undefined) ? undefined : (items as T[]);
    },
    *readInSteps(json) {
      if (kindOf(json) !== 'array') return undefined;
      const items: (T | undefined)[] = [];
      yield* partsInSteps(json, (element) => items.push(item.read(element)));
      return items.includes(undefined) ? undefined : (items as T[]);
    },
    write: (items) => writeList(items.map((each) => item.write(each))),
  };
}

/** An object whose names are user data: key → item, in order. */
export function mapOf<T>(item: Codec<T>): Codec<ReadonlyMap<string, T>> {
  return {
    label: `object: key → ${item.label}`,
    schema: { type: 'object', additionalProperties: item.schema },
    read: (json) => {
      if (kindOf(json) !== 'object') return undefined;
      const entries = new Map<string, T>();
      for (const [name, member] of membersOf(json)) {
        const read = item.read(member);
        if (read === undefined) return undefined;
        entries.set(name, read);
      }
      return entries;
    },
    write: (entries) => {
      let members = '';
      for (const [name, each] of entries) {
        members += `${members === '' ? '' : ','}${quote(name)}:${item.write(each)}`;
      }
      return asJsonText(`{${members}}`);
    },
  };
}

/** An object whose names and values are user data: key → value, in order. */
export const values: Codec<ReadonlyMap<string, JsonText>> = {
  ...mapOf(value),
  read: (json) => (kindOf(json) === 'object' ? membersOf(json) : undefined),
  *readInSteps(json) {
    return kindOf(json) === 'object' ? yield* membersInSteps(json) : undefined;
  },
  plainForm: 'members',
};

/** The type, or null. */
export function nullable<T>(inner: Codec<T>): Codec<T | null> {
  return {
    label: `${inner.label} or null`,
    schema: inner.schema,
    read: (json) => (json === jsonNull ? null : inner.read(json)),
    write: (each) => (each === null ? jsonNull : inner.write(each)),
  };
}

/** A member of {@link object} that may be absent: undefined on the inside. */
export interface OptionalMember<T> {
  readonly optional: Codec<T>;
}

export function optional<T>(inner: Codec<T>): OptionalMember<T> {
  return { optional: inner };
}

type Member = Codec<unknown> | OptionalMember<unknown>;

/** The object type that a shape describes. */
export type ObjectOf<S extends Record<string, Member>> = {
  readonly [K in keyof S as S[K] extends Codec<unknown> ? K : never]: Decoded<S[K]>;
} & {
  readonly [K in keyof S as S[K] extends OptionalMember<unknown> ? K : never]?:
    | (S[K] extends OptionalMember<infer T> ? T : never)
    | undefined;
};

/**
 * An object with fixed member names, written in the order of the shape. Other members are
 * ignored when reading; a missing or ill-typed one makes the whole unreadable.
 */
export function object<S extends Record<string, Member>>(shape: S): Codec<ObjectOf<S>> {
  const members = Object.entries<Member>(shape);
  const known = members.map(([name, member]) => ({
    name,
    head: `"${name}":`,
    codec: codecOf(member),
    isOptional: 'optional' in member,
  }));
  return {
    label: 'object',
    schema: schemaOfShape(members),
    members: known,
    read: (json) => readShape<ObjectOf<S>>(members, json),
    readInSteps: (json) => readMembersInSteps<ObjectOf<S>>(known, json),
    write: (each) => writeShape(known, each),
  };
}

function schemaOfShape(members: [string, Member][]): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  for (const [name, member] of members) properties[name] = codecOf(member).schema;
  const required = members.filter(([, member]) => 'read' in member).map(([name]) => name);
  return { type: 'object', properties, required };
}

function readShape<T>(members: [string, Member][], json: JsonText): T | undefined {
  if (kindOf(json) !== 'object') return undefined;
  const given = membersOf(json);
  const result: Record<string, unknown> = {};
  for (const [name, member] of members) {
    const text = given.get(name);
    if (text === undefined && 'optional' in member) continue;
    const read = text === undefined ? undefined : codecOf(member).read(text);
    if (read === undefined) return undefined;
    result[name] = read;
  }
  return result as T;
}

function writeShape(members: readonly KnownMember[], each: Record<string, unknown>): JsonText {
  let written = '';
  for (const { name, head, codec } of members) {
    const field = each[name];
    if (field !== undefined) written += `${written === '' ? '' : ','}${head}${codec.write(field)}`;
  }
  return asJsonText(`{${written}}`);
}

function codecOf(member: Member): Codec<unknown> {
  return 'optional' in member ? member.optional : member;
}

function writeList(items: JsonText[]): JsonText {
  return asJsonText(`[${items.join(',')}]`);
}
