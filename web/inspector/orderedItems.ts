/** A batch of changes to a list that a server pushes. */
export interface ItemChanges<T> {
  /** Forget everything first. */
  readonly isReset: boolean;
  readonly removed: readonly string[];
  readonly changed: readonly T[];
}

/** A pushed list: an item that changes keeps its place, an unknown one goes to the end. */
export class OrderedItems<T> {
  readonly #idOf: (item: T) => string;
  readonly #limit: number;
  readonly #items = new Map<string, T>();
  readonly #changedAtMs = new Map<string, number>();
  #list: readonly T[] | undefined;

  /** @param limit Items kept at most; unknown ones beyond it are left out. */
  constructor(idOf: (item: T) => string, limit: number) {
    this.#idOf = idOf;
    this.#limit = limit;
  }

  /**
   * What was removed goes first, so that an item may end and begin again in one batch.
   * @param nowMs Remembered for what changed. Without it, and in a reset, nothing counts as changed.
   */
  apply({ isReset, removed, changed }: ItemChanges<T>, nowMs?: number): void {
    if (isReset) this.#forgetAll();
    for (const id of removed) this.#forget(id);
    for (const item of changed) this.#set(item, isReset ? undefined : nowMs);
    this.#list = undefined;
  }

  clear(): void {
    this.apply({ isReset: true, removed: [], changed: [] });
  }

  get(id: string): T | undefined {
    return this.#items.get(id);
  }

  /** When an item changed or was added; undefined when it has been as it is since the reset. */
  changedAtMs(id: string): number | undefined {
    return this.#changedAtMs.get(id);
  }

  /** The items in order; the same array until something changes. */
  list(): readonly T[] {
    this.#list ??= [...this.#items.values()];
    return this.#list;
  }

  #set(item: T, changedAtMs: number | undefined): void {
    const id = this.#idOf(item);
    if (this.#items.size >= this.#limit && !this.#items.has(id)) return;
    this.#items.set(id, item);
    if (changedAtMs !== undefined) this.#changedAtMs.set(id, changedAtMs);
  }

  #forget(id: string): void {
    this.#items.delete(id);
    this.#changedAtMs.delete(id);
  }

  #forgetAll(): void {
    this.#items.clear();
    this.#changedAtMs.clear();
  }
}
