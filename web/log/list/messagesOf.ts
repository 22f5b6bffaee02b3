import type { Entry } from '../../connection/page/exchange.ts';
import type { MessageLog } from '../store/messageLog.ts';

/** The messages of a row: a request comes with its reply, where the two are one row. */
export function partsOf(log: MessageLog, head: Entry): readonly Entry[] {
  const reply = log.replyOf(head);
  return reply ? [head, reply] : [head];
}

/** The messages of some rows, oldest first. */
export function messagesOf(log: MessageLog, heads: readonly Entry[]): readonly Entry[] {
  return heads.flatMap((head) => partsOf(log, head)).toSorted((one, other) => one.id - other.id);
}

/** The messages of every row, whether a filter shows it or not. */
export function rowsOf(log: MessageLog): readonly (readonly Entry[])[] {
  const isReply = new Set<number>();
  return log.all().flatMap((entry) => {
    if (isReply.has(entry.id)) return [];
    const row = partsOf(log, entry);
    if (row[1]) isReply.add(row[1].id);
    return [row];
  });
}
