import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { idOf } from '../../../test/server/memoryStore.ts';
import type { SessionRecord } from '../changes.ts';
import { defaultStoreLimits } from '../storeLimits.ts';
import type { OpenLoad } from './openLoad.ts';
import { sessionOf } from './newSessions.ts';
import type { Session } from './session.ts';
import { recordOf } from './sessionCopies.ts';
import { SessionTable } from './sessionTable.ts';

const tokens = ['1', '2', '3', '4', '5'] as Token[];

/** A table with an open load, and what happens while it is open. */
class Run {
  readonly table: SessionTable;
  load: OpenLoad;
  readonly wanted = new Set<Token>();
  readonly #clock = new FakeClock();

  constructor(isFollowed: boolean) {
    this.table = new SessionTable(this.#clock, idOf, defaultStoreLimits);
    if (isFollowed) this.table.changes.subscribe(() => undefined);
    this.load = this.table.openLoad();
  }

  put(token: Token): void {
    this.restart();
    this.wanted.add(token);
    this.load.add(this.#session(token, 'loaded'));
  }

  create(token: Token): void {
    if (!this.table.living(token)) this.table.add(this.#session(token, 'own'));
  }

  end(token: Token): void {
    const living = this.table.living(token);
    if (living) this.table.delete(living);
  }

  wait(ms: number): void {
    this.#clock.advanceWithoutTimers(ms);
  }

  /** As who loads does: one that is void begins once more. */
  restart(): void {
    if (!this.load.isVoid) return;
    this.table.closeLoad(this.load);
    this.load = this.table.openLoad();
    for (const each of this.wanted) this.load.add(this.#session(each, 'loaded'));
  }

  /** All sessions, in order. */
  async all(): Promise<SessionRecord[]> {
    const records: SessionRecord[] = [];
    for await (const record of this.table.scans.all(this.table, recordOf)) records.push(record);
    return records;
  }

  /** What is there when nothing is due. */
  async swept(): Promise<SessionRecord[]> {
    this.table.sweep();
    return this.all();
  }

  isOver({ term }: SessionRecord): boolean {
    return term !== undefined && term.deadlineMs <= this.#clock.nowMs();
  }

  /** A session of two seconds, or one that never expires. */
  #session(token: Token, name: string): Session {
    const expiry = Number(token) % 2 ? { durationSec: 2, deleteSession: true } : undefined;
    const keys = new Map([['a', asJsonText('1')]]);
    return sessionOf(
      { token, name, shared: true, expiry, keys },
      {
        nowMs: this.#clock.nowMs(),
        rows: this.table.rows,
      },
    );
  }
}

const token = fc.constantFrom(...tokens);
const move = fc.oneof(
  token.map((each) => (run: Run) => run.put(each)),
  token.map((each) => (run: Run) => run.create(each)),
  token.map((each) => (run: Run) => run.end(each)),
  fc.constant((run: Run) => void run.table.deleteAll()),
  fc.constant((run: Run) => run.wait(1_500)),
  fc.constant((run: Run) => run.restart()),
);

const tokensOf = (sessions: Iterable<SessionRecord>) => Array.from(sessions, (each) => each.token);

/** Ends a load. @returns What was there before, and what was added. */
async function join(run: Run): Promise<[before: SessionRecord[], added: SessionRecord[]]> {
  run.table.sweep();
  run.restart();
  const before = await run.all();
  const { sessions, keys, bytes } = run.table.usage;
  const { growth } = run.load;
  run.table.addLoad(run.load);
  const after = await run.all();
  expect(after.slice(0, before.length)).toEqual(before);
  expect(run.table.usage).toMatchObject({
    sessions: sessions + growth.sessions,
    keys: keys + growth.keys,
    bytes: bytes + growth.bytes,
  });
  const added = after.slice(before.length);
  const created = run.load.created();
  if (created) {
    expect(created.length).toBe(added.length);
    expect(tokensOf(created)).toEqual(tokensOf(added));
    expect(tokens.filter((each) => created.has?.(each))).toEqual(tokensOf(added).sort());
  }
  while (run.table.isMoving) await setImmediate();
  return [before, added];
}

/** Sessions that live at its end stay, the others are added behind them. */
test('a load adds what is missing at its end, whatever happened since it began', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(move, { maxLength: 30 }), fc.boolean(), async (moves, isFollowed) => {
      const run = new Run(isFollowed);
      for (const each of moves) each(run);
      const [before, added] = await join(run);
      expect(before.every(({ name }) => name === 'own')).toBe(true);
      const kept = new Set(tokensOf(before));
      const missing = [...run.wanted].filter((each) => !kept.has(each));
      expect(new Set(tokensOf(added))).toEqual(new Set(missing));
      // Nothing is there any more that was due, and the rest falls due in time.
      expect((await run.swept()).some((each) => run.isOver(each))).toBe(false);
      run.wait(2_000);
      expect((await run.swept()).some(({ term }) => term)).toBe(false);
      // Blocks of keys are given back, also of sessions that were not added.
      run.table.closeLoad(run.load);
      for (const each of await run.swept()) run.end(each.token);
      const { packed, names, count } = run.table.rows;
      expect([packed.count, names.count, count]).toEqual([0, 0, 0]);
    }),
  );
});
