/** Carries "too costly" out of an evaluation; `findNodes` catches it. */
export class TooCostly extends Error {}

/**
 * What one command may spend on a path, in units of about a nanosecond: what is beyond is
 * answered with status 4, so that no path holds up other connections (decision D37).
 */
const unitsPerCommand = 40_000_000;

/** Counts the work of one command. */
export class WorkBudget {
  #left: number;

  constructor(units = unitsPerCommand) {
    this.#left = units;
  }

  spend(units: number): void {
    this.#left -= units;
    if (this.#left < 0) throw new TooCostly('The path costs too much');
  }
}
