import type { Clock } from '../../protocol/clock.ts';
import type { Log } from '../log.ts';
import { OneByOne } from '../turns.ts';
import { ByteBudget } from './byteBudget.ts';
import { CloseLog } from './closeReasons.ts';
import type { Limits } from './limits.ts';
import { RefusalCounts } from './refusalCounts.ts';
import { WriteTogether } from './writeTogether.ts';
import { WorkTurn } from './workTurn.ts';

/** What all sockets of a server share. */
export class SharedState {
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
  /** Requests that wait for their turn, and those that have come in part. */
  readonly requests: ByteBudget;
  /** Replies that wait for slow readers. */
  readonly replies: ByteBudget;
  readonly closeLog: CloseLog;
  readonly refusals = new RefusalCounts();
  readonly turn = new WorkTurn();
  readonly writes = new WriteTogether();
  /** Reads long messages. */
  readonly longMessages = new OneByOne();
  #readUntilMs = Infinity;

  constructor(parts: { readonly clock: Clock; readonly limits: Limits; readonly log: Log }) {
    const { clock, limits, log } = parts;
    this.clock = clock;
    this.limits = limits;
    this.log = log;
    this.requests = new ByteBudget(limits.maxTotalWaitingBytes, clock);
    this.replies = new ByteBudget(limits.maxTotalQueuedBytes, clock);
    this.closeLog = new CloseLog({ log, clock, onCut: (reason) => this.refusals.note(reason) });
  }

  /** Whether the server is shutting down and takes no more requests. */
  get isOver(): boolean {
    // The time is only asked for at the end: this is looked at for each message.
    return this.#readUntilMs !== Infinity && performance.now() >= this.#readUntilMs;
  }

  /** Takes no more requests from then on, whatever the event loop is busy with. */
  takeUntil(timeMs: number): void {
    this.#readUntilMs = timeMs;
  }
}
