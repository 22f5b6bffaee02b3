import type { SessionSummary } from '../../protocol/inspection/sessionLists.ts';
import { kindOf, membersOf, plainTextOf } from '../../protocol/json/jsonText.ts';
import { maskToken } from '../../protocol/token.ts';
import type { OutgoingMessage } from '../connection/page/exchange.ts';
import { texts } from './texts.ts';

/** What is known of a server's data; without an inspector nothing is. */
export interface KnownData {
  readonly sessions: readonly Pick<SessionSummary, 'name' | 'maskedToken' | 'keyCount'>[];
  readonly totalSessions: number;
  readonly totalKeys: number;
}

/** How much a message reaches, in words. @returns undefined when that is not known. */
export function reachOf(
  { request }: Pick<OutgoingMessage, 'request'>,
  data: KnownData | undefined,
): string | undefined {
  if (!request || !data) return undefined;
  if (request.name === 'SH_END_ALL') return texts.reachAll(data.totalSessions, data.totalKeys);
  if (kindOf(request.body) !== 'object') return undefined;
  const token = membersOf(request.body).get('tkn');
  if (token === undefined) return undefined;
  const masked = maskToken(plainTextOf(token));
  const [one, ...others] = data.sessions.filter(({ maskedToken }) => maskedToken === masked);
  // Only the ends of tokens are known: of two that end alike, neither may be meant.
  return one && others.length === 0 ? texts.reachOne(one.name, one.keyCount) : undefined;
}
