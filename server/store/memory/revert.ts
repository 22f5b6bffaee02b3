import type { Steps } from '../../../protocol/steps.ts';
import type { Token } from '../../../protocol/token.ts';
import { eachOf } from '../../turns.ts';
import type { SessionRecord } from '../changes.ts';
import { replayedSession } from './newSessions.ts';
import type { Session } from './session.ts';
import { recordOf } from './sessionCopies.ts';
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
    const session = to.get(token);
    revertSession(table, token, session && recordOf(session));
  };
  if (tokens) {
    yield* eachOf(tokens, perStep, revertToken);
    return;
  }
  yield* eachOf(yield* tokensIn(table), perStep, revertToken);
  // Those that are missing come last.
  yield* eachOf(to.inOrder, perStep, ({ token }) => {
    if (!table.get(token)) revertToken(token);
  });
}

/** All of a table at one moment or another: what is added later is not. */
function* tokensIn(table: SessionTable): Steps<Token[]> {
  const tokens: Token[] = [];
  yield* eachOf(table.inOrder, perStep, ({ token }) => tokens.push(token));
  return tokens;
}

/** One that stays keeps its place among the others. @param record Undefined: there is none. */
function revertSession(table: SessionTable, token: Token, record: SessionRecord | undefined): void {
  const session = table.get(token);
  if (!session || !record || !isSame(session, record)) {
    if (session) {
      table.history.release(session);
      table.delete(session);
    }
    if (record) table.add(replayedSession(record, table.rows));
    return;
  }
  table.keys.clear(session);
  for (const [index, value] of record.values.entries()) {
    table.keys.store(session, record.keys[index] ?? '', value);
  }
  table.setTerm(session, record.term);
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
