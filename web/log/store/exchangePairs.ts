import type { Entry, ReceivedEntry, SentEntry } from '../../connection/page/exchange.ts';
import type { EntryQueue } from './entryQueue.ts';

/** What a row of the log is: one message, or a request with its reply. */
export type RowKind = 'message' | 'exchange';

/**
 * The reply to a request, where it is kept as well.
 * @param near The place of the request, if it is known: its reply is seldom far.
 */
export function replyIn(
  queue: EntryQueue,
  entry: Entry | undefined,
  near?: number,
): ReceivedEntry | undefined {
  if (entry?.kind !== 'sent' || entry.outcome.state !== 'answered') return undefined;
  const reply = queue.find(entry.outcome.replyId, near);
  return reply?.kind === 'received' ? reply : undefined;
}

/**
 * The request that an entry is the reply to, where it is kept as well.
 * @param near The place of the reply, if it is known.
 */
export function requestIn(queue: EntryQueue, entry: Entry, near?: number): SentEntry | undefined {
  if (entry.kind !== 'received' || entry.requestId === undefined) return undefined;
  const request = queue.find(entry.requestId, near);
  if (request?.kind !== 'sent' || request.outcome.state !== 'answered') return undefined;
  return request.outcome.replyId === entry.id ? request : undefined;
}
