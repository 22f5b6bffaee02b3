import type { Clock } from '../../../protocol/clock.ts';
import { maxTimerMs } from '../../clock.ts';
import type { Eventually } from '../../eventually.ts';
import { DeadlineHeap } from './deadlineHeap.ts';
import type { SessionTerm, Term, TermRows } from './termRows.ts';
import type { Expiry, NewExpiry } from '../newSession.ts';

/** Sweeps are at least this far apart, so that many deadlines close together cost one wake-up. */
const minSweepIntervalMs = 10;

/** Expired at most in one go; the rest follows at once, after other work has had its turn. */
const maxExpiredPerSweep = 2_000;

/** Terms added in the time in which one expires. */
const addedPerExpired = 5;

/**
 * Watches the deadlines. One timer waits for the nearest one; a look at a session before
 * the timer has run asks {@link isOver} first, so that a late timer is never seen.
 */
export class ExpiryWatch {
  readonly #clock: Clock;
  readonly #expire: (term: SessionTerm) => void;
  #terms: TermRows;
  #heap: DeadlineHeap;
  #timer: { dueMs: number; stop: () => void } | undefined;
  /** Terms that are watched from the next sweep on. */
  readonly #toAdd: Iterator<SessionTerm>[] = [];
  #isStarted = false;
  #sweeping: Promise<void> | undefined;

  /** @param expire Called for each term that is over, after it has left the watch. */
  constructor(clock: Clock, terms: TermRows, expire: (term: SessionTerm) => void) {
    this.#clock = clock;
    this.#terms = terms;
    this.#heap = new DeadlineHeap(terms);
    this.#expire = expire;
  }

  /** From now on a timer waits for the nearest deadline. */
  start(): void {
    this.#isStarted = true;
    this.#setTimer();
  }

  add({ row }: SessionTerm): void {
    this.#heap.add(row);
    this.#setTimer();
  }

  /**
   * Adds very many terms, in the sweeps that follow. None of them is watched until then.
   * @param terms Read when they are added: those that are still to be watched and are not yet.
   */
  addLater(terms: Iterable<SessionTerm>): void {
    this.#toAdd.push(terms[Symbol.iterator]());
  }

  /** Forgets one term and no other. The timer may still wake up for it, and finds nothing. */
  remove({ row }: SessionTerm): void {
    this.#heap.remove(row);
  }

  /** Restarts a term from now. */
  renew(term: SessionTerm): void {
    this.remove(term);
    term.startMs = this.#clock.nowMs();
    term.deadlineMs = term.startMs + term.durationSec * 1000;
    this.add(term);
  }

  isOver(term: SessionTerm): boolean {
    return term.deadlineMs <= this.#clock.nowMs();
  }

  /** Expires what is due. @param limit Stops after so many. @returns Whether nothing is due any more. */
  sweep(limit = Number.POSITIVE_INFINITY): boolean {
    if (!this.#addSome(limit * addedPerExpired)) return false;
    for (let count = 0; count < limit; count += 1) {
      const nearest = this.#nearest;
      if (!nearest || !this.isOver(nearest)) return true;
      this.remove(nearest);
      this.#expire(nearest);
    }
    return false;
  }

  /** @returns Whether all are added. */
  #addSome(limit: number): boolean {
    for (let count = 0; count < limit; count += 1) {
      const [terms] = this.#toAdd;
      if (!terms) return true;
      const next = terms.next();
      if (next.done) this.#toAdd.shift();
      else this.add(next.value);
    }
    return false;
  }

  /**
   * Expires everything that is due: at once, or in slices when it is very much. Who asks meanwhile
   * waits for the same end, so that all continue in the order in which they asked.
   */
  sweepAll(): Eventually<void> {
    if (this.#sweeping) return this.#sweeping;
    if (this.sweep(maxExpiredPerSweep)) return undefined;
    this.#sweeping = new Promise((resolve) => {
      const next = () => {
        if (!this.sweep(maxExpiredPerSweep)) {
          setImmediate(next);
          return;
        }
        this.#sweeping = undefined;
        resolve();
      };
      setImmediate(next);
    });
    return this.#sweeping;
  }

  /** Forgets all terms. @param terms Where those are that are added from now on. */
  clear(terms: TermRows): void {
    this.#terms = terms;
    this.#heap = new DeadlineHeap(terms);
    this.#toAdd.length = 0;
  }

  close(): void {
    this.#isStarted = false;
    this.#timer?.stop();
    this.#timer = undefined;
  }

  get #nearest(): SessionTerm | undefined {
    const row = this.#heap.nearest;
    return row === 0 ? undefined : this.#terms.at(row);
  }

  #setTimer(): void {
    if (!this.#isStarted) return;
    const nearest = this.#nearest;
    if (!nearest || (this.#timer && this.#timer.dueMs <= nearest.deadlineMs)) return;
    const dueMs = nearest.deadlineMs;
    this.#timer?.stop();
    const waitMs = dueMs - this.#clock.nowMs();
    const delayMs = Math.min(Math.max(waitMs, minSweepIntervalMs), maxTimerMs);
    const stop = this.#clock.setTimer(() => {
      this.#timer = undefined;
      this.sweep(maxExpiredPerSweep);
      this.#setTimer();
    }, delayMs);
    this.#timer = { dueMs, stop };
  }
}

/** The first term of a session. */
export function startTerm({ durationSec, deleteSession }: Expiry, nowMs: number): Term {
  const deadlineMs = nowMs + durationSec * 1000;
  return { durationSec, deleteSession, startMs: nowMs, deadlineMs };
}

/** The term that starts now in place of another, with what is new of its expiry (decision D50). */
export function touchedTerm(
  term: Term | undefined,
  wanted: NewExpiry,
  nowMs: number,
): Term | undefined {
  const durationSec = wanted.durationSec ?? term?.durationSec ?? 0;
  const deleteSession = wanted.deleteSession ?? term?.deleteSession ?? true;
  return durationSec > 0 ? startTerm({ durationSec, deleteSession }, nowMs) : undefined;
}

/**
 * Moves a term that is over to the one that runs now. Terms follow each other without a gap,
 * however late this is called (decision D14).
 */
export function restartTerm(term: Term, nowMs: number): void {
  const durationMs = term.durationSec * 1000;
  term.startMs += Math.max(1, Math.floor((nowMs - term.startMs) / durationMs)) * durationMs;
  term.deadlineMs = term.startMs + durationMs;
}
