import type { Refusal } from '../../../protocol/wire/reply.ts';
import type { JsonText } from '../../../protocol/json/jsonText.ts';
import { ok, type Refused, type Result } from '../../../protocol/result.ts';
import type { Token } from '../../../protocol/token.ts';
import { parsePath } from '../../../protocol/jsonPath/parsePath.ts';
import type { Work, WorkBudget } from '../../jsonPath/workBudget.ts';
import { badPath, matchesIn, replacedIn } from '../queries/pathQueries.ts';
import { noSession } from '../refusals.ts';
import type { Session } from './session.ts';
import type { KeyMatches, NodeUpdate, PathQuestion } from '../sessionStore.ts';

/** A command whose work may be put aside between two slices, when other commands have their turn. */
export interface PathWork {
  readonly token: Token;
  /** The living session of the token, as it is now. */
  readonly session: () => Session | undefined;
  readonly budget: WorkBudget;
}

/**
 * The keys whose values a path selects something of. No other call changes the session until it is done, so the keys
 * need not be copied; when they go by a deadline during the search, it begins again.
 */
export function* findKeys(
  { token, session: living, budget }: PathWork,
  { path, wants, among }: PathQuestion,
): Work<Result<KeyMatches, Refusal>> {
  for (;;) {
    const session = living();
    if (!session) return noSession(token);
    const query = parsePath(path);
    if (!query) return badPath(token);
    const { keys, clears } = session;
    const entries = among ? entriesAmong(keys, among) : keys;
    const matches = yield* matchesIn(entries, { query, budget }, wants);
    if (living()?.is(session) === true && session.clears === clears) return ok(matches);
  }
}

function* entriesAmong(
  keys: ReadonlyMap<string, JsonText>,
  names: readonly string[],
): Iterable<readonly [string, JsonText]> {
  for (const name of names) {
    const value = keys.get(name);
    if (value !== undefined) yield [name, value];
  }
}

/** Stores what a path command has made of a value, or says why not. */
export type StoreUpdated = (session: Session, updated: JsonText) => Refused<Refusal> | undefined;

/**
 * Replaces what a path selects in the value of a key. No other call changes the session until it is
 * done; only its end, or a deadline, may come in between.
 * @param store Stores the new value, or says why not; called at most once, in the same moment as the last look.
 */
export function* updateNodes(
  { token, session: living, budget }: PathWork,
  { key, path, value }: NodeUpdate,
  store: StoreUpdated,
): Work<Result<number | undefined, Refusal>> {
  const session = living();
  if (!session) return noSession(token);
  const query = parsePath(path);
  if (!query) return badPath(token);
  const old = session.keys.get(key);
  if (old === undefined) return ok(undefined);
  const { count, join } = yield* replacedIn(old, { query, budget }, value);
  if (living()?.is(session) !== true) return noSession(token);
  if (!session.keys.has(key)) return ok(undefined);
  if (count === 0) return ok(0);
  const updated = join();
  return updated.ok ? (store(session, updated.value) ?? ok(count)) : updated;
}
