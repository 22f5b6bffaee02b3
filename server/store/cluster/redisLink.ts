import { setTimeout as wait } from 'node:timers/promises';
import type { Cluster, Redis } from 'ioredis';
import type { Log } from '../../log.ts';
import { unavailable } from '../refusals.ts';
import { libraryCode, libraryName } from './library.ts';
import { attemptOf, type Again, type Attempt } from './outcomes.ts';
import type { Reply } from './replies.ts';
import type { Result } from '../../../protocol/result.ts';
import type { Refusal } from '../../../protocol/wire/reply.ts';

/** Where a node is. */
export interface NodeAddress {
  readonly host: string;
  readonly port: number;
}

/** How to reach Redis or Valkey. */
export interface RedisAccess {
  /** One, or some of the nodes of a cluster. */
  readonly nodes: readonly NodeAddress[];
  /** `auto`: the first node that answers is asked. */
  readonly cluster: 'auto' | 'on' | 'off';
  readonly isTls: boolean;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** How long a request may wait for a node, in milliseconds. */
  readonly waitMs: number;
}

/** A call of a function of the library. */
export interface FunctionCall {
  readonly name: string;
  readonly keys: readonly string[];
  readonly args: readonly string[];
}

/** Receives what is published; without a message: some may have been lost. */
export type FeedListener = (message: Buffer | undefined) => void;

/** Pause before a call is sent again that was not carried out, in milliseconds. */
const pauseMs = 50;

/** The connections to the nodes. Errors of theirs come out as refusals. */
export class RedisLink {
  readonly waitMs: number;
  readonly #access: RedisAccess;
  readonly #log: Log;
  #client: Redis | Cluster | undefined;
  #loading: Promise<void> | undefined;
  #pending = 0;
  readonly #idle: (() => void)[] = [];
  #subscriber: Redis | Cluster | undefined;

  constructor(access: RedisAccess, log: Log) {
    this.#access = access;
    this.#log = log;
    this.waitMs = access.waitMs;
  }

  /** Connects, and brings the library to every node. Rejects with one line for the operator. */
  async open(): Promise<void> {
    this.#client = await this.#connect();
    await this.#load();
  }

  async close(): Promise<void> {
    this.#subscriber?.disconnect();
    this.#client?.disconnect();
  }

  /** Sends a call once. */
  send({ name, keys, args }: FunctionCall): Promise<Attempt> {
    const client = this.#client;
    if (!client) return Promise.resolve(unavailable());
    const sent = client.callBuffer(
      'fcall',
      `${libraryName}_${name}`,
      keys.length,
      ...keys,
      ...args,
    );
    const attempt = attemptOf(sent, (error) => this.#log.warn(`Redis: ${error.message}`));
    this.#pending += 1;
    void attempt.then(() => {
      this.#pending -= 1;
      if (this.#pending === 0) for (const resolve of this.#idle.splice(0)) resolve();
    });
    return attempt;
  }

  /** Settles when all that was sent has its outcome. */
  async whenIdle(): Promise<void> {
    if (this.#pending === 0) return;
    await new Promise<void>((resolve) => {
      this.#idle.push(resolve);
    });
  }

  /** Sends a call that is about many sessions, again and again while nodes do not carry it out. */
  async call(call: FunctionCall): Promise<Result<Reply, Refusal>> {
    const endMs = performance.now() + this.waitMs;
    for (;;) {
      const attempt = await this.send(call);
      if (attempt.ok !== undefined) return attempt;
      if (performance.now() > endMs) return unavailable();
      await this.pause(attempt);
    }
  }

  /** Settles when calls that were not carried out may be sent again. */
  async pause({ isForgotten }: Again): Promise<void> {
    if (!isForgotten) {
      await wait(pauseMs);
      return;
    }
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    await this.#loading.catch(() => wait(pauseMs));
  }

  /** Brings the library to all nodes that take writes. */
  async #load(): Promise<void> {
    const nodes = await this.#masters();
    await Promise.all(nodes.map(async (node) => node.function('LOAD', 'REPLACE', libraryCode)));
  }

  async #masters(): Promise<Redis[]> {
    const client = this.#client;
    if (!client) return [];
    return 'nodes' in client ? client.nodes('master') : [client];
  }

  /** Follows channels; one after the other, and until {@link unsubscribe}. */
  async subscribe(channels: readonly string[], listener: FeedListener): Promise<void> {
    const client = await this.#connect();
    this.#subscriber = client;
    client.on('smessageBuffer', (_: Buffer, message: Buffer) => listener(message));
    client.on('ready', () => listener(undefined));
    // Sent together; a cluster takes one channel in a command.
    await Promise.all(channels.map(async (channel) => client.ssubscribe(channel)));
  }

  unsubscribe(): void {
    this.#subscriber?.disconnect();
    this.#subscriber = undefined;
  }

  /** Settles when all that was published before has been received, for tests. */
  async whenReceived(): Promise<void> {
    await this.#subscriber?.ping();
  }

  async #connect(): Promise<Redis | Cluster> {
    // Loaded late, so that a server without it starts as fast as before.
    const { Redis, Cluster } = await import('ioredis');
    const { nodes, cluster, isTls, username, password, waitMs } = this.#access;
    const shared = {
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password }),
      ...(isTls && { tls: {} }),
      // What may have been carried out is not sent a second time.
      autoResendUnfulfilledCommands: false,
      commandTimeout: waitMs,
      connectTimeout: waitMs,
      disableClientInfo: true,
    };
    const [first] = nodes;
    if (cluster === 'on') {
      const client = new Cluster([...nodes], {
        redisOptions: shared,
        lazyConnect: true,
        enableOfflineQueue: false,
        retryDelayOnFailover: 0,
        retryDelayOnClusterDown: 0,
        shardedSubscribers: true,
        slotsRefreshInterval: 2000,
        clusterRetryStrategy: (times) => Math.min(50 * times, 500),
      });
      client.on('error', () => undefined);
      await client.connect();
      return client;
    }
    const client = new Redis({
      ...shared,
      ...first,
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (times) => Math.min(50 * times, 500),
    });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }
}
