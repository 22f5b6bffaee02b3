import type { Token } from '../../../protocol/token.ts';
import type { Eventually } from '../../eventually.ts';
import { inTurns } from '../../turns.ts';
import type { KeptChange, ReplayedChange, SessionRecord } from '../changes.ts';
import { replay } from './replay.ts';
import { revert } from './revert.ts';
import { recordOf } from './sessionCopies.ts';
import type { SessionTable } from './sessionTable.ts';

/** What is in memory, for a store that keeps it elsewhere as well. */
export class Contents {
  readonly #table: SessionTable;

  constructor(table: SessionTable) {
    this.#table = table;
  }

  /** Makes a change again, in the order of the changes, before the store is opened. It is not published. */
  replay(change: ReplayedChange): void {
    replay(this.#table, change);
  }

  /** Hands over each change from now on, before those who follow the store get it. */
  keep(keeper: (change: KeptChange) => void): void {
    this.#table.changes.keep(keeper);
  }

  /** Reads all sessions as a scan does, with everything that {@link replay} needs to make them again. */
  scan(): AsyncIterable<SessionRecord> {
    return this.#table.scans.all(this.#table, recordOf);
  }

  /**
   * Puts sessions into the state in which another store has them. Nothing is published. Very many take several turns
   * of the event loop; who asks must not show them before the end.
   * @param tokens Undefined: all.
   */
  revert(to: Contents, tokens: ReadonlySet<Token> | undefined): Eventually<void> {
    return inTurns(revert(this.#table, to.#table, tokens));
  }

  /** Whether {@link SessionStore.getKeys} moves the deadline of this session. */
  isExtendedByReading(token: Token): boolean {
    const session = this.#table.living(token);
    return session?.term !== undefined && session.extension?.onGet === true;
  }
}
