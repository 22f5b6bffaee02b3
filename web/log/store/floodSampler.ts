import type { Entry } from '../../connection/page/exchange.ts';
import { isFailure } from '../search/logFilter.ts';

/** Received messages a second from which only a part is kept. */
const floodRate = 2000;
/** Below this many a second all are kept: well below {@link floodRate}, to avoid flicker. */
const calmRate = 1000;
/** A flood is over after so many calm seconds, so that its button does not vanish under the pointer. */
const calmSeconds = 5;
/** How many a second are kept in a flood, roughly. */
const keptRate = 500;
/** A request counts as sent by hand while no more than this many go out in a second. */
const maxByHandRate = 20;
/** Most requests by hand whose replies are expected. */
const maxByHand = 1000;

/** What is shown about a flood. */
export interface Flood {
  /** Received in the last full second. */
  readonly perSecond: number;
  /** One in so many is kept; 1 is all. */
  readonly oneIn: number;
}

/**
 * Decides in a flood which received entries are kept: every n-th, and always a failure or the
 * reply to a request by hand. The counts are kept elsewhere and stay exact.
 */
export class FloodSampler {
  /** The user asked for everything. */
  isOff = false;
  #second = 0;
  #receivedInSecond = 0;
  #sentInSecond = 0;
  #perSecond = 0;
  #isFlood = false;
  #calmSince = 0;
  #turn = 0;
  readonly #byHand = new Set<number>();

  /** @returns undefined in calm times. */
  flood(): Flood | undefined {
    if (!this.#isFlood) return undefined;
    return { perSecond: Math.max(this.#perSecond, this.#receivedInSecond), oneIn: this.#oneIn() };
  }

  /** Advances the clock when nothing arrives. */
  tick(nowMs: number): void {
    const second = Math.floor(nowMs / 1000);
    // What was read earlier, or by another clock, counts in the current second.
    if (second <= this.#second) return;
    const isNextSecond = second === this.#second + 1;
    this.#perSecond = isNextSecond ? this.#receivedInSecond : 0;
    if (this.#perSecond >= calmRate) this.#calmSince = second;
    if (second - this.#calmSince >= calmSeconds) this.#isFlood = false;
    this.#second = second;
    this.#receivedInSecond = 0;
    this.#sentInSecond = 0;
  }

  /** Counts an entry. @returns Whether the log keeps it. */
  keeps(entry: Entry): boolean {
    this.tick(entry.atMs);
    if (entry.kind === 'sent') this.#noteSent(entry.id);
    if (entry.kind !== 'received') return true;
    this.#receivedInSecond += 1;
    if (this.#receivedInSecond > floodRate) this.#startFlood();
    const isReplyByHand = entry.requestId !== undefined && this.#byHand.delete(entry.requestId);
    if (isReplyByHand || isFailure(entry)) return true;
    this.#turn += 1;
    return this.#turn % this.#oneIn() === 0;
  }

  #startFlood(): void {
    this.#isFlood = true;
    this.#calmSince = this.#second;
  }

  #oneIn(): number {
    const rate = Math.max(this.#perSecond, this.#receivedInSecond);
    if (!this.#isFlood || this.isOff || rate < calmRate) return 1;
    return Math.max(2, Math.ceil(rate / keptRate));
  }

  #noteSent(id: number): void {
    this.#sentInSecond += 1;
    if (this.#sentInSecond > maxByHandRate) return;
    this.#byHand.add(id);
    const [oldest] = this.#byHand;
    if (this.#byHand.size > maxByHand && oldest !== undefined) this.#byHand.delete(oldest);
  }
}
