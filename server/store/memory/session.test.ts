import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import { Additions } from './additions.ts';
import { Session, type SessionBirth } from './session.ts';
import { rowsPerPiece } from '../rowPieces.ts';
import { SessionRows } from './sessionRows.ts';

const birth: fc.Arbitrary<SessionBirth> = fc.record({
  token: fc
    .oneof(
      fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }).map(String),
      fc.constantFrom('0', '01', 'a text', '18446744073709551616', '1'),
    )
    .map((text) => text as Token),
  name: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('', '中'.repeat(1_030), 'n'.repeat(2_046), 'n'.repeat(2_047)),
  ),
  shared: fc.boolean(),
  createdAtMs: fc.double({ noNaN: true }),
  extension: fc.option(fc.record({ onSetAdd: fc.boolean(), onGet: fc.boolean() }), {
    nil: undefined,
  }),
});

/** What a session says of itself. */
function factsOf(session: Session) {
  const { token, name, shared, createdAtMs, extension, keys, changedAt, clears } = session;
  return { token, name, shared, createdAtMs, extension, changedAt, clears, keys: [...keys] };
}

/** Sessions beside what was put into them. */
class Both {
  readonly rows = new SessionRows(new Additions());
  readonly living: { session: Session; facts: ReturnType<typeof factsOf> }[] = [];
  readonly gone: Session[] = [];

  create(facts: SessionBirth): void {
    const session = Session.create(this.rows, facts);
    const { living } = this;
    const [changedAt, clears] = [2 ** 40 + living.length, living.length];
    const key = `key ${living.length}`;
    session.keys.set(key, asJsonText('1'));
    session.changedAt = changedAt;
    session.clears = clears;
    const keys: [string, ReturnType<typeof asJsonText>][] = [[key, asJsonText('1')]];
    living.push({ session, facts: { extension: undefined, ...facts, changedAt, clears, keys } });
  }

  free(at: number): void {
    const [freed] = this.living.splice(at % Math.max(1, this.living.length), 1);
    if (!freed) return;
    freed.session.free();
    this.gone.push(freed.session);
  }
}

test('a session is as it was made, whatever others come and go beside it', () => {
  const move = fc.oneof(
    { weight: 3, arbitrary: birth.map((facts) => (both: Both) => both.create(facts)) },
    { weight: 2, arbitrary: fc.nat(20).map((at) => (both: Both) => both.free(at)) },
  );
  fc.assert(
    fc.property(fc.array(move, { maxLength: 20 }), (moves) => {
      const both = new Both();
      for (const each of moves) each(both);
      for (const { session, facts } of both.living) {
        expect(factsOf(session)).toEqual(facts);
        expect(session.is(new Session(both.rows, session.row))).toBe(true);
      }
      expect(new Set(both.living.map(({ session }) => session.row)).size).toBe(both.living.length);
      expect(both.rows.count).toBe(both.living.length);
      while (both.living.length > 0) both.free(0);
      expect([both.rows.packed.count, both.rows.names.count]).toEqual([0, 0]);
    }),
  );
});

test('who holds a session that has ended learns nothing of the one in its place', () => {
  const rows = new SessionRows(new Additions());
  const facts = { shared: false, createdAtMs: 1 };
  const gone = Session.create(rows, { token: '1' as Token, name: 'one', ...facts });
  const { keys } = gone;
  gone.free();
  const next = Session.create(rows, { token: '2' as Token, name: 'two', ...facts });
  next.keys.set('a', asJsonText('"secret"'));
  next.id = 'id';
  expect(next.row).toBe(gone.row);
  expect(next.is(gone)).toBe(false);
  expect([gone.isGone, gone.isIn, gone.id, gone.term]).toEqual([true, false, undefined, undefined]);
  expect([keys.size, keys.get('a'), [...keys], gone.number < 0]).toEqual([0, undefined, [], true]);
  expect(() => gone.name).toThrow('ended');
  expect(() => gone.token).toThrow('ended');
  expect(() => keys.set('b', asJsonText('1'))).toThrow('ended');
  gone.free();
  expect(next.keys.get('a')).toBe('"secret"');
});

test('the memory of many sessions is given back when they have ended, and rows are used again', () => {
  const rows = new SessionRows(new Additions());
  const create = (number: number) =>
    Session.create(rows, { token: `${number}` as Token, name: '', shared: false, createdAtMs: 1 });
  const sessions = Array.from({ length: 2.5 * rowsPerPiece }, (_, at) => create(at + 1));
  const { last } = rows;
  const term = { durationSec: 1, deleteSession: true, startMs: 0, deadlineMs: 1_000 };
  for (const session of sessions) session.term = term;
  expect(() => sessions.map(({ row }) => rows.terms.at(row))).not.toThrow();
  for (const session of sessions) session.free();
  for (const { row } of sessions) expect(() => rows.terms.at(row)).toThrow('has none');
  const pieceOf = ({ row }: Session) => Math.floor(row / rowsPerPiece);
  expect(new Set(sessions.filter(({ row }) => rows.has(row)).map(pieceOf)).size).toBe(1);
  for (let at = 0; at < sessions.length; at += 1) create(at + 1);
  expect(rows.last).toBe(last);
  expect(sessions.every(({ isGone }) => isGone)).toBe(true);
});
