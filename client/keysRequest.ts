import type { StatusName } from '../protocol/status.ts';
import type { Request } from './call.ts';
import { commandFacts } from './commandFacts.ts';
import type { CommandReply } from './commandTypes.ts';
import { asciiMessageOf, messageOf, type Message } from './message.ts';
import { plainStatuses, plainValue } from './plainReply.ts';
import { isPlain, isPlainName } from './plainText.ts';
import { resultOf, type Reply } from './reply.ts';
import { writeStored, type Json } from './storedText.ts';

// The two most frequent commands, which take the shortest way: what is the same in each message of a session is
// written once.

/** What messages about a session begin with: requests up to the keys, replies up to the first one. */
interface Heads {
  readonly request: string;
  readonly reply: string;
  /** Whether the token is plain, as those that servers make are. */
  readonly isPlain: boolean;
}

function headsOf(command: 'KV_SET' | 'KV_GET', token: string): Heads {
  const tkn = writeStored(token);
  return {
    request: `{"${command}":{"tkn":${tkn},"keys":`,
    reply: `{"${commandFacts[command].replyName}":{"tkn":${tkn},"keys":{`,
    isPlain: isPlain(tkn, 1, tkn.length - 1),
  };
}

/** The heads of one session. */
export class KeysHeads {
  readonly #token: string;
  #set: Heads | undefined;
  #get: Heads | undefined;

  constructor(token: string) {
    this.#token = token;
  }

  /** @throws {ValueError} when the token is no text that JSON can have. */
  get set(): Heads {
    this.#set ??= headsOf('KV_SET', this.#token);
    return this.#set;
  }

  /** @throws {ValueError} as {@link set} does. */
  get get(): Heads {
    this.#get ??= headsOf('KV_GET', this.#token);
    return this.#get;
  }
}

/** Stores keys. */
export class SetKeys implements Request<Readonly<Record<string, StatusName>>> {
  readonly command = 'KV_SET';
  readonly #heads: KeysHeads;
  readonly #values: unknown;
  /** Empty: not all of them are plain, or the token or the object is not. */
  #names: readonly string[] = [];

  constructor(heads: KeysHeads, values: unknown) {
    this.#heads = heads;
    this.#values = values;
  }

  write(): Message {
    const { set } = this.#heads;
    const values = this.#values;
    if (set.isPlain && isPlainObject(values)) {
      const names = Object.keys(values);
      if (names.every(isPlainName)) this.#names = names;
      const text = writePlain(set.request, values, this.#names);
      if (text !== undefined) return asciiMessageOf(text);
    }
    return messageOf(`${set.request}${writeStored(values, 'keys')}}}`);
  }

  read(reply: Reply | null): Readonly<Record<string, StatusName>> {
    return keysOf('KV_SET', reply);
  }

  readPlain(text: string): Readonly<Record<string, StatusName>> | undefined {
    return plainStatuses(text, this.#heads.set.reply, this.#names);
  }
}

/** Reads keys. */
export class GetKeys implements Request<Readonly<Record<string, Json>>> {
  readonly command = 'KV_GET';
  readonly #heads: KeysHeads;
  readonly #names: readonly string[];
  /** The only one, if it is plain and the token too. */
  #name: string | undefined;

  constructor(heads: KeysHeads, names: readonly string[]) {
    this.#heads = heads;
    this.#names = names;
  }

  write(): Message {
    const { get } = this.#heads;
    const name = get.isPlain ? onlyName(this.#names) : undefined;
    if (name === undefined) {
      return messageOf(`${get.request}${writeStored(this.#names, 'keys')}}}`);
    }
    this.#name = name;
    return asciiMessageOf(`${get.request}["${name}"]}}`);
  }

  read(reply: Reply | null): Readonly<Record<string, Json>> {
    return keysOf('KV_GET', reply);
  }

  readPlain(text: string): Readonly<Record<string, Json>> | undefined {
    const name = this.#name;
    if (name === undefined) return undefined;
    const value = plainValue(text, this.#heads.get.reply, name);
    return value === undefined ? undefined : { [name]: value };
  }
}

/** The name, where it is the only one and plain. */
function onlyName(names: readonly string[]): string | undefined {
  // Programs without types may give something else than an array of strings, which the server refuses.
  if (!Array.isArray(names) || names.length !== 1) return undefined;
  const name: unknown = names[0];
  return typeof name === 'string' && isPlainName(name) ? name : undefined;
}

type Members = Readonly<Record<string, unknown>>;

/** Whether it is written by its members, whatever they are. */
function isPlainObject(values: unknown): values is Members {
  if (typeof values !== 'object' || values === null) return false;
  return Object.getPrototypeOf(values) === Object.prototype && !('toJSON' in values);
}

/**
 * Writes a KV_SET with plain strings for values, which takes fewer steps than writing any values.
 * @param names Of the members; all of them plain.
 * @returns undefined: there is another value, or none.
 */
function writePlain(head: string, members: Members, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  let text = head;
  let mark = '{"';
  for (const name of names) {
    const value = members[name];
    if (typeof value !== 'string' || !isPlain(value)) return undefined;
    text += `${mark}${name}":"${value}`;
    mark = '","';
  }
  return `${text}"}}}`;
}

/** The catalog's types say what the reply to the command is. */
function keysOf<N extends 'KV_SET' | 'KV_GET'>(
  command: N,
  reply: Reply | null,
): CommandReply<N>['keys'] {
  return ((reply && resultOf(command, reply)) as CommandReply<N>).keys;
}
