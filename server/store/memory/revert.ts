import type { Token } from '../../../protocol/token.ts';
import type { SessionRecord } from '../changes.ts';
import { recordOf, replayedSession, type Session } from './session.ts';
import type { SessionChain } from './sessionChain.ts';
import type { SessionTable } from './sessionTable.ts';

/** Puts sessions into the state in which another table has them. @param tokens Undefined: all. */
export function revert(
  table: SessionTable,
  to: SessionTable,
  tokens: ReadonlySet<Token> | undefined,
): void {
  for (const token of tokens ?? tokensOf(table.inOrder, to.inOrder)) {
    const session = to.byToken.get(token);
    revertSession(table, token, session && recordOf(session));
  }
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

function tokensOf(...chains: SessionChain[]): Set<Token> {
  return new Set(chains.flatMap((chain) => Array.from(chain, ({ token }) => token)));
}

/** Whether both are one session at two moments, and not two of one token. */
function isSame(session: Session, { createdAtMs, extension }: SessionRecord): boolean {
  return (
    session.createdAtMs === createdAtMs &&
    session.extension?.onGet === extension?.onGet &&
    session.extension?.onSetAdd === extension?.onSetAdd
  );
}
