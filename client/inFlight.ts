import type { Call } from './call.ts';
import { Fifo } from './fifo.ts';
import { quietOutcomes } from './quietOutcomes.ts';
import type { Reply } from './reply.ts';

/** Quiet calls between two that are answered, and replies that have come to them. */
interface QuietRun {
  readonly calls: Call[];
  readonly replies: Reply[];
}

/** A call that is sure to be answered, and the quiet ones before it. */
interface Step {
  readonly call: Call;
  readonly before: QuietRun | undefined;
}

/**
 * Calls that were sent, in their order, and which of them a reply answers. The server replies in the order of the requests,
 * so a reply belongs to the oldest call that is sure to be answered, or to a quiet one before it. That reply
 * is also the proof that the quiet calls before it are done.
 */
export class InFlight {
  readonly #steps = new Fifo<Step>();
  /** Quiet calls after the last step. */
  #open: QuietRun | undefined;

  get isEmpty(): boolean {
    return this.#steps.length === 0 && this.#open === undefined;
  }

  /** Whether the last call is a quiet one: nothing will prove its success. */
  get needsBarrier(): boolean {
    return this.#open !== undefined;
  }

  add(call: Call): void {
    if (call.isQuiet) {
      this.#open ??= { calls: [], replies: [] };
      this.#open.calls.push(call);
      return;
    }
    this.#steps.push({ call, before: this.#open });
    this.#open = undefined;
  }

  /**
   * Settles the calls that a reply decides.
   * @returns Those that are done with; undefined when the reply fits no call.
   */
  take(reply: Reply): readonly Call[] | undefined {
    const step = this.#steps.peek();
    if (step?.call.replyName === reply.name) return this.#settle(step, reply);
    const run = step ? step.before : this.#open;
    if (!run || run.replies.length >= run.calls.length) return undefined;
    if (!run.calls.some(({ replyName }) => replyName === reply.name)) return undefined;
    run.replies.push(reply);
    return [];
  }

  /** As {@link take}, where the reply is of the usual kind and no quiet call is before the one that it answers. */
  takePlain(text: string): readonly Call[] | undefined {
    const step = this.#steps.peek();
    if (!step || step.before) return undefined;
    const { call } = step;
    const value = call.request.readPlain?.(text);
    if (value === undefined) return undefined;
    this.#steps.shift();
    call.resolveWith(value);
    return [call];
  }

  #settle({ call, before }: Step, reply: Reply): readonly Call[] | undefined {
    if (before && !settleQuiet(before)) return undefined;
    this.#steps.shift();
    call.resolve(reply);
    return before ? [...before.calls, call] : [call];
  }

  /** Oldest first. */
  *[Symbol.iterator](): Generator<Call, void> {
    for (const { call, before } of this.#steps) {
      if (before) yield* before.calls;
      yield call;
    }
    if (this.#open) yield* this.#open.calls;
  }
}

/** @returns false when a reply fits no call; then none is settled. */
function settleQuiet({ calls, replies }: QuietRun): boolean {
  const outcomes = quietOutcomes(calls, replies);
  if (!outcomes) return false;
  for (const [at, call] of calls.entries()) {
    const outcome = outcomes[at];
    if (!outcome || outcome.kind === 'silent') call.resolve(null);
    else if (outcome.kind === 'answered') call.resolve(outcome.reply);
    else call.unknown('ambiguous');
  }
  return true;
}
