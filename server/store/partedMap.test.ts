import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PartedMap } from './partedMap.ts';

/** A parted map beside a plain one. */
class Both {
  readonly parted = new PartedMap<string, number>();
  readonly plain = new Map<string, number>();
  #moving: Iterator<unknown> | undefined;

  set(key: string): void {
    this.parted.set(key, key.length);
    this.plain.set(key, key.length);
  }

  delete(key: string): void {
    this.parted.delete(key);
    this.plain.delete(key);
  }

  clear(): void {
    this.parted.clear();
    this.plain.clear();
  }

  join(keys: readonly string[]): void {
    if (this.#moving) return;
    const other = new PartedMap<string, number>();
    for (const key of keys) {
      if (this.plain.has(key)) continue;
      other.set(key, -1);
      this.plain.set(key, -1);
    }
    this.#moving = this.parted.join(other);
    this.#moving.next();
  }

  move(steps: number): void {
    for (let count = 0; count < steps && this.#moving; count += 1) {
      if (this.#moving.next().done) this.#moving = undefined;
    }
  }

  /** Keys that the two do not have alike. */
  differingIn(keys: readonly string[]): string[] {
    const { parted, plain } = this;
    const isAlike = (key: string) =>
      parted.get(key) === plain.get(key) && parted.has(key) === plain.has(key);
    return keys.filter((key) => !isAlike(key));
  }
}

const key = fc.nat({ max: 200 }).map(String);
const move = fc.oneof(
  key.map((each) => (both: Both) => both.set(each)),
  key.map((each) => (both: Both) => both.delete(each)),
  fc.array(key).map((keys) => (both: Both) => both.join(keys)),
  fc.nat({ max: 150 }).map((steps) => (both: Both) => both.move(steps)),
  fc.constant((both: Both) => both.clear()),
);

test('is like a map, also while the entries of another one are moved', () => {
  const keys = Array.from({ length: 201 }, (_, index) => String(index));
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
      const both = new Both();
      for (const each of moves) {
        each(both);
        expect(both.differingIn(keys)).toEqual([]);
      }
      expect([...both.parted.values()].length).toBe(both.plain.size);
      both.move(Infinity);
      expect(both.differingIn(keys)).toEqual([]);
    }),
  );
});

test('keys of one character and of none have a place', () => {
  const map = new PartedMap<string, number>();
  map.set('', 1);
  map.set('7', 2);
  expect([map.get(''), map.get('7'), map.get('8')]).toEqual([1, 2, undefined]);
});
