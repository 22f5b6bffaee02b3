import type { Refusal } from '../../../protocol/wire/reply.ts';
import { depthOf, type JsonText } from '../../../protocol/json/jsonText.ts';
import { ok, refused, type Refused, type Result } from '../../../protocol/result.ts';
import type { Token } from '../../../protocol/token.ts';
import { parsePath } from '../../../protocol/jsonPath/parsePath.ts';
import { PathSearch } from '../../jsonPath/pathSearch.ts';
import { joined, replaceNodes } from '../../jsonPath/replaceNodes.ts';
import { TooCostly, type Work, type WorkBudget } from '../../jsonPath/workBudget.ts';
import { noSession } from '../refusals.ts';
import type { Session } from './session.ts';
import type { KeyMatches, NodeUpdate, PathQuestion } from '../sessionStore.ts';
import { isTooLong, maxValueDepth, tooLarge } from '../valueLimits.ts';

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
    const matches = yield* matchesIn(entries, new PathSearch(query, budget), wants);
    if (living() === session && session.clears === clears) return ok(matches);
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

function* matchesIn(
  entries: Iterable<readonly [string, JsonText]>,
  search: PathSearch,
  wants: PathQuestion['wants'],
): Work<KeyMatches> {
  const keys: string[] = [];
  const values: JsonText[] = [];
  const paths: string[] = [];
  for (const [key, value] of entries) {
    const nodes = yield* search.nodesOf(value);
    if (nodes.length === 0) continue;
    keys.push(key);
    values.push(value);
    if (wants === 'paths') yield* search.pathsOf(nodes, paths);
  }
  return { keys, values, paths };
}

/**
 * Replaces what a path selects in the value of a key. No other call changes the session until it is
 * done; only its end, or a deadline, may come in between.
 * @param store Stores the new value, or says why not; called at most once, in the same moment as the last look.
 */
export function* updateNodes(
  { token, session: living, budget }: PathWork,
  { key, path, value }: NodeUpdate,
  store: (session: Session, updated: JsonText) => Refused<Refusal> | undefined,
): Work<Result<number | undefined, Refusal>> {
  const session = living();
  if (!session) return noSession(token);
  const query = parsePath(path);
  if (!query) return badPath(token);
  const old = session.keys.get(key);
  if (old === undefined) return ok(undefined);
  const nodes = yield* new PathSearch(query, budget).nodesOf(old);
  budget.spendAtOnce(nodes.length * unitsPerSorting);
  const replacement = yield* replaceNodes(old, nodes, { by: value, budget });
  if (living() !== session) return noSession(token);
  if (!session.keys.has(key)) return ok(undefined);
  if (nodes.length === 0) return ok(0);
  const isTooDeep = replacement.depth + depthOf(value) > maxValueDepth;
  if (isTooDeep || isTooLong(replacement.parts)) return tooLarge('value');
  return store(session, joined(replacement)) ?? ok(nodes.length);
}

/** Work of sorting a node among others and joining what comes of it, which is done in one go. */
const unitsPerSorting = 100;

/** What work on a path comes to when it may not cost too much. */
export function* affordable<T>(
  work: Work<Result<T, Refusal>>,
  token: Token,
): Work<Result<T, Refusal>> {
  try {
    return yield* work;
  } catch (error) {
    if (error instanceof TooCostly) return badPath(token);
    throw error;
  }
}

/** Status 4, malformed or too costly; the session was reached (section 7). */
export function badPath(token: Token): Refused<Refusal> {
  return refused({ status: 'PathInvalid', param: 'path', token });
}
