import type { Redis } from 'ioredis';

/** Of the time that a request may wait, a node waits for its replica so much: others are behind it. */
const waitShare = 1 / 4;

/** Longest time that a node is asked to wait for its replica, in milliseconds. */
const longestWaitMs = 1_000;

/** A node without a replica is asked again after so long, in milliseconds. */
const askAgainMs = 1_000;

/**
 * Confirms that replicas have what was written. All that was sent to a node since the last question is
 * confirmed by one WAIT, and the next question waits for the answer: WAIT holds up its connection.
 */
export class Replication {
  readonly #nodes = new WeakMap<Redis, NodeReplication>();
  readonly #lacking = new Set<NodeReplication>();
  readonly #waitMs: number;

  readonly #onChange: (areLacking: boolean) => void;

  /**
   * @param waitMs How long a request may wait.
   * @param onChange Notified when the first node has no replica any more, and when all have one again.
   */
  constructor(waitMs: number, onChange: (areLacking: boolean) => void) {
    this.#onChange = onChange;
    this.#waitMs = Math.min(longestWaitMs, Math.ceil(waitMs * waitShare));
  }

  /** Settles when a replica of the node has all that was sent to it; false: none has said so in time. */
  confirm(node: Redis): Promise<boolean> {
    return this.#of(node).confirm();
  }

  /** Whether a node is known to have no replica in reach. */
  isLacking(node: Redis): boolean {
    return this.#of(node).isLacking;
  }

  get someAreLacking(): boolean {
    return this.#lacking.size > 0;
  }

  /** For a node that has left. */
  forget(node: Redis): void {
    const known = this.#nodes.get(node);
    if (known) this.#lacking.delete(known);
    this.#nodes.delete(node);
  }

  #of(node: Redis): NodeReplication {
    const known = this.#nodes.get(node);
    if (known) return known;
    const note = (isLacking: boolean) => {
      const before = this.someAreLacking;
      if (isLacking) this.#lacking.add(made);
      else this.#lacking.delete(made);
      if (before !== this.someAreLacking) this.#onChange(!before);
    };
    const made: NodeReplication = new NodeReplication({ node, waitMs: this.#waitMs, note });
    this.#nodes.set(node, made);
    return made;
  }
}

interface NodeParts {
  readonly node: Redis;
  readonly waitMs: number;
  readonly note: (isLacking: boolean) => void;
}

class NodeReplication {
  readonly #node: Redis;
  readonly #waitMs: number;
  readonly #note: (isLacking: boolean) => void;
  #isLacking = false;
  #askAgainAtMs = 0;
  /** The question that is on its way, and the one after it. */
  #asked: Promise<boolean> | undefined;
  #next: Promise<boolean> | undefined;

  constructor({ node, waitMs, note }: NodeParts) {
    this.#node = node;
    this.#waitMs = waitMs;
    this.#note = note;
  }

  get isLacking(): boolean {
    return this.#isLacking && performance.now() < this.#askAgainAtMs;
  }

  confirm(): Promise<boolean> {
    if (this.isLacking) return Promise.resolve(false);
    this.#next ??= this.#askNext(this.#asked);
    return this.#next;
  }

  async #askNext(before: Promise<boolean> | undefined): Promise<boolean> {
    // What else is sent in this turn is confirmed as well.
    await (before ?? new Promise(setImmediate));
    this.#asked = this.#next;
    this.#next = undefined;
    const replicas = await this.#node.wait(1, this.#isLacking ? 1 : this.#waitMs).catch(() => 0);
    this.#isLacking = replicas < 1;
    if (this.#isLacking) this.#askAgainAtMs = performance.now() + askAgainMs;
    this.#note(this.#isLacking);
    return !this.#isLacking;
  }
}
