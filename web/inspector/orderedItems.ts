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
  #list: readonly T[] | undefined;

  /** @param limit Items kept at most; unknown ones beyond it are left out. */
  constructor(idOf: (item: T) => string, limit: number) {
    this.#idOf = idOf;
    this.#limit = limit;
  }

  /** What was removed goes first, so that an item may end and begin anew in one batch. */
  apply({ isReset, removed, changed }: ItemChanges<T>): void {
    if (isReset) this.#items.clear();
    for (const id of removed) this.#items.delete(id);
    for (const item of changed) this.#set(item);
    this.#list = undefined;
  }

  clear(): void {
    this.apply({ isReset: true, removed: [], changed: [] });
  }

  get(id: string): T | undefined {
    return this.#items.get(id);
  }

  /** The items in order; the same array until something changes. */
  list(): readonly T[] {
    this.#list ??= [...this.#items.values()];
    return this.#list;
  }

  #set(item: T): void {
    const id = this.#idOf(item);
    if (this.#items.size < this.#limit || this.#items.has(id)) this.#items.set(id, item);
  }
}
