import type { Refusal } from '../../../protocol/wire/reply.ts';
import { ok, type Result } from '../../../protocol/result.ts';
import type { Steps } from '../../../protocol/steps.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Eventually } from '../../eventually.ts';
import { isStepOver, OneByOne } from '../../turns.ts';
import type { Cause } from '../changes.ts';
import type { Restored, RestoredSession } from '../sessionStore.ts';
import type { OpenLoad } from './openLoad.ts';
import { sessionOf } from './newSessions.ts';
import type { Session } from './session.ts';
import type { SessionTable } from './sessionTable.ts';
import { bytesOfTexts } from './keyMap.ts';

/** Sessions and keys in one step at most; no more than that is put back at once. Some 5 ms for sessions. */
export const loadedPerStep = 2_500;

/** When the time of the sessions starts, and who put them back. */
export interface LoadFacts {
  readonly nowMs: number;
  readonly cause: Cause;
}

/** Puts sessions back: those that are missing, if there is room for all of them. */
export class Loads {
  readonly #table: SessionTable;
  readonly #large = new OneByOne();

  constructor(table: SessionTable) {
    this.#table = table;
  }

  /** All appear at one moment. At once, but for very many: those are made ready in slices, one load after the other. */
  restore(
    sessions: readonly RestoredSession[],
    facts: LoadFacts,
  ): Eventually<Result<Restored, Refusal>> {
    if (isLarge(sessions)) return this.#large.run(this.#restoreMany(sessions, facts));
    const { nowMs, cause } = facts;
    const ready = new Map<Token, Session>();
    for (const restored of sessions) {
      if (ready.has(restored.token) || this.#table.living(restored.token)) continue;
      ready.set(restored.token, sessionOf(restored, { nowMs, rows: this.#table.rows }));
    }
    return this.#addFew([...ready.values()], cause);
  }

  #addFew(missing: readonly Session[], cause: Cause): Result<Restored, Refusal> {
    let [keys, bytes] = [0, 0];
    for (const session of missing) {
      keys += session.keys.size;
      bytes += session.bytes;
    }
    const full = this.#table.refusalOf({ sessions: missing.length, keys, bytes });
    if (full) {
      for (const session of missing) session.free();
      return full;
    }
    for (const session of missing) this.#table.add(session);
    this.#table.changes.created(missing, cause, 'load');
    return ok({ sessions: missing.length, keys });
  }

  *#restoreMany(
    sessions: readonly RestoredSession[],
    { nowMs, cause }: LoadFacts,
  ): Steps<Result<Restored, Refusal>> {
    const table = this.#table;
    // Another load may be open, or not have been moved.
    do yield;
    while (table.isMoving);
    for (;;) {
      const load = table.openLoad();
      try {
        yield* this.#fill(load, sessions, nowMs);
        // All are missing again when all others have ended: it begins once more.
        if (!load.isVoid) return this.#add(load, cause);
      } finally {
        table.closeLoad(load);
      }
    }
  }

  /** All of a load appear in this step, and nothing is due. */
  #add(load: OpenLoad, cause: Cause): Result<Restored, Refusal> {
    const table = this.#table;
    const full = table.refusalOf(load.growth);
    if (full) return full;
    const restored = { sessions: load.growth.sessions, keys: load.growth.keys };
    table.addLoad(load);
    table.changes.loaded(load.created(), cause);
    // The reply comes in the same turn as the change: who keeps changes may have to hold it back.
    return ok(restored);
  }

  /** Takes the sessions in; when it ends, it has all that are missing at that moment, unless it is void. */
  *#fill(load: OpenLoad, sessions: readonly RestoredSession[], nowMs: number): Steps<void> {
    let left = loadedPerStep;
    for (const restored of sessions) {
      const textBytes = yield* textBytesOf(restored);
      if (load.isVoid) return;
      load.add(sessionOf(restored, { nowMs, rows: this.#table.rows }, textBytes));
      left -= 1 + restored.keys.size;
      if (left > 0 && !isStepOver()) continue;
      yield;
      left = loadedPerStep;
    }
    // What is due is not living any more.
    while (!this.#table.sweepSome()) yield;
  }
}

function isLarge(sessions: readonly RestoredSession[]): boolean {
  let size = sessions.length;
  if (size > loadedPerStep) return true;
  for (const { keys } of sessions) size += keys.size;
  return size > loadedPerStep;
}

/** Bytes of all keys and values of a session. */
function* textBytesOf({ keys }: RestoredSession): Steps<number> {
  let bytes = 0;
  let left = loadedPerStep;
  for (const [key, value] of keys) {
    bytes += bytesOfTexts(key, value);
    left -= 1;
    if (left > 0) continue;
    yield;
    left = loadedPerStep;
  }
  return bytes;
}
