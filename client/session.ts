import type { StatusName } from '../protocol/status.ts';
import { statusIn, type Caller } from './caller.ts';
import type { CallOptions } from './calls.ts';
import { changeValue } from './changeValue.ts';
import type { CommandParams, CommandReply, SessionCommand } from './commandTypes.ts';
import type { ExactNumber } from './exactNumber.ts';
import { readExpiry, type ExpiryChange, type SessionExpiry } from './expiry.ts';
import {
  checkStored,
  heldValue,
  heldValues,
  type Held,
  type KeyOf,
  type Schemas,
  type Stored,
  type Values,
} from './schema.ts';
import { GetKeys, KeysHeads, SetKeys } from './keysRequest.ts';
import type { Json } from './storedText.ts';
import type { SessionChange } from './watch.ts';

/** What became of each key. */
export type KeyOutcomes = Readonly<Record<string, StatusName>>;

/** What a session is now. */
export interface SessionInfo {
  readonly isShared: boolean;
  readonly keyCount: number;
  /** null: it never expires. */
  readonly expiry: SessionExpiry | null;
}

/** Where to search: `keys` names some; absent: all are searched. */
export interface FindOptions extends CallOptions {
  readonly keys?: readonly string[];
}

/** What is needed of the client. */
export interface SessionParts<S extends Schemas> {
  readonly caller: Caller;
  readonly token: string;
  readonly schemas: S | undefined;
  readonly watch: Watch;
}

/** Opens a watch on the session of a token. */
export type Watch = (
  token: string,
  signal: AbortSignal | undefined,
) => AsyncGenerator<SessionChange, void, undefined>;

/** A session of the server: a map of keys with one token and one expiry. All values live on the server. */
export class Session<S extends Schemas = Schemas> {
  /** With it anybody can read and change the session. */
  readonly token: string;
  readonly #heads: KeysHeads;
  readonly #caller: Caller;
  readonly #schemas: S | undefined;
  readonly #watch: Watch;

  constructor({ caller, token, schemas, watch }: SessionParts<S>) {
    this.token = token;
    this.#heads = new KeysHeads(token);
    this.#caller = caller;
    this.#schemas = schemas;
    this.#watch = watch;
  }

  /** Any command about this session, by the names of the protocol, without `tkn`. */
  call<N extends SessionCommand>(
    command: N,
    params: Omit<CommandParams<N>, 'tkn'>,
    options?: CallOptions,
  ): Promise<CommandReply<N>> {
    const whole = { tkn: this.token, ...params } as CommandParams<N>; // With the one that is omitted.
    return this.#caller.call(command, whole, options);
  }

  /** Stores keys. Those that are not named stay as they are. */
  set(values: Stored<S>, options?: CallOptions): Promise<KeyOutcomes> {
    const set = () => this.#caller.send(new SetKeys(this.#heads, values), options);
    return this.#schemas ? checkStored(this.#schemas, values).then(set) : set();
  }

  /** Stores the keys that are not there yet. */
  async add(values: Stored<S>, options?: CallOptions): Promise<KeyOutcomes> {
    if (this.#schemas) await checkStored(this.#schemas, values);
    return (await this.call('KV_ADD', { keys: values }, options)).keys;
  }

  /** As {@link set}, but the server sends no reply: a later one proves that it is done. */
  async setQuietly(values: Stored<S>, options?: CallOptions): Promise<void> {
    if (this.#schemas) await checkStored(this.#schemas, values);
    await this.call('KV_SETQ', { keys: values }, options);
  }

  /** Removes every key and stores these, in one step. @returns How many were removed. */
  async replaceAll(values: Stored<S>, options?: CallOptions): Promise<number> {
    if (this.#schemas) await checkStored(this.#schemas, values);
    return (await this.call('KV_CLEAR_SET', { keys: values }, options)).cnt;
  }

  /** Reads keys; null: there is none. */
  get<K extends KeyOf<S>>(names: readonly K[], options?: CallOptions): Promise<Values<S, K>> {
    const found = this.#caller.send(new GetKeys(this.#heads, names), options);
    // Without schemas: the keys that were asked for.
    return this.#schemas
      ? found.then((keys) => this.#held<K>(keys))
      : (found as Promise<Values<S, K>>);
  }

  /** Reads keys and removes them in one step: of several clients, one gets the value. */
  async take<K extends KeyOf<S>>(
    names: readonly K[],
    options?: CallOptions,
  ): Promise<Values<S, K>> {
    const { keys } = await this.call('KV_TAKE', { keys: names }, options);
    return this.#held<K>(keys);
  }

  async remove(names: readonly KeyOf<S>[], options?: CallOptions): Promise<KeyOutcomes> {
    return (await this.call('KV_RMV', { keys: names }, options)).keys;
  }

  /** Removes every key. @returns How many there were. */
  async clear(options?: CallOptions): Promise<number> {
    return (await this.call('KV_CLEAR', {}, options)).cnt;
  }

  async count(options?: CallOptions): Promise<number> {
    return (await this.call('KV_COUNT', {}, options)).cnt;
  }

  /** Names of all keys, in the order in which they were first stored. */
  async keys(options?: CallOptions): Promise<readonly string[]> {
    return (await this.call('KV_KEYS', {}, options)).keys;
  }

  /** Which keys are there; one that holds null is. */
  async has<K extends KeyOf<S>>(
    names: readonly K[],
    options?: CallOptions,
  ): Promise<{ readonly [N in K]: boolean }> {
    const { keys } = await this.call('KV_CONTAINS', { keys: names }, options);
    return keys as { readonly [N in K]: boolean }; // All that were asked for.
  }

  /** Adds to a whole number, exactly. @returns The new one. A key that is not there counts as 0. */
  async increment(
    key: KeyOf<S>,
    by: number | bigint | ExactNumber = 1,
    options?: CallOptions,
  ): Promise<number | bigint | ExactNumber> {
    const { value } = await this.call('KV_INCR', { key, by }, options);
    return value as number | bigint | ExactNumber; // The catalog: a whole number.
  }

  /** Appends to the array that a key holds, or to the member `name` of the object that it holds. */
  async append(
    key: KeyOf<S>,
    items: readonly unknown[],
    { name, ...options }: CallOptions & { readonly name?: string } = {},
  ): Promise<void> {
    const reply = await this.call('KV_ARR_APPEND', { key, items, name }, options);
    statusIn('KV_ARR_APPEND', reply, ['Ok']);
  }

  /** Replaces what a JSON path selects in the value of a key. @returns How many places. */
  async update(
    key: KeyOf<S>,
    { path, value }: { readonly path: string; readonly value: unknown },
    options?: CallOptions,
  ): Promise<number> {
    const reply = await this.call('KV_UPDATE', { key, path, value }, options);
    statusIn('KV_UPDATE', reply, ['Ok']);
    return reply.cnt;
  }

  /** Keys with their values where a JSON path selects something. */
  async find(
    path: string,
    { keys, ...options }: FindOptions = {},
  ): Promise<Readonly<Record<string, Json>>> {
    const reply = await this.call('KV_FIND', { path, rsp: 'kv', keys }, options);
    return reply.keys as Readonly<Record<string, Json>>; // The form that "kv" asks for.
  }

  /**
   * Changes the value of a key by what it is now, even if others change it too: `next` is called again when somebody was
   * faster. It is called with undefined if the key does not exist, and removes the key by returning undefined.
   * @returns The value that is stored now.
   */
  async change<K extends KeyOf<S>>(
    key: K,
    next: (value: Held<S, K> | undefined) => unknown,
    options: CallOptions = {},
  ): Promise<unknown> {
    const schemas = this.#schemas;
    return changeValue(this.#caller, {
      token: this.token,
      key,
      options,
      next: async (value) => {
        const isThere = value !== undefined && schemas;
        const held = isThere ? await heldValue(schemas, key, value) : value;
        const changed = next(held as Held<S, K> | undefined); // By the schema, or any JSON.
        if (schemas && changed !== undefined) await heldValue(schemas, key, changed);
        return changed;
      },
    });
  }

  async info(options?: CallOptions): Promise<SessionInfo> {
    const reply = await this.call('SH_INFO', {}, options);
    statusIn('SH_INFO', reply, ['Ok']);
    const { shared, keyCnt, expiry } = reply;
    return {
      isShared: shared ?? false,
      keyCount: keyCnt ?? 0,
      expiry: expiry ? readExpiry(expiry) : null,
    };
  }

  /** Starts the session's time again, or gives it another. @returns Its expiry now; null: none. */
  async touch(
    { seconds, endSession }: ExpiryChange = {},
    options?: CallOptions,
  ): Promise<SessionExpiry | null> {
    const change = { duration: seconds, deleteSession: endSession };
    return readExpiry((await this.call('SH_TOUCH', change, options)).expiry);
  }

  /** Ends the session with all its keys. @returns false: it was gone. */
  async end(options?: CallOptions): Promise<boolean> {
    const reply = await this.call('SH_END', {}, options);
    return statusIn('SH_END', reply, ['Ok', 'SessionNotExist']) === 'Ok';
  }

  /**
   * What the session holds, then what changes, by any client. Needs `inspectionKey` in `connect`, with the right to
   * see values. Each loop has a connection, which ends with it. Values are not checked by schemas.
   */
  watch({ signal }: Pick<CallOptions, 'signal'> = {}): AsyncGenerator<
    SessionChange,
    void,
    undefined
  > {
    return this.#watch(this.token, signal);
  }

  /** The values as the application gets them. */
  #held<K extends KeyOf<S>>(
    found: Readonly<Record<string, Json>>,
  ): Values<S, K> | Promise<Values<S, K>> {
    // The keys that were asked for.
    return this.#schemas
      ? (heldValues(this.#schemas, found) as Promise<Values<S, K>>)
      : (found as Values<S, K>);
  }
}
