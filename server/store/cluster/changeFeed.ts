import { setTimeout as wait } from 'node:timers/promises';
import type { Token } from '../../../protocol/token.ts';
import type { Change, ChangeListener, Gap, SessionRef } from '../changes.ts';
import type { BucketKeys } from './bucketKeys.ts';
import { readChange } from './readChange.ts';
import type { RedisLink } from './redisLink.ts';
import type { SessionNumbers } from './sessionNumbers.ts';

/** Pause before it is tried again to follow the changes, in milliseconds. */
const retryMs = 500;

/** Parts of a feed. */
interface FeedParts {
  readonly link: RedisLink;
  readonly keys: BucketKeys;
  readonly numbers: SessionNumbers;
}

/** Changes by all servers, as the library publishes them; followed only while somebody listens here. */
export class ChangeFeed {
  readonly #link: RedisLink;
  readonly #keys: BucketKeys;
  readonly #numbers: SessionNumbers;
  readonly #listeners = new Set<ChangeListener>();
  #sequence = 0;
  #subscribing: Promise<void> | undefined;

  constructor({ link, keys, numbers }: FeedParts) {
    this.#link = link;
    this.#keys = keys;
    this.#numbers = numbers;
  }

  subscribe(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    this.#subscribing ??= this.#follow();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.close();
    };
  }

  /** Settles when changes from now on reach those who listen: what is read then lacks none. */
  async whenFollowed(): Promise<void> {
    await this.#subscribing;
  }

  close(): void {
    this.#listeners.clear();
    this.#link.unsubscribe();
    this.#subscribing = undefined;
    this.#numbers.clear();
  }

  /** Settles after the first try; others follow, until it is followed or nobody listens. */
  async #follow(): Promise<void> {
    try {
      await this.#tryToFollow();
    } catch {
      void this.#followLater();
    }
  }

  async #followLater(): Promise<void> {
    while (this.#listeners.size > 0) {
      await wait(retryMs);
      try {
        await this.#tryToFollow();
        // What changed before that has reached nobody.
        this.#publish({ kind: 'gap' });
        return;
      } catch {
        // Redis cannot be reached: the link says so in the log.
      }
    }
  }

  async #tryToFollow(): Promise<void> {
    const buckets = Array.from({ length: this.#keys.count }, (_, bucket) => bucket);
    const channels = buckets.map((bucket) => this.#keys.channelOf(bucket));
    await this.#link.subscribe(channels, (message) => this.#receive(message));
  }

  /** @param message Absent: some may have been lost. */
  #receive(message: Buffer | undefined): void {
    const change = message && readChange(message, (token) => this.#refTo(token));
    if (!change) {
      this.#publish({ kind: 'gap' });
      return;
    }
    this.#sequence += 1;
    if (change.kind === 'created') {
      for (const { token } of change.sessions) this.#numbers.numberOf(token);
    }
    this.#publish({ ...change, sequence: this.#sequence });
    if (change.kind !== 'ended') return;
    for (const { token } of change.sessions) this.#numbers.forget(token);
  }

  #refTo(token: Token): SessionRef {
    return {
      token,
      id: this.#numbers.idOf(token),
      number: this.#numbers.knownNumberOf(token),
    };
  }

  #publish(change: Change | Gap): void {
    for (const listener of this.#listeners) listener(change);
  }
}
