import { ArrowRight, ChevronRight } from 'lucide-react';
import type { ReceivedEntry, SentEntry } from '../../connection/page/exchange.ts';
import { previewOf, nameOf } from '../../connection/texts/frameName.ts';
import { formatBytes, formatTime } from '../../ui/format.ts';
import { formatMs } from '../../ui/formatMs.ts';
import { previewPieces, type Piece } from '../payload/previewPieces.ts';
import { useMatches } from '../payload/useMatches.ts';
import { resultWords } from '../resultWords.ts';
import type { MessageLog } from '../store/messageLog.ts';
import { texts } from '../texts.ts';
import { factsOf, previewOrder, verdictOfExchange, type ExchangeParts } from './exchange.ts';
import { PreviewText } from './PreviewText.tsx';
import { RowButtons } from './RowButtons.tsx';
import type { RowProps } from './rowProps.ts';

interface ExchangeLineProps extends RowProps {
  readonly exchange: ExchangeParts;
}

/** A request and its reply on one line: `KV_FIND → Ok · 2 keys · 4.8 ms`. */
export function ExchangeLine({ exchange, ...props }: ExchangeLineProps) {
  const { isUnfolded, isTabStop, actions } = props;
  const { request, reply } = exchange;
  const tabIndex = isTabStop ? 0 : -1;
  const latencyMs = request.outcome.state === 'answered' ? request.outcome.latencyMs : undefined;
  const parts = reply ? [request, reply] : [request];
  return (
    <div className="log-line log-exchange-line">
      <button
        type="button"
        className="log-row-toggle"
        tabIndex={tabIndex}
        aria-expanded={isUnfolded}
        aria-label={parts.map(labelOf).join(', ')}
        onClick={(event) => actions.press(request.id, event)}
      >
        <ChevronRight size={14} className="log-chevron" aria-hidden />
        <time>{formatTime(request.atMs)}</time>
        <code className="log-name" translate="no">
          {nameOf(request)}
        </code>
        <ArrowRight size={13} className="log-arrow" aria-hidden />
        <Result {...exchange} />
        {isUnfolded ? (
          <span className="log-preview" />
        ) : (
          <ExchangePreview log={props.log} exchange={exchange} />
        )}
        <span className="log-figure">{latencyMs === undefined ? '' : formatMs(latencyMs)}</span>
        <span className="log-figure">{formatBytes((reply ?? request).bytes)}</span>
      </button>
      {!props.isPassing && (
        <RowButtons
          copied={parts.map(({ text }) => text).join('\n')}
          sent={request}
          tabIndex={tabIndex}
          actions={actions}
        />
      )}
    </div>
  );
}

function labelOf(entry: SentEntry | ReceivedEntry): string {
  const direction = entry.kind === 'sent' ? texts.sentEntry : texts.receivedEntry;
  return `${direction} ${nameOf(entry)}`;
}

/** The status, and what came of it in words. Where a reply has no status, the words are enough. */
function Result(exchange: ExchangeParts) {
  const words = resultWords(factsOf(exchange));
  const hasStatus = exchange.reply !== undefined && exchange.reply.statuses.length > 0;
  const { tone, word } = verdictOfExchange(exchange);
  return (
    <>
      {(hasStatus || words === '') && (
        <span className={`chip is-${tone}`} translate={hasStatus ? 'no' : undefined}>
          {word}
        </span>
      )}
      {words !== '' && <span className="log-result">{words}</span>}
    </>
  );
}

interface ExchangePreviewProps {
  readonly log: MessageLog;
  readonly exchange: ExchangeParts;
}

/** Of the message that a search found, else of the one that says more. */
function ExchangePreview({ log, exchange }: ExchangePreviewProps) {
  const [first, second] = previewOrder(exchange);
  const firstText = first ? previewOf(first) : '';
  const secondText = second ? previewOf(second) : '';
  const inFirst = useMatches(log, firstText);
  const inSecond = useMatches(log, secondText);
  const isSecond = inFirst.length === 0 && inSecond.length > 0;
  const pieces = isSecond ? previewPieces(secondText, inSecond) : previewPieces(firstText, inFirst);
  const hasText = pieces.some(({ text }: Piece) => text !== '');
  return <PreviewText pieces={hasText ? pieces : previewPieces(secondText, inSecond)} />;
}
