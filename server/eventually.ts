import type { Result } from '../protocol/result.ts';

/** Now, or later: the memory store answers at once, one that asks another machine cannot. */
export type Eventually<T> = T | Promise<T>;

/** Maps what a store gives, now or later; now stays now. */
export function mapEventually<T, R>(outcome: Eventually<T>, map: (value: T) => R): Eventually<R> {
  return outcome instanceof Promise ? outcome.then(map) : map(outcome);
}

/** As {@link mapEventually}, where what follows may also come later. */
export function afterEventually<T, R>(
  outcome: Eventually<T>,
  map: (value: T) => Eventually<R>,
): Eventually<R> {
  return outcome instanceof Promise ? outcome.then(map) : map(outcome);
}

/** Maps the happy half of what a store gives; a refusal passes through. */
export function mapResult<T, E, R>(
  outcome: Eventually<Result<T, E>>,
  map: (value: T) => R,
): Eventually<Result<R, E>> {
  return mapEventually(outcome, (result) =>
    result.ok ? { ok: true, value: map(result.value) } : result,
  );
}

/** Somebody who waits for changes to come to disk. */
export interface Waiting {
  /** It is known now whether they have. Must not throw. */
  noteOutcome(): void;
}

/** What replies wait for: changes that come to disk together. */
export interface Hold {
  /** Whether they have; false: they never will, and are undone. Undefined: that is not known yet. */
  readonly outcome: boolean | undefined;
  /** Tells somebody when it is known. Not to be called when it is. */
  add(waiting: Waiting): void;
}

/**
 * Lets a store give outcomes at once that it would give later, to a caller who waits himself: with many that wait for the same
 * sync, a promise for each step of each of them takes longer than the commands.
 */
export interface Holds {
  /** From now until {@link end}, in the same turn, outcomes are given at once where that is possible. */
  begin(): void;
  /** @returns What nobody may see these outcomes before; undefined: they are all on disk. */
  end(): Hold | undefined;
}

/** A reply that is there, and must not be seen before changes are on disk. */
export abstract class Held {
  readonly hold: Hold;

  constructor(hold: Hold) {
    this.hold = hold;
  }

  abstract get length(): number;

  /** To be called once, when the outcome of the hold is known. May throw or reject. */
  abstract take(): Eventually<string | null>;

  /** The reply, when it may be seen. Takes it. */
  async settled(): Promise<string | null> {
    if (this.hold.outcome === undefined) {
      await new Promise<void>((resolve) => {
        this.hold.add({ noteOutcome: resolve });
      });
    }
    return this.take();
  }
}

/** Gives a reply when it may be seen. */
export function settling(reply: Eventually<string | null> | Held): Eventually<string | null> {
  return reply instanceof Held ? reply.settled() : reply;
}
