import {
  isOpening,
  isTrouble,
  type ConnectionEvent,
} from '../../connection/page/connectionEvent.ts';
import { describeEvent } from '../../connection/texts/describeEvent.ts';
import { ArrowDownLeft, ArrowUpRight, ChevronRight, Pencil, Plug, RotateCw } from 'lucide-react';
import { memo, type MouseEvent } from 'react';
import type { Entry, ReceivedEntry, SentEntry } from '../../connection/page/exchange.ts';
import { nameOf, previewOf } from '../../connection/texts/frameName.ts';
import { IconButton } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { useRowHeight } from '../../ui/virtualList/useRowHeight.ts';
import { EntryDetail, type DetailActions } from './EntryDetail.tsx';
import { formatBytes, formatMs, formatTime } from '../../ui/format.ts';
import { describeEntry, verdictOf } from '../describeEntry.ts';
import type { MessageLog } from '../store/messageLog.ts';
import { texts } from '../texts.ts';
import { previewPieces } from '../payload/previewPieces.ts';
import { useMatches } from '../payload/useMatches.ts';
import './LogRow.css';

/** Callbacks of a row. They stay the same from render to render. */
export interface RowActions extends DetailActions {
  readonly edit: (entry: SentEntry) => void;
  readonly resend: (entry: SentEntry) => void;
  readonly press: (id: number, event: MouseEvent) => void;
  readonly focus: (id: number) => void;
  readonly toggleSelected: (id: number) => void;
  readonly setHeight: (id: number, heightPx: number) => void;
}

/** Where a row is in the list. */
export interface RowPlace {
  readonly index: number;
  readonly count: number;
  readonly topPx: number;
}

interface LogRowProps extends RowPlace {
  readonly log: MessageLog;
  readonly entry: Entry;
  readonly isUnfolded: boolean;
  /** It is replaced in a moment, so it has no buttons. */
  readonly isPassing: boolean;
  readonly isTabStop: boolean;
  readonly isSelected: boolean;
  readonly isCurrentMatch: boolean;
  readonly actions: RowActions;
}

/** One entry: a line, and its payload when unfolded. */
export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { log, entry, isUnfolded, isTabStop, actions } = props;
  const row = useRowHeight<HTMLLIElement, number>(entry.id, isUnfolded, actions.setHeight);
  const marks = `${props.isSelected ? ' is-selected' : ''}${props.isCurrentMatch ? ' is-current' : ''}`;
  return (
    <li
      ref={row}
      className={`log-row is-${entry.kind}${marks}`}
      style={{ transform: `translateY(${props.topPx}px)` }}
      data-id={entry.id}
      aria-label={describeEntry(entry)}
      aria-posinset={props.index + 1}
      aria-setsize={props.count}
      onFocus={() => actions.focus(entry.id)}
    >
      {entry.kind === 'connection' ? (
        <ConnectionLine {...props} entry={entry} />
      ) : (
        <MessageLine {...props} entry={entry} />
      )}
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
      {isUnfolded && entry.kind !== 'connection' && (
        <EntryDetail log={log} entry={entry} actions={actions} />
      )}
      {isUnfolded && entry.kind === 'connection' && (
        <p className="log-detail log-connection-detail">{describeEvent(entry.event)}</p>
      )}
    </li>
  );
});

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
      {!props.isPassing && <RowButtons entry={entry} tabIndex={tabIndex} actions={actions} />}
    </div>
  );
}

interface RowButtonsProps {
  readonly entry: SentEntry | ReceivedEntry;
  readonly tabIndex: 0 | -1;
  readonly actions: RowActions;
}

function RowButtons({ entry, tabIndex, actions }: RowButtonsProps) {
  return (
    <span className="log-actions">
      <CopyButton label={texts.copyMessage} text={entry.text} tabIndex={tabIndex} />
      {entry.kind === 'sent' && (
        <>
          <IconButton
            label={texts.edit}
            icon={<Pencil size={14} />}
            tabIndex={tabIndex}
            onClick={() => actions.edit(entry)}
          />
          <IconButton
            label={texts.resend}
            icon={<RotateCw size={14} />}
            tabIndex={tabIndex}
            onClick={() => actions.resend(entry)}
          />
        </>
      )}
    </span>
  );
}

function DirectionArrow({ isSent }: { readonly isSent: boolean }) {
  const Arrow = isSent ? ArrowUpRight : ArrowDownLeft;
  return <Arrow size={14} className={`log-arrow is-${isSent ? 'sent' : 'received'}`} aria-hidden />;
}

/** A payload on one line, around the first match of a search. */
function RowPreview({ log, text }: { readonly log: MessageLog; readonly text: string }) {
  const matches = useMatches(log, text);
  let at = 0;
  return (
    <code className="log-preview" translate="no">
      {previewPieces(text, matches).map((piece) => {
        const key = at;
        at += piece.text.length;
        return piece.isMatch ? <mark key={key}>{piece.text}</mark> : piece.text;
      })}
    </code>
  );
}
