import { randomBytes } from 'node:crypto';
import type { Log } from '../../log.ts';
import type { OtherServers, ServerRef } from '../otherServers.ts';
import type { RedisLink, Subscription } from './redisLink.ts';
import { listOf, textOf } from './replies.ts';

/** A server says so often that it is there, and is believed for so long. */
const usualMeetMs = 2_500;
const believedMeetings = 4;

/** Servers that share a Redis. Its tag keeps them in one slot. */
const registry = '{sdp}:servers';

interface ServerLinkParts {
  readonly link: RedisLink;
  readonly log: Pick<Log, 'warn'>;
  readonly serverName: () => string;
  /** For tests: how often it says that it is there, in milliseconds. */
  readonly meetMs?: number;
}

/**
 * Servers find each other in a hash in Redis. While an inspector is open at one of them, each follows a channel of its own, on
 * which others send to it; in between nothing is followed.
 */
export class ServerLink implements OtherServers {
  readonly #link: RedisLink;
  readonly #log: Pick<Log, 'warn'>;
  readonly #serverName: () => string;
  readonly #meetMs: number;
  readonly #id = randomBytes(9).toString('base64url');
  #others: (ServerRef & { readonly isOpen: boolean })[] = [];
  /** Ids of others with the name of this one, and how often each was met in a row. */
  #namesakes = new Map<string, number>();
  #openings = 0;
  #listener: (text: string) => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;
  #meeting: Promise<void> | undefined;
  #subscription: Subscription | undefined;
  #isStopped = false;

  constructor({ link, log, serverName, meetMs = usualMeetMs }: ServerLinkParts) {
    this.#link = link;
    this.#log = log;
    this.#serverName = serverName;
    this.#meetMs = meetMs;
  }

  get own(): ServerRef {
    return { id: this.#id, name: this.#serverName() };
  }

  start(): void {
    this.#timer = setInterval(() => void this.#meet(), this.#meetMs).unref();
    void this.#meet();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#isStopped = true;
    this.#subscription?.leave();
    await this.#meeting;
    // Others learn of it by and by, if they cannot be reached now.
    if (this.#others.length > 0) await this.#say('');
  }

  list(): readonly ServerRef[] {
    return this.#others.map(({ id, name }) => ({ id, name }));
  }

  open(): () => void {
    this.#openings += 1;
    if (this.#openings === 1) void this.#meet();
    return () => {
      this.#openings -= 1;
    };
  }

  receive(listener: (text: string) => void): void {
    this.#listener = listener;
  }

  send(id: string, text: string): void {
    this.#link.publish(channelOf(id), text);
  }

  /** One after the other. */
  #meet(): Promise<void> {
    this.#meeting ??= this.#meetOnce()
      // The next one comes soon.
      .catch(() => undefined)
      .finally(() => {
        this.#meeting = undefined;
      });
    return this.#meeting;
  }

  async #meetOnce(): Promise<void> {
    const isOpen = this.#openings > 0;
    const found = await this.#say(`${this.#serverName()} ${isOpen ? 1 : 0}`);
    if (!found) return;
    this.#others = found.flatMap((text) => {
      const [id = '', name = '', mark] = text.split(' ');
      return id === this.#id ? [] : { id, name, isOpen: mark === '1' };
    });
    this.#noteNamesakes();
    const mustFollow = isOpen || this.#others.some((other) => other.isOpen);
    if (mustFollow) await this.#follow();
    else {
      this.#subscription?.leave();
      this.#subscription = undefined;
    }
  }

  /** One that was killed and is started again meets itself for a while, as it was before. */
  #noteNamesakes(): void {
    const same = this.#others.filter(({ name }) => name === this.#serverName());
    const before = this.#namesakes;
    this.#namesakes = new Map(same.map(({ id }) => [id, (before.get(id) ?? 0) + 1]));
    const isNew = [...this.#namesakes.values()].includes(believedMeetings + 2);
    if (!isNew) return;
    this.#log.warn(
      `Another server is called ${this.#serverName()} as well. Consoles cannot tell the two apart, and connections of ` +
        `theirs cannot be cut off from elsewhere. Give each another --server-name.`,
    );
  }

  /** @param text Empty: this server leaves. @returns What all say; undefined: Redis cannot be reached. */
  async #say(text: string): Promise<string[] | undefined> {
    const forMs = String(believedMeetings * this.#meetMs);
    const args = ['', '', this.#id, text, forMs];
    const outcome = await this.#link.call({ name: 'meet', keys: [registry], args });
    return outcome.ok ? listOf(outcome.value).map(textOf) : undefined;
  }

  async #follow(): Promise<void> {
    if (this.#subscription || this.#isOver()) return;
    const subscription = await this.#link.subscribe([channelOf(this.#id)], {
      onMessage: (_channel, message) => this.#listener(message.toString()),
      onReconnected: () => undefined,
    });
    if (this.#isOver()) subscription.leave();
    else this.#subscription = subscription;
  }

  #isOver(): boolean {
    return this.#isStopped;
  }
}

function channelOf(id: string): string {
  return `{sdp}:${id}`;
}
