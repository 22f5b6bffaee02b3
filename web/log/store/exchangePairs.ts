import type { Entry, ReceivedEntry, SentEntry } from '../../connection/page/exchange.ts';
import type { EntryQueue } from './entryQueue.ts';

/** What a row of the log is: one message, or a request with its reply. */
export type RowKind = 'message' | 'exchange';

/** The reply to a request, where it is kept as well. */
export function replyIn(queue: EntryQueue, entry: Entry | undefined): ReceivedEntry | undefined {
  if (entry?.kind !== 'sent' || entry.outcome.state !== 'answered') return undefined;
  const reply = queue.find(entry.outcome.replyId);
  return reply?.kind === 'received' ? reply : undefined;
}

/** The request that an entry is the reply to, where it is kept as well. */
export function requestIn(queue: EntryQueue, entry: Entry): SentEntry | undefined {
  if (entry.kind !== 'received' || entry.requestId === undefined) return undefined;
  const request = queue.find(entry.requestId);
  if (request?.kind !== 'sent' || request.outcome.state !== 'answered') return undefined;
  return request.outcome.replyId === entry.id ? request : undefined;
}
