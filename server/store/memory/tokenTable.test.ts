import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Token } from '../../../protocol/token.ts';
import { TokenBits } from './tokenBits.ts';
import { TokenTable } from './tokenTable.ts';

/** Each has its own row for ever: its place here, from 1 on. Some are none that a server has made. */
const all = Array.from({ length: 3_000 }, (_, at) => tokenAt(at));
const rowOf = new Map(all.map((token, at) => [token, at + 1]));

function tokenAt(at: number): Token {
  if (at % 10 === 0) return `text ${at}` as Token;
  const number = at < 2_000 ? 2n ** 64n - 1n - BigInt(at) * 2n ** 48n : BigInt(at);
  return String(number) as Token;
}

/** Rows that know their tokens. */
class Rows {
  readonly #bits = new TokenBits();

  isOfBits(row: number, low: number, high: number): boolean {
    const token = all[row - 1];
    if (token === undefined || !this.#bits.read(token)) return false;
    return this.#bits.low === low && this.#bits.high === high;
  }
}

/** A table beside a plain map. */
class Both {
  readonly rows = new Rows();
  readonly plain = new Map<Token, number>();
  readonly table = new TokenTable(this.rows);
  #moving: Iterator<unknown> | undefined;

  set(token: Token): void {
    this.table.set(token, rowOf.get(token) ?? 0);
    this.plain.set(token, rowOf.get(token) ?? 0);
  }

  delete(token: Token): void {
    this.table.delete(token);
    this.plain.delete(token);
  }

  join(tokens: readonly Token[]): void {
    if (this.#moving) return;
    const other = new TokenTable(this.rows);
    for (const token of tokens) {
      if (this.plain.has(token)) continue;
      other.set(token, rowOf.get(token) ?? 0);
      this.plain.set(token, rowOf.get(token) ?? 0);
    }
    this.#moving = this.table.join(other);
    this.#moving.next();
  }

  move(steps: number): void {
    for (let step = 0; step < steps; step += 1) {
      if (this.#moving?.next().done) this.#moving = undefined;
    }
  }
}

/** What is found of these tokens, and all rows. */
function found(both: Both, tokens: readonly Token[]) {
  const { table } = both;
  return { each: tokens.map((token) => table.find(token)), all: sorted(table.rows()) };
}

/** What should be found. */
function expected({ plain }: Both, tokens: readonly Token[]) {
  return { each: tokens.map((token) => plain.get(token) ?? 0), all: sorted(plain.values()) };
}

const sorted = (rows: Iterable<number>) => [...rows].sort((a, b) => a - b);

/** From one token on, so many. */
const some = fc
  .tuple(fc.nat(all.length - 1), fc.constantFrom(1, 2, 10, 300, 2_000))
  .map(([from, count]) => all.slice(from, from + count));
const move = fc.oneof(
  some.map((tokens) => (both: Both) => tokens.forEach((token) => both.set(token))),
  some.map((tokens) => (both: Both) => tokens.forEach((token) => both.delete(token))),
  some.map((tokens) => (both: Both) => both.join(tokens)),
  fc.constantFrom(1, 100, 300).map((steps) => (both: Both) => both.move(steps)),
);

test('a table of tokens is as a plain map, while it grows, shrinks and takes in another', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 8 }), (moves) => {
      const both = new Both();
      for (const each of moves) {
        each(both);
        const few = all.slice(0, 50);
        expect(found(both, few)).toEqual(expected(both, few));
      }
      expect(found(both, all)).toEqual(expected(both, all));
    }),
    { numRuns: 50 },
  );
});

test('a token is found in the place of another row of it', () => {
  const rows = { isOfBits: () => true };
  const table = new TokenTable(rows);
  table.set('42' as Token, 1);
  table.set('42' as Token, 2);
  expect([table.find('42' as Token), [...table.rows()]]).toEqual([2, [2]]);
});

test('what was looked for first is found as it is now', () => {
  const [token, other] = [all[1], all[2]] as [Token, Token];
  const both = new Both();
  const changes = [() => both.set(token), () => both.delete(token), () => both.join([token])];
  for (const change of changes) {
    expect(both.table.findFirst(token)).toBe(both.plain.get(token) ?? 0);
    change();
    expect(found(both, [token, other])).toEqual(expected(both, [token, other]));
  }
  expect(both.table.findFirst(other)).toBe(0);
  expect(both.table.findFirst(token)).toBe(2);
});

test('texts that look alike are tokens of their own', () => {
  const rows = new Rows();
  const table = new TokenTable(rows);
  const odd = ['0', '01', '1.0', ' 1', '18446744073709551616'] as Token[];
  for (const [index, token] of odd.entries()) table.set(token, 5_000 + index);
  expect(odd.map((token) => table.find(token))).toEqual([5_000, 5_001, 5_002, 5_003, 5_004]);
  expect(table.find('1' as Token)).toBe(0);
  expect(table.find('001' as Token)).toBe(0);
});
