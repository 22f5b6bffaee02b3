import type { Token } from '../../../protocol/token.ts';

/** Buckets that sessions are spread over; part of the data format. Each is in one hash slot of a cluster. */
const defaultBuckets = 1024;

/** Names of the Redis keys of a bucket. The tag in braces keeps all of them in one slot. */
export class BucketKeys {
  /** A power of two. */
  readonly count: number;
  readonly #shared: readonly (readonly string[])[];

  constructor(count = defaultBuckets) {
    this.count = count;
    this.#shared = Array.from({ length: count }, (_, bucket) =>
      ['i', 'x', 'c'].map((letter) => `{sd${bucket}}:${letter}`),
    );
  }

  /** The bucket of a session. What a client sends as a token may be any text. */
  bucketOf(token: Token): number {
    // The last ten digits decide, as 1,024 divides 10,000,000,000.
    return (Number(token.slice(-10)) % this.count) & (this.count - 1);
  }

  /** The keys that belong to the bucket, then those of its sessions. */
  of(bucket: number, tokens: readonly Token[] = []): string[] {
    const keys = [...(this.#shared[bucket] ?? [])];
    for (const token of tokens) keys.push(`{sd${bucket}}${token}`);
    return keys;
  }

  /** Where the changes of a bucket are published. */
  channelOf(bucket: number): string {
    return this.#shared[bucket]?.[0] ?? '';
  }

  bucketOfChannel(channel: string): number {
    return Number(/\d+/.exec(channel)?.[0]);
  }

  /** Tokens by their buckets. */
  grouped(tokens: Iterable<Token>): Map<number, Token[]> {
    const groups = new Map<number, Token[]>();
    for (const token of tokens) {
      const bucket = this.bucketOf(token);
      const group = groups.get(bucket);
      if (group) group.push(token);
      else groups.set(bucket, [token]);
    }
    return groups;
  }
}
