import { WorkBudget, type Work } from '../../jsonPath/workBudget.ts';
import type { Eventually } from '../../eventually.ts';

/** Long work that waits for its turn at most; more is not taken. */
const maxWaiting = 1024;

/** Makes the work, from the state at that moment. */
export type Begin<T> = (budget: WorkBudget) => Work<T>;

/**
 * Carries out work that may take long. Short work is done at once. What is not done within a slice
 * waits in a queue and starts again there, one after the other, so that the nodes of one search fill
 * the memory and not those of all; between two slices everything else has its turn.
 */
export class SlowQueryQueue {
  readonly #unitsPerQuery: number | undefined;
  #waiting: (() => boolean)[] = [];
  #next: NodeJS.Immediate | undefined;

  /** @param unitsPerQuery Absent: as the protocol says. */
  constructor(unitsPerQuery?: number) {
    this.#unitsPerQuery = unitsPerQuery;
  }

  /** @param full What is given when too much is waiting. */
  carryOut<T>(begin: Begin<T>, full: () => T): Eventually<T> {
    const first = begin(new WorkBudget(this.#unitsPerQuery)).next();
    if (first.done) return first.value;
    if (this.#waiting.length >= maxWaiting) return full();
    return new Promise((resolve, reject) => {
      let budget: WorkBudget | undefined;
      let work: Work<T> | undefined;
      this.#waiting.push(() => {
        budget ??= new WorkBudget(this.#unitsPerQuery);
        work ??= begin(budget);
        budget.startSlice();
        try {
          const slice = work.next();
          if (slice.done) resolve(slice.value);
          return slice.done === true;
        } catch (error) {
          reject(error); // Only a bug throws; it ends as status 1000.
          return true;
        }
      });
      this.#schedule();
    });
  }

  /** Forgets what is waiting. */
  close(): void {
    if (this.#next) clearImmediate(this.#next);
    this.#next = undefined;
    this.#waiting = [];
  }

  #schedule(): void {
    this.#next ??= setImmediate(() => {
      this.#next = undefined;
      const isDone = this.#waiting[0]?.() ?? true;
      if (isDone) this.#waiting.shift();
      if (this.#waiting.length > 0) this.#schedule();
    });
  }
}
