import type { Redis } from 'ioredis';
import { proveAlone } from './aloneProof.ts';
import { keyOf } from './nodes.ts';
import { lateMs, replicasOf, type Replicas } from './replicas.ts';

/** Of the time that a request may wait, a node waits for its replica so much: others are behind it. */
const waitShare = 1 / 4;

/** Longest time that a node is asked to wait for its replica, in milliseconds. */
const longestWaitMs = 1_000;

/** How long a replica may take to answer when its node is asked only to look, in milliseconds: each question makes it more to have. */
const lookMs = 50;

/** A node without a replica is asked again after so long, in milliseconds. */
const askAgainMs = 1_000;

/** Longest time that requests wait for a proof that a node is alone, as a part of what they may wait. */
const proofShare = 1 / 2;

/**
 * Who has what was sent to a node: a replica as well, or it alone, as it has no replica in reach. `unknown`: it has
 * not said so, and may have been replaced by a node that does not have it.
 */
export type Copied = 'replica' | 'alone' | 'unknown';

/**
 * Confirms that replicas have what was written. All that was sent to a node since the last question is
 * confirmed by one WAIT, and the next question waits for the answer: WAIT holds up its connection.
 */
export class Replication {
  readonly #nodes = new Map<Redis, NodeReplication>();
  readonly #lacking = new Set<NodeReplication>();
  #masters: readonly Redis[] = [];
  /**
   * Addresses of nodes that have had a replica since they were one themselves. Kept when a node is forgotten: one that is
   * cut off seems to be new when it is asked who has its slots.
   */
  readonly #withReplica = new Set<string>();
  readonly #waitMs: number;
  readonly #proofMs: number;
  readonly #onChange: (areLacking: boolean) => void;

  /**
   * @param waitMs How long a request may wait.
   * @param onChange Notified when the first node has no replica any more, and when all have one again.
   */
  constructor(waitMs: number, onChange: (areLacking: boolean) => void) {
    this.#onChange = onChange;
    this.#waitMs = Math.min(longestWaitMs, Math.ceil(waitMs * waitShare));
    this.#proofMs = waitMs * proofShare;
  }

  /** Asks each node at the start, when there is time for all of them to answer. */
  async begin(nodes: readonly Redis[]): Promise<void> {
    this.#masters = nodes;
    await Promise.all(nodes.map(async (node) => this.#of(node).begin()));
  }

  /**
   * These take changes now. One that is new among them is asked: it may be a while until something is changed there,
   * and the status is shown. All others are forgotten.
   */
  watch(masters: readonly Redis[], replicas: readonly Redis[]): void {
    this.#masters = masters;
    for (const node of replicas) this.#withReplica.delete(keyOf(node));
    for (const node of this.#nodes.keys()) if (!masters.includes(node)) this.#forget(node);
    for (const node of masters) {
      if (node.status === 'ready') void this.#of(node).meet();
      // One that was a replica until now may not have been needed before.
      else if (node.status === 'wait') void node.connect().catch(() => undefined);
    }
  }

  /** Settles when it is known who has all that was sent to the node. */
  confirm(node: Redis): Promise<Copied> {
    return this.#of(node).confirm();
  }

  /** Whether a node is known to have no replica in reach. */
  isLacking(node: Redis): boolean {
    return this.#of(node).isLacking;
  }

  get someAreLacking(): boolean {
    return this.#lacking.size > 0;
  }

  #forget(node: Redis): void {
    const known = this.#nodes.get(node);
    if (!known) return;
    known.close();
    this.#nodes.delete(node);
    this.#note(known, { isLacking: false });
  }

  close(): void {
    for (const node of this.#nodes.values()) node.close();
  }

  #of(node: Redis): NodeReplication {
    const known = this.#nodes.get(node);
    if (known) return known;
    const note = (isLacking: boolean) => this.#note(made, { isLacking });
    const made: NodeReplication = new NodeReplication({
      node,
      masters: () => this.#masters,
      waitMs: this.#waitMs,
      proofMs: this.#proofMs,
      withReplica: this.#withReplica,
      note,
    });
    this.#nodes.set(node, made);
    return made;
  }

  #note(node: NodeReplication, { isLacking }: { readonly isLacking: boolean }): void {
    const before = this.someAreLacking;
    if (isLacking) this.#lacking.add(node);
    else this.#lacking.delete(node);
    if (before !== this.someAreLacking) this.#onChange(!before);
  }
}

interface NodeParts {
  readonly node: Redis;
  /** All that take changes now. */
  readonly masters: () => readonly Redis[];
  readonly waitMs: number;
  readonly proofMs: number;
  /** Of all nodes. */
  readonly withReplica: Set<string>;
  readonly note: (isLacking: boolean) => void;
}

class NodeReplication {
  readonly #node: Redis;
  readonly #masters: () => readonly Redis[];
  readonly #waitMs: number;
  readonly #proofMs: number;
  readonly #note: (isLacking: boolean) => void;
  #isLacking = false;
  #isMet = false;
  readonly #withReplica: Set<string>;
  #isClosed = false;
  #timer: NodeJS.Timeout | undefined;
  /** The question that is on its way, and the one after it. */
  #asked: Promise<Copied> | undefined;
  #next: Promise<Copied> | undefined;
  /** Replicas that had connected to it when it was proven to be alone; undefined: that has to be proven. */
  #syncs: number | undefined;

  constructor({ node, masters, waitMs, proofMs, withReplica, note }: NodeParts) {
    this.#node = node;
    this.#masters = masters;
    this.#waitMs = waitMs;
    this.#proofMs = proofMs;
    this.#withReplica = withReplica;
    this.#note = note;
  }

  /** Whether a replica of it has been known since it takes changes. */
  get #hadReplica(): boolean {
    return this.#withReplica.has(keyOf(this.#node));
  }

  #noteReplica(): void {
    this.#withReplica.add(keyOf(this.#node));
  }

  get isLacking(): boolean {
    return this.#isLacking;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  confirm(): Promise<Copied> {
    this.#next ??= this.#askNext(this.#asked);
    return this.#next;
  }

  async begin(): Promise<void> {
    this.#isMet = true;
    await this.#ask(this.#waitMs);
  }

  /** Asks it until it is known who has what is sent to it, without holding up its connection for long. */
  async meet(): Promise<void> {
    if (this.#isMet) return;
    this.#isMet = true;
    this.#isMet = await this.#isKnown();
  }

  /** Whether it is known now who has what is sent to it. */
  async #isKnown(): Promise<boolean> {
    const replicas = await replicasOf(this.#node);
    if (!replicas) return false;
    if (replicas.doAnswer) this.#noteReplica();
    if (replicas.doAnswer || this.#isLacking) return true;
    // One that was there may come back.
    const waitMs = replicas.areOnline ? lookMs : this.#waitMs;
    return (await this.#askFor(waitMs, replicas)) !== 'unknown';
  }

  async #askNext(before: Promise<Copied> | undefined): Promise<Copied> {
    // What else is sent in this turn is confirmed as well.
    await (before ?? new Promise(setImmediate));
    this.#asked = this.#next;
    this.#next = undefined;
    const copied = await this.#copiedNow();
    if (copied === 'unknown') this.#askLater();
    return copied;
  }

  async #copiedNow(): Promise<Copied> {
    if (await this.#isStillAlone()) return 'alone';
    if (this.#hadReplica) return this.#ask(this.#waitMs);
    const replicas = await replicasOf(this.#node);
    return replicas ? this.#askFor(this.#waitMs, replicas) : 'unknown';
  }

  /** One that has just been elected often has no replica, and does not wait for it. */
  #askFor(waitMs: number, { areOnline }: Replicas): Promise<Copied> {
    return areOnline || this.#hadReplica ? this.#ask(waitMs) : this.#provenAlone();
  }

  async #ask(waitMs: number): Promise<Copied> {
    const untilMs = performance.now() + waitMs + lateMs;
    let replicas: number;
    try {
      replicas = await this.#node.wait(1, waitMs);
    } catch (error) {
      // It has been replaced: nothing is written there, and nothing lacks.
      if (/\breplica\b/.test(String(error))) this.#set({ isLacking: false });
      return 'unknown';
    }
    if (replicas > 0) return this.#replicated();
    if (performance.now() > untilMs) return 'unknown';
    return (await this.#isStillAlone()) ? 'alone' : this.#provenAlone();
  }

  /** Whether no replica has connected or answered since it was proven to be alone: nobody can take its place. */
  async #isStillAlone(): Promise<boolean> {
    if (this.#syncs === undefined) return false;
    const replicas = await replicasOf(this.#node);
    if (!replicas) return false;
    if (replicas.syncs === this.#syncs && !replicas.doAnswer) return true;
    this.#syncs = undefined;
    if (replicas.doAnswer) this.#noteReplica();
    return false;
  }

  #replicated(): Copied {
    this.#noteReplica();
    this.#syncs = undefined;
    this.#set({ isLacking: false });
    return 'replica';
  }

  #alone(syncs: number): Copied {
    this.#syncs = syncs;
    this.#set({ isLacking: true });
    return 'alone';
  }

  /** A node that has no replica in reach may be cut off itself. */
  async #provenAlone(): Promise<Copied> {
    const replicas = await replicasOf(this.#node);
    if (!replicas) return 'unknown';
    // One that is only slow gets the same time once more.
    if (replicas.doAnswer && (await this.#node.wait(1, this.#waitMs).catch(() => 0)) > 0) {
      return this.#replicated();
    }
    // Only now: a cut that has kept a replica from answering keeps others from hearing the node.
    const parts = { node: this.#node, masters: this.#masters(), limitMs: this.#proofMs };
    return (await proveAlone(parts)) ? this.#alone(replicas.syncs) : 'unknown';
  }

  #set({ isLacking }: { readonly isLacking: boolean }): void {
    if (this.#isClosed) return;
    this.#isLacking = isLacking;
    this.#note(isLacking);
    clearTimeout(this.#timer);
    if (isLacking) this.#askLater();
  }

  /** Without waiting for a change: there may be none for a while, and the status is shown. */
  #askLater(): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => {
      void this.#ask(lookMs).then((copied) => {
        if (copied !== 'replica') this.#askLater();
      });
    }, askAgainMs).unref();
  }
}
