import { useMemo } from 'react';
import type { ReceivedEntry, SentEntry } from '../../connection/page/exchange.ts';
import { ExplanationBox } from '../payload/Explanations.tsx';
import { explainReply } from '../payload/explainReply.ts';
import { keyFates } from '../payload/keyMarks.ts';
import type { MessageLog } from '../store/messageLog.ts';
import { texts } from '../texts.ts';
import { Learned, MessagePayload, type DetailActions } from './EntryDetail.tsx';
import { factsOf } from './exchange.ts';
import './ExchangeDetail.css';

interface ExchangeDetailProps {
  readonly log: MessageLog;
  readonly exchange: { readonly request: SentEntry; readonly reply: ReceivedEntry };
  readonly actions: DetailActions;
}

/**
 * A request beside its reply, or above it where there is less room: what went wrong is explained at
 * its place in the request, and the keys that changed are marked in both.
 */
export function ExchangeDetail({ log, exchange, actions }: ExchangeDetailProps) {
  const { request, reply } = exchange;
  const explanations = useMemo(() => explainReply(reply, request.text), [reply, request.text]);
  const fates = useMemo(() => keyFates(factsOf({ request, reply })), [request, reply]);
  const common = { log, actions, fates };
  return (
    <div className="log-detail log-exchange">
      <div role="group" aria-label={texts.request} className="log-part">
        <h3>{texts.request}</h3>
        <MessagePayload
          {...common}
          entry={request}
          explained={explanations.filter(({ fault }) => fault !== undefined)}
        />
      </div>
      <div role="group" aria-label={texts.reply} className="log-part">
        <h3>{texts.reply}</h3>
        {explanations
          .filter(({ fault }) => fault === undefined)
          .map((explanation) => (
            <ExplanationBox key={explanation.status} explanation={explanation} />
          ))}
        <Learned names={reply.learned} />
        <MessagePayload {...common} entry={reply} />
      </div>
    </div>
  );
}
