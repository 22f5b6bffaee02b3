import type { Steps } from '../../../protocol/steps.ts';
import type { Token } from '../../../protocol/token.ts';
import { eachOf } from '../../turns.ts';
import type { SessionRecord } from '../changes.ts';
import { recordOf, replayedSession, type Session } from './session.ts';
import type { SessionTable } from './sessionTable.ts';

/** Sessions that are reverted before others have their turn. */
const perStep = { perStep: 1_000 };

/** Puts sessions into the state in which another table has them, one after the other. @param tokens Undefined: all. */
export function* revert(
  table: SessionTable,
  to: SessionTable,
  tokens: ReadonlySet<Token> | undefined,
): Steps<void> {
  const revertToken = (token: Token) => {
    const session = to.byToken.get(token);
    revertSession(table, token, session && recordOf(session));
  };
  if (tokens) {
    yield* eachOf(tokens, perStep, revertToken);
    return;
  }
  yield* eachOf(yield* sessionsIn(table), perStep, ({ token }) => revertToken(token));
  // Those that are missing come last.
  yield* eachOf(to.inOrder, perStep, ({ token }) => {
    if (!table.byToken.has(token)) revertToken(token);
  });
}

/** All of a table at one moment or another: what is added later is not. */
function* sessionsIn(table: SessionTable): Steps<Session[]> {
  const sessions: Session[] = [];
  yield* eachOf(table.inOrder, perStep, (session) => sessions.push(session));
  return sessions;
}

/** One that stays keeps its place among the others. @param record Undefined: there is none. */
function revertSession(table: SessionTable, token: Token, record: SessionRecord | undefined): void {
  const session = table.byToken.get(token);
  if (session) table.history.forget(session);
  if (!session || !record || !isSame(session, record)) {
    if (session) table.delete(session);
    if (record) table.add(replayedSession(record, table.packed));
    return;
  }
  table.keys.clear(session);
  for (const [index, value] of record.values.entries()) {
    table.keys.store(session, record.keys[index] ?? '', value);
  }
  table.setTerm(session, record.term && { ...record.term, heapIndex: -1 });
  table.history.forget(session);
}

/** Whether both are one session at two moments, and not two of one token. */
function isSame(session: Session, { createdAtMs, extension }: SessionRecord): boolean {
  return (
    session.createdAtMs === createdAtMs &&
    session.extension?.onGet === extension?.onGet &&
    session.extension?.onSetAdd === extension?.onSetAdd
  );
}
