import type { Entry, ReceivedEntry } from '../../connection/page/exchange.ts';
import { describeEvent } from '../../connection/texts/describeEvent.ts';
import type { MessageLog } from '../store/messageLog.ts';
import { EntryDetail, type DetailActions } from './EntryDetail.tsx';
import { ExchangeDetail } from './ExchangeDetail.tsx';

interface RowDetailProps {
  readonly log: MessageLog;
  readonly entry: Entry;
  readonly reply: ReceivedEntry | undefined;
  readonly actions: DetailActions;
}

/** What a row holds, unfolded. */
export function RowDetail({ log, entry, reply, actions }: RowDetailProps) {
  if (entry.kind === 'connection') {
    return <p className="log-detail log-connection-detail">{describeEvent(entry.event)}</p>;
  }
  if (entry.kind === 'sent' && reply) {
    return <ExchangeDetail log={log} exchange={{ request: entry, reply }} actions={actions} />;
  }
  return <EntryDetail log={log} entry={entry} actions={actions} />;
}
