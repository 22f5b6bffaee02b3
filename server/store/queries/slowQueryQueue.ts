import { WorkBudget, type Work } from '../../jsonPath/workBudget.ts';
import type { Eventually } from '../../eventually.ts';

/** Long work that waits for its turn at most; more is not taken. */
const maxWaiting = 1024;

/** Makes the work, from the state at that moment. */
export type Begin<T> = (budget: WorkBudget) => Work<T>;

/** Does a slice of the work. @returns Whether it is done. */
type Slice = () => boolean;

/**
 * Carries out work that may take long. Short work is done at once. What is not done within a slice
 * waits in a queue and starts again there, one after the other, so that the nodes of one search fill
 * the memory and not those of all; between two slices everything else has its turn. Each connection has a
 * queue, and they take turns: who asks for one thing waits for one of each other, however many those have.
 */
export class SlowQueryQueue {
  readonly #unitsPerQuery: number | undefined;
  /** By connection, the one whose turn it is first. */
  readonly #waiting = new Map<number, Slice[]>();
  #count = 0;
  #next: NodeJS.Immediate | undefined;

  /** @param unitsPerQuery Absent: as the protocol says. */
  constructor(unitsPerQuery?: number) {
    this.#unitsPerQuery = unitsPerQuery;
  }

  /**
   * @param connection Who asks.
   * @param full What is given when too much is waiting.
   */
  carryOut<T>(connection: number, begin: Begin<T>, full: () => T): Eventually<T> {
    const first = begin(new WorkBudget(this.#unitsPerQuery)).next();
    if (first.done) return first.value;
    if (this.#count >= maxWaiting) return full();
    return new Promise((resolve, reject) => {
      let budget: WorkBudget | undefined;
      let work: Work<T> | undefined;
      this.#enqueue(connection, () => {
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
    this.#waiting.clear();
    this.#count = 0;
  }

  #enqueue(connection: number, work: Slice): void {
    const queue = this.#waiting.get(connection);
    if (queue) queue.push(work);
    else this.#waiting.set(connection, [work]);
    this.#count += 1;
  }

  #schedule(): void {
    this.#next ??= setImmediate(() => {
      this.#next = undefined;
      for (const [connection, [work, ...later]] of this.#waiting) {
        if (work?.() !== false) this.#endTurn(connection, later);
        break;
      }
      if (this.#waiting.size > 0) this.#schedule();
    });
  }

  #endTurn(connection: number, later: Slice[]): void {
    this.#count -= 1;
    this.#waiting.delete(connection);
    if (later.length > 0) this.#waiting.set(connection, later);
  }
}
