import type { Steps } from '../../protocol/steps.ts';

/** Maps that one is made of. */
const partCount = 128;

/**
 * A map by texts whose last characters are random. V8 copies a map as a whole when it grows; here only ever a
 * small part. In no order, and no value may be undefined.
 */
export class PartedMap<K extends string, V> {
  #parts: Map<K, V>[] = newParts();
  /** The parts of a map that has joined and whose entries have not all been moved; of other keys. */
  #joining: Map<K, V>[] | undefined;

  get(key: K): V | undefined {
    const part = partOf(key);
    return this.#parts[part]?.get(key) ?? this.#joining?.[part]?.get(key);
  }

  has(key: K): boolean {
    return this.get(key) !== undefined;
  }

  set(key: K, value: V): void {
    const part = partOf(key);
    this.#joining?.[part]?.delete(key);
    this.#parts[part]?.set(key, value);
  }

  delete(key: K): void {
    const part = partOf(key);
    if (this.#parts[part]?.delete(key) !== true) this.#joining?.[part]?.delete(key);
  }

  /** As quick for very many as for few. */
  clear(): void {
    this.#parts = newParts();
    this.#joining = undefined;
  }

  *values(): Iterable<V> {
    for (const part of this.#parts) yield* part.values();
    for (const part of this.#joining ?? []) yield* part.values();
  }

  /**
   * Adds all entries of another map, which is not used any more. Its keys must not be here. All are there after
   * the first step; the others move them. Not to be called again before the last step.
   */
  *join(other: PartedMap<K, V>): Steps<void> {
    const joining = other.#parts;
    this.#joining = joining;
    for (let at = 0; at < partCount; at += 1) {
      yield;
      if (this.#joining !== joining) return; // All were deleted.
      const [own, other] = [this.#parts[at], joining[at]];
      if (own && other) this.#parts[at] = united(own, other);
      joining[at] = new Map();
    }
    this.#joining = undefined;
  }
}

/** The larger of two maps, with the entries of both. */
function united<K, V>(a: Map<K, V>, b: Map<K, V>): Map<K, V> {
  const [larger, smaller] = a.size >= b.size ? [a, b] : [b, a];
  for (const [key, value] of smaller) larger.set(key, value);
  return larger;
}

function newParts<K, V>(): Map<K, V>[] {
  return Array.from({ length: partCount }, () => new Map<K, V>());
}

/** Tokens end in decimal digits, ids in base64. */
function partOf(text: string): number {
  const { length } = text;
  return (text.charCodeAt(length - 1) * 10 + text.charCodeAt(length - 2)) & (partCount - 1);
}
