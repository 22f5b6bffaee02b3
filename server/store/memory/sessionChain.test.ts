import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Token } from '../../../protocol/token.ts';
import { Additions } from './additions.ts';
import { Session } from './session.ts';
import { SessionChain } from './sessionChain.ts';
import { SessionRows } from './sessionRows.ts';

/** A chain beside a plain list, and one who reads it with stops. */
class Both {
  readonly rows = new SessionRows(new Additions());
  readonly chain = new SessionChain(this.rows);
  readonly plain: Session[] = [];
  readonly reader = this.chain[Symbol.iterator]();
  /** What the reader must still get: all behind the one that it got last. */
  toCome: Session[] = [];
  /** What it got, and what it should have got. */
  readonly read: [got: number | undefined, expected: number][] = [];
  /** Chains that have joined. */
  readonly emptied: SessionChain[] = [];

  create(): Session {
    const token = '1' as Token;
    return Session.create(this.rows, { token, name: '', shared: false, createdAtMs: 1 });
  }

  add(): void {
    this.#added(this.create(), (session) => this.chain.add(session));
  }

  #added(session: Session, add: (session: Session) => void): void {
    add(session);
    this.plain.push(session);
    this.toCome.push(session);
  }

  remove(at: number): void {
    const [removed] = this.plain.splice(at % Math.max(1, this.plain.length), 1);
    if (!removed) return;
    this.chain.remove(removed);
    this.toCome = this.toCome.filter((each) => each !== removed);
    removed.free();
  }

  join(count: number): void {
    const other = new SessionChain(this.rows);
    for (let at = 0; at < count; at += 1) this.#added(this.create(), (each) => other.add(each));
    this.chain.join(other);
    this.emptied.push(other);
  }

  /** Stops before the end, where a reader would be done. */
  readOne(): void {
    const expected = this.toCome.shift();
    if (!expected) return;
    const { value } = this.reader.next();
    this.read.push([value?.row, expected.row]);
  }
}

const move = fc.oneof(
  fc.constant((both: Both) => both.add()),
  fc.nat(10).map((at) => (both: Both) => both.remove(at)),
  fc.nat(3).map((count) => (both: Both) => both.join(count)),
  fc.constant((both: Both) => both.readOne()),
);

const rowsOf = (sessions: Iterable<Session>) => Array.from(sessions, ({ row }) => row);

test('a chain is as a plain list; who reads it gets all that are added, and none that has left', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40 }), fc.nat(12), (moves, limit) => {
      const both = new Both();
      for (const each of moves) each(both);
      const rows = rowsOf(both.plain);
      expect(both.read.map(([got]) => got)).toEqual(both.read.map(([, expected]) => expected));
      for (const other of both.emptied) expect([other.length, [...other]]).toEqual([0, []]);
      expect([both.chain.length, rowsOf(both.chain)]).toEqual([rows.length, rows]);
      expect(rowsOf(both.chain.lastOf(limit))).toEqual(limit === 0 ? [] : rows.slice(-limit));
      expect(rowsOf(both.reader)).toEqual(rowsOf(both.toCome));
      for (const row of rows) {
        expect(rowsOf(both.chain.from(row))).toEqual(rows.slice(rows.indexOf(row)));
      }
    }),
    { numRuns: 300 },
  );
});
