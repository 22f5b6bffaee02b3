import type { Change, ChangeListener, Gap } from '../store/changes.ts';
import type { SessionStore } from '../store/sessionStore.ts';

/**
 * Hands the changes of the store to all inspectors. The store is followed once, and only while there
 * is an inspector: without one a change costs the store nothing.
 */
export class InspectionHub {
  readonly #store: SessionStore;
  readonly #listeners = new Set<ChangeListener>();
  #unsubscribe: (() => void) | undefined;

  constructor(store: SessionStore) {
    this.#store = store;
  }

  /** @returns Ends the subscription. */
  subscribe(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    this.#unsubscribe ??= this.#store.subscribe((change) => this.#publish(change));
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#unsubscribe?.();
      this.#unsubscribe = undefined;
    };
  }

  #publish(change: Change | Gap): void {
    for (const listener of this.#listeners) listener(change);
  }
}
