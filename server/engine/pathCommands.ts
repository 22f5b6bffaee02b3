import type { Refusal } from '../../protocol/frame.ts';
import type { JsonText } from '../../protocol/json/jsonText.ts';
import { ok, refused, type Refused, type Result } from '../../protocol/result.ts';
import { parsePath } from '../jsonPath/parsePath.ts';
import { PathSearch } from '../jsonPath/pathSearch.ts';
import { joined, replaceNodes } from '../jsonPath/replaceNodes.ts';
import type { Session } from './session.ts';
import type { KeyMatch, NodeUpdate, PathQuestion } from './sessionEngine.ts';
import { depthOf, isTooLong, maxValueDepth, tooLarge } from './valueLimits.ts';

/** The keys of a session whose values a path selects something of. */
export function matchingKeys(
  { keys, token }: Session,
  { path, wants, among = [...keys.keys()] }: PathQuestion,
): Result<KeyMatch[], Refusal> {
  const query = parsePath(path);
  if (!query) return badPath(token);
  const search = new PathSearch(query);
  const matches: KeyMatch[] = [];
  for (const key of among) {
    const value = keys.get(key);
    if (value === undefined) continue;
    const nodes = search.nodesOf(value);
    const paths = nodes && (wants === 'paths' ? search.pathsOf(nodes) : []);
    if (!nodes || !paths) return badPath(token);
    if (nodes.length > 0) matches.push({ key, value, paths });
  }
  return ok(matches);
}

/** The value of a key with its selected nodes replaced; undefined when there is no such key. */
export function updatedValue(
  { keys, token }: Session,
  { key, path, value }: NodeUpdate,
): Result<{ count: number; updated: JsonText } | undefined, Refusal> {
  const query = parsePath(path);
  if (!query) return badPath(token);
  const old = keys.get(key);
  if (old === undefined) return ok(undefined);
  const nodes = new PathSearch(query).nodesOf(old);
  if (!nodes) return badPath(token);
  const replacement = replaceNodes(old, nodes, value);
  const isTooDeep = replacement.depth + depthOf(value) > maxValueDepth;
  if (nodes.length > 0 && (isTooDeep || isTooLong(replacement.parts))) return tooLarge('value');
  return ok({ count: nodes.length, updated: joined(replacement) });
}

/** Status 4, malformed or too costly; the session was reached (section 7). */
function badPath(token: Session['token']): Refused<Refusal> {
  return refused({ status: 'PathInvalid', blamed: 'path', token });
}
