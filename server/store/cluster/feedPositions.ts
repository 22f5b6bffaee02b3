/** What Redis says of the changes of a bucket. */
interface BucketState {
  /** Number of the last change that was published. */
  readonly lastId: number;
  /** Whether all changes until now were published. */
  readonly wasFollowed: boolean;
}

/**
 * Which changes of each bucket have come, by their numbers. Each names the one before it, so a missing one shows with the
 * next; that the last ones are missing shows when Redis is asked, now and then.
 */
export class FeedPositions {
  readonly #received = new Map<number, number>();
  /** Changes that Redis had published when it was asked last. */
  readonly #expected = new Map<number, number>();

  /** @returns Whether changes before it are missing. */
  receive(bucket: number, { previousId, id }: { previousId: number; id: number }): boolean {
    const known = this.#received.get(bucket);
    this.#received.set(bucket, id);
    return known !== undefined && known !== previousId;
  }

  hasReceived(bucket: number, id: number): boolean {
    return (this.#received.get(bucket) ?? 0) >= id;
  }

  /** To be called when Redis is asked. @returns Takes the answer. */
  ask(bucket: number): (state: BucketState) => boolean {
    const before = this.#received.get(bucket);
    return (state) => this.#compare(bucket, before, state);
  }

  /** @returns Whether changes are missing. */
  #compare(
    bucket: number,
    before: number | undefined,
    { lastId, wasFollowed }: BucketState,
  ): boolean {
    const expected = this.#expected.get(bucket);
    this.#expected.set(bucket, lastId);
    if (before === undefined) {
      // What has come in the meantime is later.
      if (!this.#received.has(bucket)) this.#received.set(bucket, lastId);
      return false;
    }
    if (!wasFollowed || lastId < before) {
      // Redis has lost some: another node took over, or it restarted.
      this.#received.set(bucket, lastId);
      return true;
    }
    if (expected === undefined || this.hasReceived(bucket, expected)) return false;
    this.#received.set(bucket, expected);
    return true;
  }

  clear(): void {
    this.#received.clear();
    this.#expected.clear();
  }
}
