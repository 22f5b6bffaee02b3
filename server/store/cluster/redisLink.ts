import { setTimeout as wait } from 'node:timers/promises';
import type { Cluster, Redis } from 'ioredis';
import type { Result } from '../../../protocol/result.ts';
import type { Refusal } from '../../../protocol/wire/reply.ts';
import type { Log } from '../../log.ts';
import { unavailable } from '../refusals.ts';
import type { StoreStatus } from '../storeStatus.ts';
import { connect, nameOf } from './connect.ts';
import { FaultLog } from './faultLog.ts';
import { FunctionCalls, lengthOf, type FunctionCall } from './functionCalls.ts';
import { libraryCode } from './library.ts';
import { Nodes } from './nodes.ts';
import { attemptOf, type Again, type Attempt } from './outcomes.ts';
import type { RedisAccess } from './redisAccess.ts';
import { Replication } from './replication.ts';
import type { Reply } from './replies.ts';

/** Receives what is published. */
export interface FeedListener {
  readonly onMessage: (channel: string, message: Buffer) => void;
  /** The connection was lost, and is there again. */
  readonly onReconnected: () => void;
}

/** Channels that are followed. */
export interface Subscription {
  readonly leave: () => void;
  /** Settles when all that was published before has been received, for tests. */
  readonly whenReceived: () => Promise<unknown>;
}

/** Pause before a call is sent again that was not carried out, in milliseconds. */
const pauseMs = 50;

/** Characters of a call that takes a while on its way. */
const largeLength = 1_000_000;

/** Functions that change nothing but what is due: replicas need not have that. */
const readers: ReadonlySet<string> = new Set([
  'all',
  'contains',
  'count',
  'facts',
  'follow',
  'get',
  'largest',
  'meet',
  'names',
  'read',
  'some',
  'tokens',
  'totals',
  'view',
]);

/** What it means that a node has no replica. */
const meanings = {
  master: 'that changes nothing',
  replica: 'it alone confirms changes',
  strict: 'changes are refused there',
};

const notSent: Again = { ok: undefined, isForgotten: false };

/** The connections to the nodes. Errors of theirs come out as refusals. */
export class RedisLink {
  readonly waitMs: number;
  readonly #access: RedisAccess;
  readonly #log: Log;
  readonly #faults: FaultLog;
  readonly #replication: Replication;
  #client: Redis | Cluster | undefined;
  #nodes: Nodes | undefined;
  #calls: FunctionCalls | undefined;
  #loading: Promise<unknown> | undefined;
  #refreshing: Promise<void> | undefined;
  #pending = 0;
  #isDown = false;
  #isClosed = false;
  readonly #idle: (() => void)[] = [];

  constructor(access: RedisAccess, log: Log) {
    this.#access = access;
    this.#log = log;
    this.#faults = new FaultLog(log);
    this.waitMs = access.waitMs;
    this.#replication = new Replication(access.waitMs, (areLacking) => {
      if (areLacking) log.warn(`A node of Redis has no replica in reach: ${meanings[access.ack]}.`);
      else log.info('All nodes of Redis have a replica in reach again.');
    });
  }

  /** Connects, and brings the library to every node. Rejects with one line for the operator. */
  async open(): Promise<void> {
    const client = await connect(this.#access);
    this.#client = client;
    try {
      await this.#prepare(client);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const addresses = this.#access.nodes.map(nameOf).join(',');
      throw new Error(`Redis at ${addresses} cannot be used: ${reason}`, { cause: error });
    }
  }

  async #prepare(client: Redis | Cluster): Promise<void> {
    this.#nodes = await Nodes.of(client);
    this.#calls = await FunctionCalls.within(this.waitMs);
    client.on('close', () => this.#note({ isDown: true }));
    client.on('ready', () => this.#note({ isDown: false }));
    await this.#loadFirst();
    await this.#confirmAll();
    // After each question which node has which slots.
    client.on('refresh', () => this.#watch());
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#replication.close();
    for (const event of ['close', 'refresh']) this.#client?.removeAllListeners(event);
    this.#client?.disconnect();
  }

  #note({ isDown }: { readonly isDown: boolean }): void {
    if (isDown !== this.#isDown) {
      if (isDown) this.#log.error('Redis cannot be reached.');
      else this.#log.info('Redis can be reached again.');
    }
    this.#isDown = isDown;
    this.#watch();
  }

  #watch(): void {
    if (this.#access.ack === 'master') return;
    const { masters = [], replicas = [] } = this.#nodes ?? {};
    this.#replication.watch(this.#isDown ? [] : masters, replicas);
  }

  /** What a confirmed change can survive, and why changes are refused. */
  status(): Pick<StoreStatus, 'durability' | 'reason' | 'redis'> {
    const { ack, nodes } = this.#access;
    const redis = nodes.map(nameOf);
    const isLacking = this.#replication.someAreLacking;
    const durability = ack === 'master' || isLacking ? 'master' : 'replica';
    if (this.#isDown) return { durability, redis, reason: 'Redis cannot be reached' };
    const isRefusing = ack === 'strict' && isLacking;
    return { durability, redis, reason: isRefusing ? 'a node has no replica in reach' : undefined };
  }

  /** Sends a call once. */
  send(call: FunctionCall): Promise<Attempt> {
    this.#pending += 1;
    const attempt = this.#send(call).finally(() => {
      this.#pending -= 1;
      if (this.#pending === 0) for (const resolve of this.#idle.splice(0)) resolve();
    });
    return attempt;
  }

  #send(call: FunctionCall): Promise<Attempt> {
    const node = this.#nodes?.nodeFor(call.keys[0] ?? '');
    if (!node || !this.#calls) return Promise.resolve(notSent);
    const isHarmless = readers.has(call.name);
    const isConfirmed = this.#access.ack !== 'master' && !isHarmless;
    if (isConfirmed && this.#access.ack === 'strict' && this.#replication.isLacking(node)) {
      return Promise.resolve(unavailable());
    }
    const sent = this.#calls.call(node, call);
    const note = (error: Error) => this.#faults.note(error);
    const attempt = attemptOf(sent, { isHarmless, note });
    return isConfirmed ? this.#confirmed(call, attempt, node) : attempt;
  }

  /** Holds a reply back until a replica has what it confirms. */
  async #confirmed(call: FunctionCall, sent: Promise<Attempt>, node: Redis): Promise<Attempt> {
    // While a node reads a large one it says nothing, and a late answer to WAIT would be that of a node that was hanging.
    if (lengthOf(call) > largeLength) await sent;
    const [attempt, copied] = await Promise.all([sent, this.#replication.confirm(node)]);
    if (attempt.ok !== true || copied === 'replica') return attempt;
    return copied === 'alone' && this.#access.ack === 'replica' ? attempt : unavailable();
  }

  /** Asks each node whether it has a replica. */
  async #confirmAll(): Promise<void> {
    if (this.#access.ack === 'master') return;
    await this.#replication.begin(this.#nodes?.masters ?? []);
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
      if (this.#isClosed || performance.now() > endMs) return unavailable();
      await this.pause(attempt);
    }
  }

  /** Settles when calls that were not carried out may be sent again. */
  async pause({ isForgotten }: Again): Promise<void> {
    if (isForgotten) {
      this.#loading ??= this.#load()
        .catch(() => wait(pauseMs))
        .finally(() => {
          this.#loading = undefined;
        });
      await this.#loading;
      return;
    }
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    await this.#refreshing;
  }

  /** The slot may be elsewhere now. */
  async #refresh(): Promise<void> {
    await wait(pauseMs);
    await this.#nodes?.refresh();
  }

  /** At the start: a node that does not answer now gets it later, as one that has forgotten it. */
  async #loadFirst(): Promise<void> {
    const outcomes = await Promise.allSettled(this.#loads());
    if (outcomes.some(({ status }) => status === 'fulfilled')) return;
    const [first] = outcomes;
    const reason = first?.status === 'rejected' ? String(first.reason) : 'there is no master';
    throw new Error(`no node takes the functions: ${reason}`);
  }

  /** Brings the library to all nodes that take changes. */
  async #load(): Promise<void> {
    await Promise.all(this.#loads());
  }

  #loads(): Promise<unknown>[] {
    const masters = this.#nodes?.masters ?? [];
    return masters.map(async (node) => node.function('LOAD', 'REPLACE', libraryCode));
  }

  /** Sends to those who follow a channel; it may get lost. */
  publish(channel: string, text: string): void {
    void this.#nodes
      ?.nodeFor(channel)
      ?.spublish(channel, text)
      .catch(() => undefined);
  }

  /** Follows channels. Rejects when one of them cannot be followed. */
  async subscribe(channels: readonly string[], listener: FeedListener): Promise<Subscription> {
    const client = await connect(this.#access, { isFeed: true });
    const leave = () => {
      client.removeAllListeners('smessageBuffer');
      client.disconnect();
    };
    client.on('smessageBuffer', (channel: Buffer, message: Buffer) =>
      listener.onMessage(channel.toString(), message),
    );
    client.on('nodes' in client ? 'subscribersReady' : 'ready', () => listener.onReconnected());
    try {
      // Sent together; a cluster takes one channel in a command.
      await Promise.all(channels.map(async (channel) => client.ssubscribe(channel)));
    } catch (error) {
      leave();
      throw error;
    }
    return { leave, whenReceived: async () => client.ping() };
  }
}
