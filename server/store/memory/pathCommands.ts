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
import type { KeyMatch, NodeUpdate, PathQuestion } from '../sessionStore.ts';
import { isTooLong, maxValueDepth, tooLarge } from '../valueLimits.ts';

/** A command whose work may be put aside between two slices, when other commands have their turn. */
export interface PathWork {
  readonly token: Token;
  /** The living session of the token, as it is now. */
  readonly session: () => Session | undefined;
  readonly budget: WorkBudget;
}

/**
 * The keys whose values a path selects something of, all as they were at the start; when its keys
 * expire during the search, none.
 */
export function* findKeys(
  { token, session: living, budget }: PathWork,
  { path, wants, among }: PathQuestion,
): Work<Result<KeyMatch[], Refusal>> {
  const session = living();
  if (!session) return noSession(token);
  const query = parsePath(path);
  if (!query) return badPath(token);
  const { term, keys } = session;
  const restarts = term?.restarts;
  const names = among ?? [...keys.keys()];
  const values = among ? among.map((key) => keys.get(key)) : [...keys.values()];
  const search = new PathSearch(query, budget);
  const matches = yield* matchesIn({ names, values }, search, wants);
  if (living() !== session) return noSession(token);
  return ok(term?.restarts === restarts ? matches : []);
}

/** Keys with their values, side by side: for a million of them a tenth of the time of pairs. */
interface Snapshot {
  readonly names: readonly string[];
  readonly values: readonly (JsonText | undefined)[];
}

function* matchesIn(
  { names, values }: Snapshot,
  search: PathSearch,
  wants: PathQuestion['wants'],
): Work<KeyMatch[]> {
  const matches: KeyMatch[] = [];
  for (const [at, key] of names.entries()) {
    const value = values[at];
    if (value === undefined) continue;
    const nodes = yield* search.nodesOf(value);
    const paths = wants === 'paths' ? yield* search.pathsOf(nodes) : [];
    if (nodes.length > 0) matches.push({ key, value, paths });
  }
  return matches;
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
