import type { Clock } from '../protocol/clock.ts';
import type { CommandName } from '../protocol/commands/catalog.ts';
import { Caller, statusIn } from './caller.ts';
import { Calls, type CallOptions } from './calls.ts';
import type { CommandParams, CommandReply } from './commandTypes.ts';
import { writeExpiry, type Expiry } from './expiry.ts';
import { Link } from './link.ts';
import type { Settings } from './options.ts';
import type { Schemas } from './schema.ts';
import { Session, type Watch } from './session.ts';
import { socketClass } from './socket.ts';
import { StatusFeed, type StatusEvent } from './statusFeed.ts';
import { watchSession } from './watch.ts';

/** What a new session is to be. */
export interface NewSession<S extends Schemas> {
  /** Not empty; it need not be unique unless the session is shared. */
  readonly name: string;
  /** Others can open it by its name. Default: false. */
  readonly shared?: boolean;
  /** Default: it never expires. */
  readonly expiry?: Expiry;
  /** A schema for each key; then there are no others. */
  readonly schemas?: S;
}

/** What tests hand in. */
export interface ClientParts {
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/**
 * A connection to a server, made again when it is lost. Commands are sent at once, in the order of the calls,
 * and any number may be under way.
 */
export class Client {
  readonly #calls: Calls;
  readonly #caller: Caller;
  readonly #link: Link;
  readonly #feed = new StatusFeed();
  readonly #watch: Watch;
  #closing: Promise<void> | undefined;

  constructor(settings: Settings, { clock, random }: ClientParts) {
    const { addresses, limits, numbers, trace, delays, connectTimeoutMs } = settings;
    const shared = {
      addresses,
      socketClass: socketClass(settings.socketClass),
      delays,
      connectTimeoutMs,
      clock,
      random,
    };
    this.#link = new Link({
      ...shared,
      onStatus: (event) => this.#feed.post(event),
      onOpen: () => this.#calls.opened(),
      onData: (data) => this.#calls.arrived(data),
      onLost: (code) => this.#calls.lost(code),
      onFault: (error) => void this.#end(error),
    });
    this.#calls = new Calls({ limits, numbers, clock, sender: this.#link });
    this.#caller = new Caller({ calls: this.#calls, trace, addressOf: () => this.#link.address });
    const { inspectionKey } = settings;
    this.#watch = (token, signal) =>
      watchSession({ ...shared, inspectionKey, numbers }, token, signal);
    this.#link.start();
  }

  /** Any command, by the names of the protocol. Refusals are a CommandError. */
  call<N extends CommandName>(
    command: N,
    params: CommandParams<N>,
    options?: CallOptions,
  ): Promise<CommandReply<N>> {
    return this.#caller.call(command, params, options);
  }

  /** Creates a session. `SessionNewFail` when a shared one of this name exists. */
  async newSession<S extends Schemas = Schemas>(
    { name, shared, expiry, schemas }: NewSession<S>,
    options?: CallOptions,
  ): Promise<Session<S>> {
    const params = { name, shared, expiry: expiry && writeExpiry(expiry) };
    const reply = await this.call('SH_NEW', params, options);
    statusIn('SH_NEW', reply, ['Ok']);
    return this.session(reply.tkn, schemas);
  }

  /** The shared session of a name, created if there is none: then `expiry` counts. */
  async sharedSession<S extends Schemas = Schemas>(
    { name, expiry, schemas }: Omit<NewSession<S>, 'shared'>,
    options?: CallOptions,
  ): Promise<Session<S>> {
    const params = { name, shared: true, expiry: expiry && writeExpiry(expiry) };
    const reply = await this.call('SH_NEW', params, options);
    statusIn('SH_NEW', reply, ['Ok', 'SessionNewFail']);
    return this.session(reply.tkn, schemas);
  }

  /** The shared session of a name; undefined: there is none. */
  async openSession<S extends Schemas = Schemas>(
    name: string,
    { schemas, ...options }: CallOptions & { readonly schemas?: S } = {},
  ): Promise<Session<S> | undefined> {
    const reply = await this.call('SH_OPEN', { name }, options);
    statusIn('SH_OPEN', reply, ['Ok', 'SessionOpenFail']);
    return reply.tkn === null ? undefined : this.session(reply.tkn, schemas);
  }

  /** The session of a token, which is not asked for: a command to one that has ended is `SessionNotExist`. */
  session<S extends Schemas = Schemas>(token: string, schemas?: S): Session<S> {
    return new Session({ caller: this.#caller, token, schemas, watch: this.#watch });
  }

  /** What happens to the connection: how it is now, then every change, until the client is closed. */
  status(): AsyncGenerator<StatusEvent, void, undefined> {
    return this.#feed.read();
  }

  /**
   * Waits until every call has its reply, or its time is over, and closes the connection. New calls are refused with
   * `closed` from now on.
   */
  async drain(): Promise<void> {
    if (this.#closing) return this.#closing;
    this.#feed.post({ type: 'draining' });
    await this.#calls.drain();
    await this.#end();
  }

  /** Closes the connection now. Calls that have no reply are given up. */
  close(): Promise<void> {
    return this.#end();
  }

  /** As {@link drain}, at the end of an `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.drain();
  }

  #end(error?: Error): Promise<void> {
    this.#closing ??= this.#close(error);
    return this.#closing;
  }

  async #close(error?: Error): Promise<void> {
    this.#calls.close(error);
    await this.#link.close();
    this.#feed.post(error ? { type: 'closed', error } : { type: 'closed' });
  }
}
