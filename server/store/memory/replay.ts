import { jsonNull } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import type { ReplayedChange, TermView } from '../changes.ts';
import type { KeyLists } from './packedKeys.ts';
import { replayedSession } from './newSessions.ts';
import type { Session } from './session.ts';
import type { SessionTable } from './sessionTable.ts';

/**
 * Makes a change again. It holds results, so nothing is decided here: no clock, no random source and
 * no path is asked, and no deadline is looked at.
 */
export function replay(table: SessionTable, change: ReplayedChange): void {
  switch (change.kind) {
    case 'created':
      for (const created of change.sessions) table.add(replayedSession(created, table.rows));
      break;
    case 'ended':
      for (const { token } of change.sessions) table.delete(sessionOf(table, token));
      break;
    case 'extended':
      moveTerm(table, sessionOf(table, change.session.token), change.term);
      break;
    case 'touched': {
      table.setTerm(sessionOf(table, change.session.token), change.term);
      break;
    }
    case 'stored':
      storeKeys(table, sessionOf(table, change.session.token), change);
      break;
    case 'replaced': {
      const session = sessionOf(table, change.session.token);
      table.keys.clear(session);
      storeKeys(table, session, change);
      break;
    }
    case 'removed': {
      const session = sessionOf(table, change.session.token);
      for (const key of change.keys) table.keys.remove(session, key);
      moveTerm(table, session, change.term);
      break;
    }
    case 'cleared': {
      const session = sessionOf(table, change.session.token);
      table.keys.clear(session);
      moveTerm(table, session, change.term);
      break;
    }
  }
  table.changes.resumeAfter(change.sequence);
}

function sessionOf(table: SessionTable, token: Token): Session {
  const session = table.get(token);
  if (!session) throw new Error('A change is of a session that no change before it created');
  return session;
}

interface StoredKeys extends KeyLists {
  readonly term?: TermView | undefined;
}

function storeKeys(
  table: SessionTable,
  session: Session,
  { keys, values, term }: StoredKeys,
): void {
  if (session.keys.size === 0) table.keys.fill(session, { keys, values });
  else {
    for (const [index, key] of keys.entries())
      table.keys.store(session, key, values[index] ?? jsonNull);
  }
  moveTerm(table, session, term);
}

function moveTerm(table: SessionTable, session: Session, term: TermView | undefined): void {
  if (term) table.replayTerm(session, term);
}
