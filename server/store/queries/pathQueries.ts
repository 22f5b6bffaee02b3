import type { Refusal } from '../../../protocol/wire/reply.ts';
import { depthOf, type JsonText } from '../../../protocol/json/jsonText.ts';
import type { parsePath } from '../../../protocol/jsonPath/parsePath.ts';
import { ok, refused, type Refused, type Result } from '../../../protocol/result.ts';
import type { Token } from '../../../protocol/token.ts';
import { PathSearch } from '../../jsonPath/pathSearch.ts';
import { joined, replaceNodes } from '../../jsonPath/replaceNodes.ts';
import { TooCostly, type Work, type WorkBudget } from '../../jsonPath/workBudget.ts';
import type { KeyMatches, PathQuestion } from '../sessionStore.ts';
import { isTooLong, maxValueDepth, tooLarge } from '../valueLimits.ts';

type Query = NonNullable<ReturnType<typeof parsePath>>;

/** A path, and what may be spent on it. */
interface QueryWork {
  readonly query: Query;
  readonly budget: WorkBudget;
}

/** The keys whose values a path selects something of. */
export function* matchesIn(
  entries: Iterable<readonly [string, JsonText]>,
  { query, budget }: QueryWork,
  wants: PathQuestion['wants'],
): Work<KeyMatches> {
  const search = new PathSearch(query, budget);
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

/** What becomes of a value. */
export interface Replacement {
  /** Nodes that are replaced. */
  readonly count: number;
  /** The new value, or why it cannot be stored. */
  readonly join: () => Result<JsonText, Refusal>;
}

/** Replaces what a path selects in a value. */
export function* replacedIn(
  old: JsonText,
  { query, budget }: QueryWork,
  value: JsonText,
): Work<Replacement> {
  const nodes = yield* new PathSearch(query, budget).nodesOf(old);
  budget.spendAtOnce(nodes.length * unitsPerSorting);
  const replacement = yield* replaceNodes(old, nodes, { by: value, budget });
  const join = () => {
    const isTooDeep = replacement.depth + depthOf(value) > maxValueDepth;
    if (isTooDeep || isTooLong(replacement.parts)) return tooLarge('value');
    return ok(joined(replacement));
  };
  return { count: nodes.length, join };
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
