import {
  asJsonText,
  membersOf,
  kindOf,
  jsonNull,
  type JsonText,
} from '../protocol/json/jsonText.ts';
import { answered, statusIn, type Caller } from './caller.ts';
import type { CallOptions } from './calls.ts';
import { CommandError, SeshdeckError } from './errors.ts';
import { resultOf, type Reply } from './reply.ts';
import { RawJson } from './storedText.ts';

/** A stored value, as text and decoded; undefined if the key does not exist. */
type Present = { readonly text: JsonText; readonly value: unknown } | undefined;

interface Change {
  readonly token: string;
  readonly key: string;
  readonly options: CallOptions;
  /** undefined stands for "no such key", both ways. */
  readonly next: (value: unknown) => Promise<unknown>;
}

/** How often others may be faster. */
const maxAttempts = 100;

/**
 * Reads the value of a key, and stores what `next` makes of it if the key still has the very same text.
 * @throws {CommandError} `ValueChanged` when others were faster too often.
 */
export async function changeValue(caller: Caller, change: Change): Promise<unknown> {
  const { token: tkn, key, options, next } = change;
  let present = await read(caller, change);
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const value = await next(present?.value);
    if (!present && value === undefined) return undefined;
    const old = present && new RawJson(present.text);
    const reply = answered('KV_CAS', await caller.ask('KV_CAS', { tkn, key, old, value }, options));
    const { st } = resultOf('KV_CAS', reply) as { st: number }; // As the catalog has it.
    const outcomes = ['KeySet', 'KeyUpdated', 'KeyRemoved', 'ValueChanged'] as const;
    if (statusIn('KV_CAS', { st }, outcomes) !== 'ValueChanged') return value;
    present = presentIn(reply);
  }
  throw new CommandError('KV_CAS', 'ValueChanged');
}

/** What KV_GET gives. It has null for "no such key" too, so KV_CONTAINS is asked as well. */
async function read(caller: Caller, { token: tkn, key, options }: Change): Promise<Present> {
  const [found, { keys: isThere }] = await Promise.all([
    caller.ask('KV_GET', { tkn, keys: [key] }, options),
    caller.call('KV_CONTAINS', { tkn, keys: [key] }, options),
  ]);
  const reply = answered('KV_GET', found);
  const { keys } = resultOf('KV_GET', reply) as { keys: Record<string, unknown> }; // As the catalog has it.
  const text = memberOf(memberOf(bodyOf(reply), 'keys'), key);
  const isMissing = text === jsonNull && isThere[key] !== true;
  return text === undefined || isMissing ? undefined : { text, value: keys[key] };
}

/** What KV_CAS says when the value is another. */
function presentIn(reply: Reply): Present {
  const text = memberOf(bodyOf(reply), 'value');
  return text === undefined ? undefined : { text, value: reply.body['value'] };
}

function bodyOf(reply: Reply): JsonText {
  // Checked when it came; servers write without white space.
  const body = memberOf(asJsonText(reply.text), reply.name);
  if (body === undefined) throw new SeshdeckError('The reply is no message');
  return body;
}

function memberOf(json: JsonText | undefined, name: string): JsonText | undefined {
  const isObject = json !== undefined && kindOf(json) === 'object';
  return isObject ? membersOf(json).get(name) : undefined;
}
