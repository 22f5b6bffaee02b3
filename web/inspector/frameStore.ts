import { createStore, type StoreApi } from 'zustand/vanilla';

/** A store whose changes are gathered: listeners are called once a frame at most. */
export class FrameStore<T extends object> {
  readonly store: StoreApi<T>;
  readonly #onNextFrame: (run: () => void) => void;
  /** What the store shows with the next frame. */
  #next: T | undefined;
  #isFrameAsked = false;

  constructor(first: T, onNextFrame: (run: () => void) => void) {
    this.store = createStore<T>(() => first);
    this.#onNextFrame = onNextFrame;
  }

  /** With the changes that are not shown yet. */
  latest(): T {
    return this.#next ?? this.store.getState();
  }

  change(part: Partial<T>): void {
    this.#next = { ...this.latest(), ...part };
    if (this.#isFrameAsked) return;
    this.#isFrameAsked = true;
    this.#onNextFrame(() => {
      this.#isFrameAsked = false;
      this.flush();
    });
  }

  /** For what a person did: it shows without waiting for the frame. */
  changeNow(part: Partial<T>): void {
    this.#next = { ...this.latest(), ...part };
    this.flush();
  }

  flush(): void {
    const next = this.#next;
    this.#next = undefined;
    if (next) this.store.setState(next, true);
  }

  /** Forgets what is not shown yet. */
  drop(): void {
    this.#next = undefined;
  }
}
