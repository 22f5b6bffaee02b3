import type { Token } from '../../../protocol/token.ts';
import type { PublishedChange } from './readChange.ts';

/** Changes of one session from some moment on. */
export interface Collected {
  readonly changes: readonly PublishedChange[];
  /** Whether some may be missing. */
  readonly isBroken: boolean;
  /** Ends the collecting. */
  readonly end: () => void;
}

class Collector {
  readonly changes: PublishedChange[] = [];
  isBroken = false;
}

/** Who waits for changes, while they arrive. */
export class FeedArrivals {
  readonly #collectors = new Map<Token, Set<Collector>>();
  readonly #waiting = new Set<() => void>();

  collect(token: Token): Collected {
    const collector = new Collector();
    const all = this.#collectors.get(token) ?? new Set();
    this.#collectors.set(token, all.add(collector));
    const end = () => {
      all.delete(collector);
      if (all.size === 0) this.#collectors.delete(token);
    };
    return Object.assign(collector, { end });
  }

  /** A change of a session has come. */
  take(token: Token, change: PublishedChange): void {
    for (const { changes } of this.#collectors.get(token) ?? []) changes.push(change);
  }

  /** Changes of some sessions are missing. */
  lose(isOne: (token: Token) => boolean): void {
    for (const [token, collectors] of this.#collectors) {
      if (isOne(token)) for (const collector of collectors) collector.isBroken = true;
    }
  }

  /** A message has come. */
  note(): void {
    for (const wake of this.#waiting) wake();
  }

  /** Settles when a message has come, or the time is over. */
  async next(withinMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, withinMs);
      this.#waiting.add(wake);
    });
  }
}
