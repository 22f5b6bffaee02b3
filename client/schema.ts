import { SchemaError } from './errors.ts';
import type { Json } from './storedText.ts';

/** A schema of any library that follows Standard Schema, version 1 (standardschema.dev). */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

/** What a schema says of a value. */
export type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string }[] };

/** A schema for each key that a session may have. */
export type Schemas = Readonly<Record<string, StandardSchema>>;

type Types<S> = S extends StandardSchema ? NonNullable<S['~standard']['types']> : never;

/** What may be stored, by key. */
export type Stored<S extends Schemas> = string extends keyof S
  ? { readonly [key: string]: unknown } | ReadonlyMap<string, unknown>
  : { readonly [K in keyof S]?: Types<S[K]>['input'] };

/** What a key holds, as the application gets it. */
export type Held<S extends Schemas, K> = string extends keyof S
  ? Json
  : K extends keyof S
    ? Types<S[K]>['output']
    : never;

/** Decoded values by key; null if the key does not exist. */
export type Values<S extends Schemas, K> = { readonly [N in K & string]: Held<S, N> | null };

/** Names of the keys. */
export type KeyOf<S extends Schemas> = keyof S & string;

/**
 * Refuses values that do not fit their schemas, before they are stored. They are stored as given.
 * @throws {SchemaError}
 */
export async function checkStored(schemas: Schemas, values: object): Promise<void> {
  const entries = values instanceof Map ? values.entries() : Object.entries(values);
  for (const [key, value] of entries) {
    if (value !== undefined) await heldValue(schemas, String(key), value);
  }
}

/**
 * The value of a key as its schema gives it.
 * @throws {SchemaError} when it does not fit, or there is no schema for the key.
 */
export async function heldValue(schemas: Schemas, key: string, value: unknown): Promise<unknown> {
  const schema = Object.hasOwn(schemas, key) ? schemas[key] : undefined;
  if (!schema) throw new SchemaError(key, [{ message: 'there is no schema for this key' }]);
  const result = await schema['~standard'].validate(value);
  if (result.issues) throw new SchemaError(key, result.issues);
  return result.value;
}

/** As {@link heldValue}, of several keys; null stays. */
export async function heldValues(
  schemas: Schemas,
  found: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const held: [string, unknown][] = [];
  for (const [key, value] of Object.entries(found)) {
    held.push([key, value === null ? null : await heldValue(schemas, key, value)]);
  }
  return Object.fromEntries(held);
}
