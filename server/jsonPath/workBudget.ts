/** Carries "too costly" out of an evaluation; `affordable` catches it. */
export class TooCostly extends Error {}

/**
 * Work that can be put aside: it yields where others should have their turn, which is wherever its
 * budget says {@link WorkBudget.isSliceOver}.
 */
export type Work<T> = Generator<undefined, T, undefined>;

/**
 * What one command may spend on a path, in units of a few nanoseconds; what is beyond is answered
 * with status 4 (decision D37). Counted and not timed, so that a busy machine answers the same.
 */
const unitsPerCommand = 600_000_000;

/** What may be done in one go, with others waiting: of time, as that is what they lose. */
const sliceMs = 8;

/** The clock is looked at after so much work. */
const unitsPerLook = 300_000;

/** Work that cannot be put aside may take at most this. */
const unitsAtOnce = 40_000_000;

/** Nodes of one value that may be made: memory is bounded too. */
const maxNodes = 2_000_000;

/** Counts the work of one command. */
export class WorkBudget {
  #left: number;
  #leftToLook = unitsPerLook;
  #sliceEndsMs = 0;
  readonly #sliceMs: number;
  #nodesLeft = maxNodes;

  constructor(units = unitsPerCommand, ms = sliceMs) {
    this.#left = units;
    this.#sliceMs = ms;
    this.startSlice();
  }

  spend(units: number): void {
    this.#left -= units;
    this.#leftToLook -= units;
    if (this.#left < 0) throw new TooCostly('The path costs too much');
  }

  /** For work that cannot be interrupted. */
  spendAtOnce(units: number): void {
    if (units > unitsAtOnce) throw new TooCostly('One step of the path costs too much');
    this.spend(units);
  }

  spendNode(units: number): void {
    this.#nodesLeft -= 1;
    if (this.#nodesLeft < 0) throw new TooCostly('The path makes too many nodes');
    this.spend(units);
  }

  /** The nodes of the last value are forgotten. */
  startValue(): void {
    this.#nodesLeft = maxNodes;
  }

  /** Whether it is time to let others have their turn. */
  isSliceOver(): boolean {
    if (this.#leftToLook > 0) return false;
    this.#leftToLook = unitsPerLook;
    return performance.now() > this.#sliceEndsMs;
  }

  startSlice(): void {
    this.#sliceEndsMs = performance.now() + this.#sliceMs;
  }
}
