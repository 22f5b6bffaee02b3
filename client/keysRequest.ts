import type { StatusName } from '../protocol/status.ts';
import type { Request } from './call.ts';
import { commandFacts } from './commandFacts.ts';
import type { CommandReply } from './commandTypes.ts';
import { plainStatuses, plainValue } from './plainReply.ts';
import { resultOf, type Reply } from './reply.ts';
import { writeStored, type Json } from './storedText.ts';

// The two most frequent commands, which take the shortest way: what is the same in each message of a session is
// written once.

/** What messages about a session begin with: requests up to the keys, replies up to the first one. */
interface Heads {
  readonly request: string;
  readonly reply: string;
}

function headsOf(command: 'KV_SET' | 'KV_GET', token: string): Heads {
  const tkn = writeStored(token);
  return {
    request: `{"${command}":{"tkn":${tkn},"keys":`,
    reply: `{"${commandFacts[command].replyName}":{"tkn":${tkn},"keys":{`,
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
  readonly #values: object;
  #names: readonly string[] = [];

  constructor(heads: KeysHeads, values: object) {
    this.#heads = heads;
    this.#values = values;
  }

  write(): string {
    const text = `${this.#heads.set.request}${writeStored(this.#values, 'keys')}}}`;
    this.#names = Object.keys(this.#values);
    return text;
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

  constructor(heads: KeysHeads, names: readonly string[]) {
    this.#heads = heads;
    this.#names = names;
  }

  write(): string {
    return `${this.#heads.get.request}${writeStored(this.#names, 'keys')}}}`;
  }

  read(reply: Reply | null): Readonly<Record<string, Json>> {
    return keysOf('KV_GET', reply);
  }

  readPlain(text: string): Readonly<Record<string, Json>> | undefined {
    const { 0: name, length } = this.#names;
    if (name === undefined || length > 1) return undefined;
    const value = plainValue(text, this.#heads.get.reply, name);
    return value === undefined ? undefined : { [name]: value };
  }
}

/** The catalog's types say what the reply to the command is. */
function keysOf<N extends 'KV_SET' | 'KV_GET'>(
  command: N,
  reply: Reply | null,
): CommandReply<N>['keys'] {
  return ((reply && resultOf(command, reply)) as CommandReply<N>).keys;
}
