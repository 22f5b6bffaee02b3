import {
  isOpening,
  isTrouble,
  type ConnectionEvent,
} from '../../connection/page/connectionEvent.ts';
import { describeEvent } from '../../connection/texts/describeEvent.ts';
import { ArrowDownLeft, ArrowUpRight, ChevronRight, Plug } from 'lucide-react';
import { memo } from 'react';
import type { Entry, ReceivedEntry, SentEntry } from '../../connection/page/exchange.ts';
import { nameOf, previewOf } from '../../connection/texts/frameName.ts';
import { useRowHeight } from '../../ui/virtualList/useRowHeight.ts';
import { ExchangeLine } from './ExchangeLine.tsx';
import { PreviewText } from './PreviewText.tsx';
import { RowButtons } from './RowButtons.tsx';
import { RowDetail } from './RowDetail.tsx';
import type { RowProps } from './rowProps.ts';
import { formatBytes, formatTime } from '../../ui/format.ts';
import { formatMs } from '../../ui/formatMs.ts';
import { describeRow, verdictOf } from '../describeEntry.ts';
import type { MessageLog } from '../store/messageLog.ts';
import { texts } from '../texts.ts';
import { previewPieces } from '../payload/previewPieces.ts';
import { useMatches } from '../payload/useMatches.ts';
import './LogRow.css';

/** Where a row is in the list. */
export interface RowPlace {
  readonly index: number;
  readonly count: number;
  readonly topPx: number;
}

interface LogRowProps extends RowPlace, RowProps {
  readonly entry: Entry;
  /** Where a row is an exchange: the reply to the request that is its entry. */
  readonly reply: ReceivedEntry | undefined;
  readonly isExchange: boolean;
  readonly isSelected: boolean;
  readonly isCurrentMatch: boolean;
}

/** One message, or a request with its reply: a line, and the payload when unfolded. */
export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { entry, reply, isUnfolded, isTabStop, actions } = props;
  const row = useRowHeight<HTMLLIElement, number>(entry.id, isUnfolded, actions.setHeight);
  const marks = `${props.isSelected ? ' is-selected' : ''}${props.isCurrentMatch ? ' is-current' : ''}`;
  return (
    <li
      ref={row}
      className={`log-row is-${entry.kind}${marks}`}
      style={{ transform: `translateY(${props.topPx}px)` }}
      data-id={entry.id}
      aria-label={describeRow(entry, reply)}
      aria-posinset={props.index + 1}
      aria-setsize={props.count}
      onFocus={() => actions.focus(entry.id)}
    >
      <RowLine {...props} />
      {!props.isPassing && (
        <label className="log-select">
          <input
            type="checkbox"
            aria-label={texts.select}
            checked={props.isSelected}
            tabIndex={isTabStop ? 0 : -1}
            onChange={() => actions.toggleSelected(entry.id)}
          />
        </label>
      )}
      {isUnfolded && <RowDetail {...props} />}
    </li>
  );
});

function RowLine(props: LogRowProps) {
  const { entry, reply } = props;
  if (entry.kind === 'connection') return <ConnectionLine {...props} entry={entry} />;
  if (entry.kind === 'sent' && props.isExchange) {
    return <ExchangeLine {...props} exchange={{ request: entry, reply }} />;
  }
  return <MessageLine {...props} entry={entry} />;
}

interface LineProps<E extends Entry> extends LogRowProps {
  readonly entry: E;
}

function ConnectionLine({
  entry,
  isUnfolded,
  isTabStop,
  actions,
}: LineProps<Extract<Entry, { kind: 'connection' }>>) {
  const text = describeEvent(entry.event);
  return (
    <div className={`log-line log-connection is-${toneOf(entry.event)}`}>
      <button
        type="button"
        className="log-row-toggle"
        tabIndex={isTabStop ? 0 : -1}
        aria-expanded={isUnfolded}
        aria-label={texts.connectionEntry(text)}
        onClick={(event) => actions.press(entry.id, event)}
      >
        <ChevronRight size={14} className="log-chevron" aria-hidden />
        <time>{formatTime(entry.atMs)}</time>
        <Plug size={14} aria-hidden />
        <span className="log-connection-text">{text}</span>
      </button>
    </div>
  );
}

function toneOf(event: ConnectionEvent): 'good' | 'neutral' | 'bad' {
  if (isOpening(event)) return 'good';
  return isTrouble(event) ? 'bad' : 'neutral';
}

function MessageLine(props: LineProps<SentEntry | ReceivedEntry>) {
  const { log, entry, isUnfolded, isTabStop, actions } = props;
  const verdict = verdictOf(entry);
  const tabIndex = isTabStop ? 0 : -1;
  const isSent = entry.kind === 'sent';
  const name = nameOf(entry);
  const latencyMs = entry.kind === 'received' ? entry.latencyMs : undefined;
  return (
    <div className="log-line">
      <button
        type="button"
        className="log-row-toggle"
        tabIndex={tabIndex}
        aria-expanded={isUnfolded}
        aria-label={`${isSent ? texts.sentEntry : texts.receivedEntry} ${name}`}
        onClick={(event) => actions.press(entry.id, event)}
      >
        <ChevronRight size={14} className="log-chevron" aria-hidden />
        <time>{formatTime(entry.atMs)}</time>
        <DirectionArrow isSent={isSent} />
        <code className="log-name" translate="no">
          {name}
        </code>
        {verdict && (
          <span className={`chip is-${verdict.tone}`} translate={isSent ? undefined : 'no'}>
            {verdict.word}
          </span>
        )}
        {isUnfolded ? (
          <span className="log-preview" />
        ) : (
          <RowPreview log={log} text={previewOf(entry)} />
        )}
        <span className="log-figure">{latencyMs === undefined ? '' : formatMs(latencyMs)}</span>
        <span className="log-figure">{formatBytes(entry.bytes)}</span>
      </button>
      {!props.isPassing && (
        <RowButtons
          copied={entry.text}
          sent={isSent ? entry : undefined}
          tabIndex={tabIndex}
          actions={actions}
        />
      )}
    </div>
  );
}

function DirectionArrow({ isSent }: { readonly isSent: boolean }) {
  const Arrow = isSent ? ArrowUpRight : ArrowDownLeft;
  return <Arrow size={14} className={`log-arrow is-${isSent ? 'sent' : 'received'}`} aria-hidden />;
}

/** A payload on one line, around the first match of a search. */
function RowPreview({ log, text }: { readonly log: MessageLog; readonly text: string }) {
  return <PreviewText pieces={previewPieces(text, useMatches(log, text))} />;
}
