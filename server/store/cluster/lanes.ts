import { unavailable } from '../refusals.ts';
import type { Refusal } from '../../../protocol/wire/reply.ts';
import type { Result } from '../../../protocol/result.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Again } from './outcomes.ts';

/** Gives calls that were not carried out another try. */
export interface Retries {
  /** Settles when they may be sent again. */
  readonly pause: (failed: Again) => Promise<void>;
  /** For how long a call is tried, in milliseconds. */
  readonly waitMs: number;
}

type Outcome<T> = Result<T, Refusal>;

interface Call {
  readonly send: () => Promise<Outcome<unknown> | Again>;
  readonly settle: (outcome: Outcome<unknown>) => void;
  readonly endMs: number;
  /** Calls after it wait until it is done. */
  readonly isAlone: boolean;
  failed: Again | undefined;
}

/**
 * Keeps the order of calls for one session. They are sent one after the other without waiting for replies, as a
 * node carries them out in that order. Some must be sent again: then those after them wait, and one that
 * has been overtaken is refused.
 */
export class Lanes {
  readonly #lanes = new Map<Token, Lane>();
  readonly #retries: Retries;

  constructor(retries: Retries) {
    this.#retries = retries;
  }

  /** @param isAlone The call takes several steps: those after it wait until it is done. */
  send<T>(
    token: Token,
    send: () => Promise<Outcome<T> | Again>,
    { isAlone = false }: { readonly isAlone?: boolean } = {},
  ): Promise<Outcome<T>> {
    const lane = this.#lanes.get(token) ?? this.#open(token);
    return new Promise((resolve) => {
      const settle = (outcome: Outcome<unknown>) => resolve(outcome as Outcome<T>); // What `send` gave.
      const endMs = performance.now() + this.#retries.waitMs;
      lane.take({ send, settle, endMs, isAlone, failed: undefined });
    });
  }

  #open(token: Token): Lane {
    const lane = new Lane(this.#retries, () => this.#lanes.delete(token));
    this.#lanes.set(token, lane);
    return lane;
  }
}

/** The calls for one session that have no outcome yet. */
class Lane {
  readonly #retries: Retries;
  readonly #close: () => void;
  readonly #waiting: Call[] = [];
  /** In order; those that failed stay until all are back. */
  #sent: Call[] = [];
  #isHeld = false;

  constructor(retries: Retries, close: () => void) {
    this.#retries = retries;
    this.#close = close;
  }

  take(call: Call): void {
    if (this.#isHeld) this.#waiting.push(call);
    else this.#send(call);
  }

  #send(call: Call): void {
    this.#sent.push(call);
    call.failed = undefined;
    if (call.isAlone) this.#isHeld = true;
    void call.send().then((outcome) => {
      if (outcome.ok === undefined) this.#fail(call, outcome);
      else this.#settle(call, outcome);
      this.#proceed();
    });
  }

  #fail(call: Call, failed: Again): void {
    call.failed = failed;
    this.#isHeld = true;
  }

  #settle(call: Call, outcome: Outcome<unknown>): void {
    const at = this.#sent.indexOf(call);
    if (at === 0) {
      this.#sent.shift();
      call.settle(outcome);
      return;
    }
    const before = this.#sent.slice(0, at);
    // What this one has overtaken would be carried out too late.
    const overtaken = outcome.ok ? before.filter(({ failed }) => failed) : [];
    this.#sent = this.#sent.filter((each) => each !== call && !overtaken.includes(each));
    for (const each of overtaken) each.settle(unavailable());
    call.settle(outcome);
  }

  /** Once all that were sent are back, those that failed are sent again, then those that waited. */
  #proceed(): void {
    const [first] = this.#sent;
    if (!first) {
      this.#resume();
      return;
    }
    if (this.#sent.some(({ failed }) => !failed) || !first.failed) return;
    void this.#retries.pause(first.failed).then(() => this.#sendAgain());
  }

  #sendAgain(): void {
    const again = this.#sent;
    this.#sent = [];
    const nowMs = performance.now();
    for (const call of again) {
      if (call.endMs < nowMs) call.settle(unavailable());
      else this.#send(call);
    }
    if (this.#sent.length === 0) this.#resume();
  }

  #resume(): void {
    this.#isHeld = false;
    // One that takes several steps holds up those after it.
    const upTo = this.#waiting.findIndex(({ isAlone }) => isAlone);
    const next = this.#waiting.splice(0, upTo < 0 ? this.#waiting.length : upTo + 1);
    for (const call of next) this.#send(call);
    if (this.#sent.length === 0) this.#close();
  }
}
